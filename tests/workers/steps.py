"""Steps whose reminder is due now, committed, so that another process sees them."""

import datetime as dt

from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Reminder
from tests.factories import a_case
from work import heartbeat


def due_steps(number: int = 1) -> list[Reminder]:
    """Return reminders of ana that are due now, each of a case of its own; what is done once a day is done."""
    heartbeat.record_heartbeat(heartbeat.DAILY)
    return [_due() for _one in range(number)]


def _due() -> Reminder:
    case, now = a_case(), timezone.now()
    starts_at = now + dt.timedelta(hours=23)
    plan = make_plan(
        actor=case.lead, case=case, template="FALLBACK", starts_at=starts_at, now=now - dt.timedelta(days=30)
    )
    first: Milestone = plan.milestones.get(key="1")
    plan.milestones.exclude(pk=first.pk).delete()
    return Reminder.objects.get(milestone=first, lead="1d")
