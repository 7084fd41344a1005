"""Say how an ask stands."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import AskStanding
from audit.trail import record
from casework.access import lock, require
from casework.models import Ask, Claim

State = AskStanding.State
TO_VERIFY = (State.MET, State.PARTLY)


@dataclass(frozen=True)
class NewStanding:
    """How an ask stands from a day on, in one sentence; on a claim of the packet, and to be looked at again on a day."""

    state: str
    words: str
    on: dt.date
    claim: Claim | None = None
    look_again_on: dt.date | None = None


@transaction.atomic
def say_how_an_ask_stands(*, actor: User, ask: Ask, after: int, new: NewStanding) -> AskStanding:
    """Say how an ask stands; what was said before stays. Needs the right to plan.

    `after` is the number of the last saying that the actor read, 0 for none. Refused where somebody said another one
    since, without words, for a day to come, for a claim of another case, for an ask that was removed; and *verified*
    without a claim, where *met* was not said last, or to who said it.
    """
    (case,) = lock(ask.case_id)
    require(actor, "plan", case)
    if not Ask.objects.filter(pk=ask.pk, case=case, removed_at=None).exists():
        raise ValidationError(_("This ask is not there any more."))
    last = AskStanding.objects.filter(ask=ask).order_by("-number").first()
    if (last.number if last else 0) != after:
        raise ValidationError(_("Somebody said meanwhile how it stands. Open the page again and read it first."))
    _refuse(actor, case.pk, new, last)
    row = AskStanding(
        case=case,
        ask=ask,
        number=after + 1,
        state=new.state,
        on=new.on,
        words=new.words.strip(),
        claim=new.claim,
        look_again_on=new.look_again_on,
        said_by=actor,
    )
    row.save(force_insert=True)
    record(actor=actor, verb="advocacy.ask.said", case=case, about=ask, state=row.state, on=row.on)
    return row


def may_verify(actor: User, last: AskStanding | None) -> bool:
    """Say whether this person may verify what was said last: it was *met*, in part or whole, by somebody else."""
    return last is not None and last.state in TO_VERIFY and last.said_by_id != actor.pk


def _refuse(actor: User, case_id: object, new: NewStanding, last: AskStanding | None) -> None:
    if new.state not in State.values:
        raise ValidationError({"state": _("Choose one of the answers in the list.")})
    if not new.words.strip():
        raise ValidationError({"words": _("Say in one sentence what is so now.")})
    if new.on > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})
    if new.claim and (new.claim.case_id != case_id or new.claim.removed_at):
        raise ValidationError({"claim": _("This claim is not in the packet of the case.")})
    if new.state == State.VERIFIED and not may_verify(actor, last):
        raise ValidationError(
            {"state": _("A second person verifies what another one called met. Say “Met”, and ask a colleague.")}
        )
    if new.state == State.VERIFIED and new.claim is None:
        raise ValidationError({"claim": _("Choose the claim of the packet that shows it.")})
