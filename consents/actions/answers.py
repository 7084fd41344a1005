"""One answer with what was taken out of it, written together or not at all."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import lock, require
from casework.actions.consent import lasts, record_consent, refuse_what_may_not_be_given
from casework.consent_codes import OWN_GIVERS, least_level
from casework.consent_rule import Ledger, ledger_of
from casework.models import Case, Consent
from consents.changes import ToldAnswer
from directory.vocabulary import label

SHOWN = 3


@transaction.atomic
def save_answer(*, actor: User, case: Case, told: ToldAnswer) -> Consent:
    """Record the answer, end what it ends, and record what was taken out as a refusal, which no other giver overrules.

    Refused beyond the person's own answer when somebody else gives it, and as `record_consent` refuses.
    """
    case = lock(case)[0]
    require(actor, "keep_consent", case)
    _refuse_what_is_beyond(ledger_of(case), told)
    values = dict(told.values)
    consent = record_consent(actor=actor, case=case, values=values, grants=told.grants, ends=told.ends)
    if told.taken_out:
        refused: Mapping[str, Any] = {**values, "status": Consent.Status.REFUSED}
        record_consent(actor=actor, case=case, values=refused, grants=told.taken_out)
    return consent


def refuse_what_cannot_be_given(ledger: Ledger, told: ToldAnswer) -> None:
    """Raise ValidationError, each sentence at its question, for what `save_answer` would refuse. It writes nothing."""
    pairs = sorted(told.grants)
    until = told.values.get("until_at") or told.values["from_at"] + lasts(pairs)
    refuse_what_may_not_be_given({**told.values, "until_at": until}, pairs)
    _refuse_what_is_beyond(ledger, told)


def _refuse_what_is_beyond(ledger: Ledger, told: ToldAnswer) -> None:
    """Raise ValidationError where somebody else allows what the person's own answer closes (SECURITY.md 4, who may give)."""
    if told.is_own or not told.is_allowing:
        return
    beyond = [pair for pair in sorted(told.grants) if _is_closed_by_the_person(ledger, told, *pair)]
    if beyond:
        named = [f"{label('consent_item', item)} ({label('consent_audience', code)})" for item, code in beyond]
        words = {"what": ", ".join(named[:SHOWN]), "count": len(beyond)}
        if len(beyond) > SHOWN:
            sentence = _(
                "This goes beyond the person’s own answer, which closes %(count)d of these: %(what)s and others."
            )
        else:
            sentence = _("This goes beyond the person’s own answer, which closes: %(what)s.")
        why = _("Nobody else can open it. Take it out, or choose less.")
        raise ValidationError({"package": f"{sentence % words} {why}"})


def _is_closed_by_the_person(ledger: Ledger, told: ToldAnswer, item: str, audience: str) -> bool:
    """Say whether the person answered on this pair themselves, and it is not open by that."""
    own = [row for row in ledger.on(told.contact_id, item, audience) if row.giver in OWN_GIVERS]
    return bool(own) and not ledger.ask(audience, least_level(audience)).of(item, told.contact_id).is_open
