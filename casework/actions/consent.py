"""The consent ledger: answers are recorded, and from then on only shrink. A wider one is a new answer."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.roles import SIGNING_DELAY
from audit.trail import record
from casework.access import NotAllowed, lock, may, require
from casework.consent_codes import (
    BEST_INTEREST_LASTS,
    LONGEST,
    PROTECTIVE,
    PUBLIC_AUDIENCES,
    lawyer_may_give,
    least_level,
    needs_proof,
)
from casework.consent_rule import ledger_of
from casework.events import announce_risk_event
from casework.models import Case, Consent, ConsentGrant, Wish
from directory.vocabulary import label
from sealing.fields import save_each

PUBLIC_LASTS = dt.timedelta(days=90)
PRIVATE_LASTS = dt.timedelta(days=180)
ALLOWING = frozenset({Consent.Status.GIVEN, Consent.Status.LIMITED})
SHOWN = 3
PROOF = {
    "giver_name": gettext_lazy("Write who gave it and by what right they speak."),
    "method": gettext_lazy("Choose how it was given."),
    "language": gettext_lazy("Write in which language it was given."),
    "explained": gettext_lazy("Write what was explained to the giver."),
    "proof": gettext_lazy("Write what there is to show it, and where it is kept."),
}
MAY_SECOND = ("keep_consent", "sign_review", "sign_high")

Pairs = Iterable[tuple[str, str]]


@transaction.atomic
def record_consent(*, actor: User, case: Case, values: Mapping[str, Any], grants: Pairs, ends: Pairs = ()) -> Consent:
    """Record one answer for these pairs of item and audience, and end `ends` of what this giver allowed before.

    `until_at` None means 90 days where something public is among them, else 180. What is named in neither stays as it
    was answered. Refused without any pair, for longer than twelve months, and where this giver may not give an item:
    SECURITY.md 4 asks for name, method, language, proof and explanation.
    """
    case = _begin(actor, case)
    pairs = sorted(set(grants))
    if not pairs:
        raise ValidationError(_("Tick at least one item for one audience."))
    given = dict(values)
    start = given.setdefault("from_at", timezone.now()) or timezone.now()
    given["from_at"] = start
    given["until_at"] = given.get("until_at") or start + lasts(pairs)
    refuse_what_may_not_be_given(given, pairs)
    before = _open_pairs(case)
    consent = _write(actor, case, given, pairs, "casework.consent.recorded")
    _end_pairs(actor, case, consent, set(ends))
    lost = before - _open_pairs(case)
    if lost:
        announce_risk_event(actor=actor, case=case, code="TR_CONSENT", about=consent)
    return consent


@transaction.atomic
def presume_consent(*, actor: User, case: Case, tried: str, grants: Pairs) -> Consent:
    """Record best interest for 72 hours, when nobody can be asked: private and protective steps alone.

    Refused against a known wish for silence, and for anything public. It counts fully once a second person agrees.
    """
    case = _begin(actor, case)
    pairs = sorted(set(grants))
    if not pairs or any(audience not in PROTECTIVE for _item, audience in pairs):
        raise ValidationError(_("Best interest covers private and protective steps alone. Tick at least one of them."))
    wish = Wish.objects.filter(case=case).order_by("-number").first()
    if wish is not None and wish.wants == Wish.Wants.SILENCE:
        raise ValidationError(_("The person is known to want silence. Nobody may presume otherwise."))
    now = timezone.now()
    values = {
        "giver": "CG_NONE_BEST",
        "basis": Consent.Basis.BEST_INTEREST,
        "status": Consent.Status.PRESUMED,
        "from_at": now,
        "until_at": now + BEST_INTEREST_LASTS,
        "tried": tried,
    }
    return _write(actor, case, values, pairs, "casework.consent.presumed")


@transaction.atomic
def second_consent(*, actor: User, consent: Consent) -> Consent:
    """Agree, as a second person, that best interest may be presumed. Refused to whoever recorded it."""
    case = lock(consent.case_id)[0]
    if not any(may(actor, right, case) for right in MAY_SECOND):
        raise NotAllowed("keep_consent", case)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.explained_by_id == actor.pk:
        raise ValidationError(_("You recorded this yourself. Somebody else must agree."))
    if not actor.is_founder and timezone.now() < actor.joined_at + SIGNING_DELAY:
        raise ValidationError(
            _("Your account is less than 24 hours old. Somebody who has been here longer must agree.")
        )
    if consent.basis != Consent.Basis.BEST_INTEREST or not consent.is_live():
        raise ValidationError(_("This is no longer in force, so there is nothing to agree to."))
    if consent.seconded_by_id:
        return consent
    consent.seconded_by = actor
    consent.save(update_fields=["seconded_by"])
    record(actor=actor, verb="casework.consent.seconded", case=case, about=consent)
    return consent


@transaction.atomic
def withdraw_consent(*, actor: User, consent: Consent, pressure: str = "") -> Consent:
    """Withdraw a consent at once. No reason is asked; what may have pressed the giver is kept for few readers."""
    case = _begin(actor, consent.case)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        return consent
    if consent.status not in Consent.LIVE:
        raise ValidationError(_("This answer allows nothing, so there is nothing to withdraw."))
    consent.withdrawn_at = timezone.now()
    consent.pressure = pressure or consent.pressure
    consent.save(update_fields=["withdrawn_at", "pressure"])
    _shrunk(actor, case, consent, "casework.consent.withdrawn")
    return consent


@transaction.atomic
def shorten_consent(*, actor: User, consent: Consent, until_at: dt.datetime) -> Consent:
    """Let a consent end earlier. Refused for a later end: that is a new answer."""
    case = _begin(actor, consent.case)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.status not in Consent.LIVE or consent.withdrawn_at is not None:
        raise ValidationError(_("This answer allows nothing, so there is nothing to shorten."))
    if until_at >= consent.until_at:
        raise ValidationError(_("A consent only gets shorter. A longer one is a new answer: record it."))
    if until_at <= consent.from_at:
        raise ValidationError(_("This is before the consent begins. Withdraw it instead."))
    was, consent.until_at = consent.until_at, until_at
    consent.save(update_fields=["until_at"])
    told = {"was": {"until_at": was}, "now": {"until_at": until_at}}
    _shrunk(actor, case, consent, "casework.consent.shortened", **told)
    return consent


@transaction.atomic
def narrow_consent(*, actor: User, consent: Consent, keep: Pairs) -> Consent:
    """Keep these pairs of item and audience and end the others. Refused when nothing would stay: withdraw it then."""
    case = _begin(actor, consent.case)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.status not in Consent.LIVE or consent.withdrawn_at is not None:
        raise ValidationError(_("This answer allows nothing, so there is nothing to narrow."))
    kept = set(keep)
    rows = list(consent.grants.filter(ended_at=None))
    ended = [row for row in rows if (row.item, row.audience) not in kept]
    if len(ended) == len(rows):
        raise ValidationError(_("Nothing would be left. Withdraw the consent instead."))
    if not ended:
        return consent
    save_each(ended, ended_at=timezone.now())
    _shrunk(
        actor, case, consent, "casework.consent.narrowed", ended=sorted(f"{row.item}:{row.audience}" for row in ended)
    )
    return consent


@transaction.atomic
def note_pressure(*, actor: User, consent: Consent, pressure: str) -> Consent:
    """Keep what is known of pressure on the giver; few may read it, and it changes nothing outside."""
    case = _begin(actor, consent.case)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    consent.pressure = pressure
    consent.save(update_fields=["pressure"])
    record(actor=actor, verb="casework.consent.pressure_noted", case=case, about=consent)
    return consent


@transaction.atomic
def record_wish(*, actor: User, case: Case, wants: str, told_by: str) -> Wish:
    """Record what the person, or who may speak for them, wants; the latest counts. Silence stops public work."""
    case = _begin(actor, case)
    last = Wish.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    wish = Wish(case=case, number=last + 1, wants=wants, told_by=told_by.strip() or None, created_by=actor)
    wish.full_clean(exclude=["case", "created_by"])
    wish.save(force_insert=True)
    if wants == Wish.Wants.SILENCE:
        announce_risk_event(actor=actor, case=case, code="TR_SILENCE", about=wish)
    record(actor=actor, verb="casework.wish.recorded", case=case, about=wish, wants=wants)
    return wish


def lasts(pairs: Pairs) -> dt.timedelta:
    """Return how long an answer lasts when nobody says: 90 days with something public in it, else 180."""
    return PUBLIC_LASTS if any(audience in PUBLIC_AUDIENCES for _item, audience in pairs) else PRIVATE_LASTS


def _begin(actor: User, case: Case) -> Case:
    fresh = lock(case)[0]
    require(actor, "keep_consent", fresh)
    return fresh


def _write(actor: User, case: Case, values: Mapping[str, Any], pairs: list[tuple[str, str]], verb: str) -> Consent:
    contact = values.get("subject_contact")
    if contact is not None and contact.case_id != case.pk:
        raise ValidationError(_("This person belongs to another case."))
    consent = Consent(case=case, explained_by=actor, created_by=actor, granted_until=values["until_at"], **values)
    consent.validate_constraints()
    consent.save(force_insert=True)
    for item, audience in pairs:
        ConsentGrant(consent=consent, item=item, audience=audience).save(force_insert=True)
    record(actor=actor, verb=verb, case=case, about=consent, grants=[f"{item}:{audience}" for item, audience in pairs])
    return consent


def refuse_what_may_not_be_given(given: Mapping[str, Any], pairs: list[tuple[str, str]]) -> None:
    """Raise, each sentence at its question, what the database would refuse too (casework.triggers.who_may_give)."""
    faults: dict[str, Any] = {}
    if given["until_at"] > timezone.now() + LONGEST:
        faults["until_on"] = _("No answer is kept for more than twelve months. Ask again before then.")
    if given.get("status") in ALLOWING:
        faults |= _beyond_what_may_be_given(given, pairs)
    if faults:
        raise ValidationError(faults)


def _beyond_what_may_be_given(given: Mapping[str, Any], pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return what an answer that allows something lacks, by its question."""
    faults: dict[str, str] = {}
    if given.get("giver") == "CG_LAWYER" and (beyond := [pair for pair in pairs if not lawyer_may_give(*pair)]):
        faults["grants"] = _(
            "A lawyer alone gives name, place and charge to officials, and nothing else. Untick: %(what)s."
        ) % {"what": _pairs_in_words(beyond)}
    proven = [pair for pair in pairs if needs_proof(*pair)]
    if proven:
        why = _("It is needed for: %(what)s.") % {"what": _pairs_in_words(proven)}
        faults |= {name: f"{words} {why}" for name, words in PROOF.items() if not (given.get(name) or "").strip()}
    return faults


def _pairs_in_words(pairs: list[tuple[str, str]]) -> str:
    named = [f"{label('consent_item', item)} ({label('consent_audience', audience)})" for item, audience in pairs]
    more = ngettext("and %(count)d more", "and %(count)d more", len(named) - SHOWN) % {"count": len(named) - SHOWN}
    return ", ".join(named if len(named) <= SHOWN else [*named[:SHOWN], more])


def _open_pairs(case: Case) -> set[tuple[uuid.UUID | None, str, str]]:
    """Return what is open now, of each subject, at the least level of each audience."""
    ledger = ledger_of(case)
    named = {
        (row.subject_contact_id, grant.item, grant.audience)
        for row in ledger.answers
        for grant in row.grants.all()
        if row.status in Consent.LIVE and grant.ended_at is None
    }
    return {
        (subject, item, audience)
        for subject, item, audience in named
        if ledger.ask(audience, least_level(audience)).of(item, subject).is_open
    }


def _end_pairs(actor: User, case: Case, consent: Consent, ends: set[tuple[str, str]]) -> None:
    """End these pairs in the earlier answers of the same giver about the same person."""
    earlier = Consent.objects.filter(
        case=case,
        subject=consent.subject,
        subject_contact=consent.subject_contact,
        giver=consent.giver,
        status__in=Consent.LIVE,
        withdrawn_at=None,
        created_at__lt=consent.created_at,
    ).exclude(pk=consent.pk)
    for row in earlier.select_for_update().prefetch_related("grants"):
        ended = [grant for grant in row.grants.all() if grant.ended_at is None and (grant.item, grant.audience) in ends]
        if ended:
            save_each(ended, ended_at=timezone.now())
            pairs = sorted(f"{grant.item}:{grant.audience}" for grant in ended)
            record(actor=actor, verb="casework.consent.replaced", case=case, about=row, by=str(consent.pk), ended=pairs)


def _shrunk(actor: User, case: Case, consent: Consent, verb: str, **detail: Any) -> None:
    """What follows when an allowance shrinks: risk is looked at again, the trail knows."""
    announce_risk_event(actor=actor, case=case, code="TR_CONSENT", about=consent)
    record(actor=actor, verb=verb, case=case, about=consent, **detail)
