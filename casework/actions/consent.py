"""The consent ledger: answers are recorded, and from then on only shrink. A wider one is a new answer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import record
from casework.access import NotAllowed, lock, may, require
from casework.consent_codes import BEST_INTEREST_LASTS, PROTECTIVE, PUBLIC_AUDIENCES
from casework.consent_rule import REFUSING
from casework.events import announce_risk_event
from casework.fact_changes import note_fact_change
from casework.models import Case, Consent, ConsentGrant, Wish

PUBLIC_LASTS = dt.timedelta(days=90)
PRIVATE_LASTS = dt.timedelta(days=180)
ANSWERS = frozenset({Consent.Status.GIVEN, Consent.Status.LIMITED, Consent.Status.REFUSED, Consent.Status.DISPUTED})
MAY_SECOND = ("keep_consent", "sign_review", "sign_high")

Pairs = Iterable[tuple[str, str]]


@transaction.atomic
def record_consent(
    *, actor: User, case: Case, values: Mapping[str, Any], grants: Pairs, takes_the_place: bool = True
) -> Consent:
    """Record one answer for these pairs of item and audience.

    `until_at` None means 90 days where something public is among them, else 180. When it takes the place of earlier
    answers of the same giver about the same person, those end now. Refused without any pair.
    """
    case = _begin(actor, case)
    pairs = sorted(set(grants))
    if not pairs:
        raise ValidationError(_("Tick at least one item for one audience."))
    given = dict(values)
    start = given.setdefault("from_at", timezone.now()) or timezone.now()
    given["from_at"] = start
    given["until_at"] = given.get("until_at") or start + lasts(pairs)
    consent = _write(actor, case, given, pairs, "casework.consent.recorded")
    if takes_the_place and consent.status in ANSWERS:
        _end_earlier(actor, case, consent)
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
    consent.until_at = until_at
    consent.save(update_fields=["until_at"])
    _shrunk(actor, case, consent, "casework.consent.shortened")
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
    ConsentGrant.objects.filter(pk__in=[row.pk for row in ended]).update(ended_at=timezone.now())
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
    note_fact_change(case)
    record(actor=actor, verb=verb, case=case, about=consent, grants=[f"{item}:{audience}" for item, audience in pairs])
    return consent


def _end_earlier(actor: User, case: Case, consent: Consent) -> None:
    """End the earlier answers of the same giver about the same person; the newer one counts."""
    now = timezone.now()
    earlier = Consent.objects.filter(
        case=case,
        subject=consent.subject,
        subject_contact=consent.subject_contact,
        giver=consent.giver,
        withdrawn_at=None,
        created_at__lt=consent.created_at,
    ).exclude(pk=consent.pk)
    standing = Q(until_at__gt=now) | Q(status__in=REFUSING, until_at=F("granted_until"))  # a refusal has no end
    for row in earlier.filter(standing).select_for_update():
        column = "until_at" if row.from_at < now < row.until_at else "withdrawn_at"
        setattr(row, column, now)
        row.save(update_fields=[column])
        is_narrower = row.status in Consent.LIVE and bool(_allowed(row) - _allowed(consent))
        _shrunk(actor, case, row, "casework.consent.replaced", is_alarm=is_narrower, by=str(consent.pk))


def _allowed(consent: Consent) -> set[tuple[str, str]]:
    """Return what an answer allows, whatever the time; a refusal allows nothing."""
    if consent.status not in Consent.LIVE:
        return set()
    return set(consent.grants.filter(ended_at=None).values_list("item", "audience"))


def _shrunk(actor: User, case: Case, consent: Consent, verb: str, *, is_alarm: bool = True, **detail: Any) -> None:
    """What follows when an allowance shrinks: the facts are newer, risk is looked at again, the trail knows."""
    note_fact_change(case)
    if is_alarm:
        announce_risk_event(actor=actor, case=case, code="TR_CONSENT", about=consent)
    record(actor=actor, verb=verb, case=case, about=consent, **detail)
