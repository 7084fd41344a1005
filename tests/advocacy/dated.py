"""One row behind each source of the calendar, on a day, as plain functions."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from advocacy.models import Milestone, Plan, Stage
from casework.models import TimelineEvent
from materials.models import Material, PublicPage
from safety.models import Clearance, Posture
from tests.advocacy.facts_made import a_page
from tests.factories import a_consent, a_detention, on_case
from tests.gate.ready import a_signed_assessment, make_ready
from tests.people import a_person

TITLE = "Ask the consulate about a visit"
EVENT = "Hearing of the appeal in Salt Marsh"


def noon(day: dt.date) -> dt.datetime:
    """Return the middle of a day of the office."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def a_step(case: Any, day: dt.date, **fields: Any) -> Milestone:
    """Return an open step of the lead of this case, due on this day, in the one plan of the case."""
    plan = case.plans.first() or Plan.objects.create(
        case=case, template="SIX_WEEK", starts_at=timezone.now(), made_by=case.lead
    )
    stage = plan.stages.first() or Stage.objects.create(plan=plan, case=case, track="core", number=1)
    told = {"title": TITLE, "owner": case.lead, "due_at": noon(day), "track": "core", "key": "1", **fields}
    return Milestone.objects.create(plan=plan, stage=stage, case=case, **told)


def an_expected_event(case: Any, day: dt.date) -> Any:
    """Return a hearing that the timeline expects on this day."""
    return TimelineEvent.objects.create(case=case, on=day.isoformat(), event=EVENT, is_expected=True)


def a_term(case: Any, day: dt.date) -> Any:
    """Return a detention whose term ends on this day."""
    return a_detention(case, term_ends=day.isoformat())


def a_hundredth_day(case: Any, day: dt.date) -> Any:
    """Return a detention of which this is the hundredth day."""
    return a_detention(case, started=(day - dt.timedelta(days=100)).isoformat())


def a_consent_until(case: Any, day: dt.date) -> Any:
    """Return a consent that ends on this day."""
    return a_consent(case, until_at=noon(day))


def an_assessment_until(case: Any, day: dt.date) -> Any:
    """Return a signed assessment that ends on this day."""
    signer = a_person("dara")
    return a_signed_assessment(case, author=case.lead, signer=signer, expires_at=noon(day), granted_until=noon(day))


def a_posture(case: Any, day: dt.date) -> Any:
    """Return a posture that is to be looked at again on this day."""
    number = case.postures.count() + 1
    told = {"kind": "PO_LIST", "review_on": day, "decided_by": case.lead, "reason": "The family asks for quiet"}
    return Posture.objects.create(case=case, number=number, **told)


def a_clearance(case: Any, day: dt.date) -> Any:
    """Return a clearance that ends on this day, of a text that has not left."""
    ready = make_ready("MIN_BRIEF", "AU_DIPLO", about=[case])
    Material.objects.filter(pk=ready.material.pk).update(status="in_review", sent_to_review_at=timezone.now())
    Material.objects.filter(pk=ready.material.pk).update(status="cleared")
    Clearance.objects.filter(pk=ready.clearance.pk).update(until=noon(day))
    return ready.clearance


def a_page_until(case: Any, day: dt.date) -> Any:
    """Return a public page whose consent or assessment ends on this day."""
    on_case(case, "rui", "reviewer")
    page = a_page(case)
    PublicPage.objects.filter(pk=page.pk).update(ends_at=noon(day))
    return page


MAKERS: dict[str, Callable[[Any, dt.date], Any]] = {
    "step": a_step,
    "expected": an_expected_event,
    "term": a_term,
    "held": a_hundredth_day,
    "consent": a_consent_until,
    "assessment": an_assessment_until,
    "posture": a_posture,
    "clearance": a_clearance,
    "page": a_page_until,
}
