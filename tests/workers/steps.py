"""Steps whose reminder is due now, committed, so that another process sees them."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, Reminder, WeekDigest
from tests.factories import a_case, on_case
from web.digests import week_begins_on
from work import heartbeat


def due_steps(number: int = 1) -> list[Reminder]:
    """Return reminders of ana that are due now, each of a case of its own; what is done once a day is done.

    Summaries of a week are switched off: whether one goes out depends on the day of the week.
    """
    heartbeat.record_heartbeat(heartbeat.DAILY)
    found = [_due() for _one in range(number)]
    User.objects.update(without_digest=True)
    return found


def waiting_digests(number: int = 1) -> list[WeekDigest]:
    """Return summaries that wait, of people with one step each, and of no week that a worker would write itself."""
    today, found = timezone.localdate(), []
    for place, reminder in enumerate(due_steps(number)):
        step = reminder.milestone
        step.owner = on_case(step.case, f"person-{place}", "coordinator")
        step.save(update_fields=["owner"])
        found.append(WeekDigest.objects.create(person=step.owner, week_on=today))
    Reminder.objects.update(dropped_at=timezone.now())
    week_on = week_begins_on(timezone.now())
    if week_on and week_on != today:
        WeekDigest.objects.create(person=found[0].person, week_on=week_on, dropped_at=timezone.now())
    return found


def _due() -> Reminder:
    case, now = a_case(), timezone.now()
    starts_at = now + dt.timedelta(hours=23)
    plan = make_plan(
        actor=case.lead, case=case, template="FALLBACK", starts_at=starts_at, now=now - dt.timedelta(days=30)
    )
    first: Milestone = plan.milestones.get(key="1")
    plan.milestones.exclude(pk=first.pk).delete()
    return Reminder.objects.get(milestone=first, lead="1d")
