"""Which reminders a milestone has. They move with its date and its owner; the sweep sends them (web/sweeps.py)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from advocacy.models import Milestone, Reminder

MORNING = dt.time(6)
BEFORE = {Reminder.Lead.WEEK: dt.timedelta(days=7), Reminder.Lead.DAY: dt.timedelta(days=1)}


def remind_times(due_at: dt.datetime, *, now: dt.datetime) -> dict[str, dt.datetime]:
    """Return when to remind of a date, by lead. A lead whose hour has passed already is left out.

    On the day means at six in the morning, or an hour before when the step is due earlier than seven;
    for a step that becomes due today it means at once.
    """
    times: dict[str, dt.datetime] = {lead: due_at - before for lead, before in BEFORE.items() if due_at - before > now}
    day = timezone.localdate(due_at)
    if day < timezone.localdate(now):
        return times
    morning = timezone.make_aware(dt.datetime.combine(day, MORNING))
    times[Reminder.Lead.SAME_DAY] = max(now, min(morning, due_at - dt.timedelta(hours=1)))
    return times


def remind(milestones: Iterable[Milestone], *, now: dt.datetime | None = None) -> int:
    """Write the reminders of these milestones as they stand now; those of another date or owner are dropped.

    A reminder that went out is never sent again, also when the date moves away and back. Returns how many were written.
    Runs inside the caller's transaction.
    """
    now = now or timezone.now()
    milestones = list(milestones)
    keep = Q(pk__in=[])
    wanted = []
    for row in milestones:
        if row.owner_id is None or row.done_at or row.dropped_at:
            continue
        keep |= Q(milestone_id=row.pk, owner_id=row.owner_id, due_at=row.due_at)
        keep |= Q(milestone_id=row.pk, stands_in_for_id=row.owner_id, due_at=row.due_at)
        for lead, at in remind_times(row.due_at, now=now).items():
            wanted.append(
                Reminder(milestone_id=row.pk, owner_id=row.owner_id, lead=lead, due_at=row.due_at, remind_at=at)
            )
    Reminder.objects.filter(milestone__in=milestones, mailed_at=None, dropped_at=None).exclude(keep).update(
        dropped_at=now
    )
    back = Reminder.objects.filter(
        milestone__in=milestones, mailed_at=None, dropped_at__isnull=False, remind_at__gt=now
    )
    back.filter(keep).update(dropped_at=None)
    return len(Reminder.objects.bulk_create(wanted, ignore_conflicts=True))


def drop_reminders(milestones: QuerySet[Milestone], *, now: dt.datetime | None = None) -> None:
    """Stop what was not sent yet about these milestones."""
    Reminder.objects.filter(milestone__in=milestones, mailed_at=None, dropped_at=None).update(
        dropped_at=now or timezone.now()
    )
