"""A hold: anybody on the case gives it at once; two people lift it. A precaution ends by itself after 24 hours."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Check, refuse_if
from accounts.sign_in.freshness import Proof
from audit.trail import record
from casework.access import NotAllowed, lock, require
from casework.models import Case
from safety.models import Hold
from safety.notify import notify_case
from safety.people import cases_of, why_not_sign

PRECAUTION_LASTS = timedelta(hours=24)
ASKING_COUNTS_FOR = timedelta(hours=72)


@transaction.atomic
def hold(
    *, actor: User, case: Case, reason: str, kind: str = Hold.Kind.PRECAUTION, now: datetime | None = None
) -> Hold:
    """Stop all public work of the case at once. Anybody on the case may; the same order given twice is one hold."""
    case = _on_it(actor, case)
    reason = _a_reason(reason)
    now = now or timezone.now()
    for standing in case.holds.standing(at=now).filter(held_by=actor, kind=kind):
        if standing.reason == reason:
            return standing
    ends_at = now + PRECAUTION_LASTS if kind == Hold.Kind.PRECAUTION else None
    order = Hold.objects.create(case=case, kind=kind, case_reason=reason, held_by=actor, held_at=now, ends_at=ends_at)
    notify_case(verb="safety.hold.given", case=case, about=order, actor=actor)
    record(actor=actor, verb="safety.hold.given", case=case, about=order, kind=kind)
    return order


@transaction.atomic
def confirm_hold(*, actor: User, hold: Hold, now: datetime | None = None) -> Hold:
    """Make a precaution last until two people lift it. Anybody on the case may, while the precaution stands."""
    case, order = _locked(actor, hold)
    refuse_if((not order.stands(at=now), _("This precaution has ended. Hold again if there is a reason to.")))
    if order.kind == Hold.Kind.UNTIL_LIFTED:
        return order
    order.kind, order.ends_at, order.confirmed_by = Hold.Kind.UNTIL_LIFTED, None, actor
    order.save(update_fields=["kind", "ends_at", "confirmed_by"])
    notify_case(verb="safety.hold.confirmed", case=case, about=order, actor=actor)
    record(actor=actor, verb="safety.hold.confirmed", case=case, about=order)
    return order


@transaction.atomic
def ask_to_lift(*, actor: User, hold: Hold, reason: str, now: datetime | None = None) -> Hold:
    """Ask, as the first of two people, that a hold be lifted. Anybody on the case may; asking lifts nothing."""
    case, order = _locked(actor, hold)
    now = now or timezone.now()
    is_asked = lifting_was_asked(order, at=now) and order.lift_asked_by_id != actor.pk
    refuse_if(
        (not order.stands(at=now), _("This hold does not stand any more.")),
        (is_asked, _("Somebody has asked already. A second person may lift the hold now.")),
    )
    order.lift_asked_by, order.lift_asked_at, order.case_lift_reason = actor, now, _a_reason(reason)
    order.save(update_fields=["lift_asked_by", "lift_asked_at", "case_lift_reason"])
    notify_case(verb="safety.hold.lift_asked", case=case, about=order, actor=actor)
    record(actor=actor, verb="safety.hold.lift_asked", case=case, about=order)
    return order


@transaction.atomic
def lift_hold(*, actor: User, hold: Hold, proof: Proof, now: datetime | None = None) -> Hold:
    """Lift a hold as the second person. Needs the right to lift, a fresh second factor, and somebody else who asked."""
    case, order = _locked(actor, hold)
    require(actor, "lift_hold", case)
    now = now or timezone.now()
    refuse_if(*why_not_lift(actor, case, order, at=now))
    order.lifted_by, order.lifted_at = actor, now
    order.save(update_fields=["lifted_by", "lifted_at"])
    notify_case(verb="safety.hold.lifted", case=case, about=order, actor=actor)
    age = int(proof.age.total_seconds())
    record(actor=actor, verb="safety.hold.lifted", case=case, about=order, factor=proof.method, factor_age_seconds=age)
    return order


def why_not_lift(actor: User, case: Case, order: Hold, *, at: datetime | None = None) -> list[Check]:
    """Return what stands against this person lifting this hold, as pairs of true-when-wrong and a sentence."""
    not_yet = why_not_sign(actor, case, right="lift_hold", at=at)
    return [
        (not order.stands(at=at), _("This hold does not stand any more.")),
        (not lifting_was_asked(order, at=at), _("Nobody has asked in the last 72 hours that this hold be lifted.")),
        (order.lift_asked_by_id == actor.pk, _("You asked for it yourself. Another person must lift the hold.")),
        (not_yet is not None, str(not_yet)),
    ]


def lifting_was_asked(order: Hold, *, at: datetime | None = None) -> bool:
    """Say whether somebody asked to lift this hold so lately that it still counts."""
    now = at or timezone.now()
    return order.lift_asked_at is not None and order.lift_asked_at > now - ASKING_COUNTS_FOR


def _locked(actor: User, hold: Hold) -> tuple[Case, Hold]:
    """Lock the case and its hold; refuse who is not on the case. Holds of a wider scope are not lifted here."""
    if hold.case is None:
        raise ValidationError(_("This hold is for more than one case, and is not changed from here."))
    case = _on_it(actor, hold.case)
    return case, case.holds.select_for_update().get(pk=hold.pk)


def _on_it(actor: User, case: Case) -> Case:
    (locked,) = lock(case)
    if not cases_of(actor).filter(pk=locked.pk).exists():
        raise NotAllowed("view_case", locked)
    return locked


def _a_reason(reason: str) -> str:
    words = reason.strip()
    refuse_if((not words, _("Say why, in one sentence.")))
    return words
