"""What the pages about holding and lifting show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.second_person import who_agrees
from casework.models import Case
from safety.actions import lifting_was_asked
from safety.actions.holds import ASKING_COUNTS_FOR
from safety.forms.orders import HoldForm, LiftForm, ReasonForm
from safety.models import Hold
from safety.pages.rows import ShownHold, instant, shown_hold, typed
from safety.people import signers_of


@dataclass(frozen=True)
class HoldPage:
    """What stands and what can be done about it, then the form to hold (safety/hold.html, safety/hold_outside.html)."""

    case: Case
    form: HoldForm
    faulty_ask: ReasonForm | None
    holds: list[ShownHold]
    who_lifts: str
    may_lift: bool
    may_plan: bool
    may_hold_anew: bool
    tab: str = "safety"


@dataclass(frozen=True)
class LiftPage:
    """Stop for a moment before a hold is lifted (interruption.html)."""

    title: str
    lead: SafeString
    facts: list[SafeString]
    form: LiftForm
    act_label: str
    back_url: str


def hold_page(case: Case, rights: frozenset[str], form: HoldForm, faulty_ask: ReasonForm | None) -> HoldPage:
    """Return the holds over a case, for anybody who is on it."""
    standing = (
        Hold.objects.over(case)
        .standing()
        .select_related("held_by", "lift_asked_by", "confirmed_by")
        .order_by("-held_at")
    )
    return HoldPage(
        case=case,
        form=form,
        faulty_ask=faulty_ask,
        holds=[shown_hold(row, ask=_ask_form(row, faulty_ask)) for row in standing],
        who_lifts=_who_lifts(case, standing) if "view_case" in rights else "",
        may_lift="lift_hold" in rights,
        may_plan="plan" in rights,
        may_hold_anew=not any(row.kind == Hold.Kind.UNTIL_LIFTED and row.scope == Hold.Scope.CASE for row in standing),
    )


def _who_lifts(case: Case, standing: Iterable[Hold]) -> str:
    """Return who may decide about the lift that somebody asked for, and until when asking counts."""
    asked = next((row for row in standing if lifting_was_asked(row)), None)
    if asked is None or asked.lift_asked_at is None:
        return ""
    who = who_agrees(signers_of(case, "lift_hold"), but=[asked.lift_asked_by_id])
    return _("%(who)s Asking counts until %(at)s.") % {
        "who": who,
        "at": instant(asked.lift_asked_at + ASKING_COUNTS_FOR),
    }


def _ask_form(row: Hold, faulty: ReasonForm | None) -> ReasonForm:
    """Return the form that asks to lift this hold; the one with a fault where it belongs to this hold."""
    auto_id = f"ask-{row.pk}-%s"
    return faulty if faulty is not None and faulty.auto_id == auto_id else ReasonForm(auto_id=auto_id)


def lift_page(case: Case, row: Hold, form: LiftForm) -> LiftPage:
    """Return who held and why, who asked to lift it and why, and what lifting lets happen."""
    lead = _(
        "Public work on {codename} may go on at once: what is cleared can leave, and what was public may show again."
    )
    facts = [
        typed(
            _("Held by {name} on {moment}: {reason}"), name=row.held_by, moment=instant(row.held_at), reason=row.reason
        )
    ]
    if row.lift_asked_at:
        asked = {"name": row.lift_asked_by, "moment": instant(row.lift_asked_at), "reason": row.lift_reason}
        facts.append(typed(_("{name} asked to lift it on {moment}: {reason}"), **asked))
    return LiftPage(
        title=_("Lift the hold?"),
        lead=typed(lead, codename=str(case)),
        facts=facts,
        form=form,
        act_label=_("Lift the hold"),
        back_url=reverse("safety:hold", args=[case.reference]),
    )
