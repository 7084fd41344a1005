"""Sends the reminders that are due. Rows are the truth: it may run twice, late, beside another, or be killed.

A reminder is claimed by a conditional UPDATE in one transaction with its notice, committed, mailed, and marked. A row
that was claimed and never marked goes again after two minutes under the same Message-ID: a mailbox may get it twice,
a person reads one.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Absence
from advocacy.mail import reminder_mail
from advocacy.models import Reminder
from advocacy.models.reminders import ReminderQuerySet
from advocacy.models.standing_in import stand_ins
from casework.models import Case
from sealing import keys
from work import heartbeat, notices
from work.mail import Delivery, deliver

GOES_AGAIN_AFTER = dt.timedelta(minutes=2)
AT_ONCE = 200


def sweep_reminders(*, now: dt.datetime | None = None) -> int:
    """Send what is due and drop what is stale. Returns how many mails went out. Safe beside another sweep."""
    given = now
    now = now or timezone.now()
    try:
        drop_stale_reminders(now=now)
        remind_stand_ins(now=now)
        waiting = list(_claimable(now).order_by("remind_at").values_list("pk", flat=True)[:AT_ONCE])
        sent, is_mail_up = 0, True
        for pk in waiting:
            reminder = claim_reminder(pk, now=given or timezone.now())
            if reminder is None or not is_mail_up:
                continue  # without a mail server the notice stands, and the mail goes again in two minutes
            if reminder.owner.email:
                delivery = deliver(reminder_mail(reminder))
                sent += delivery is Delivery.SENT
                is_mail_up = delivery is not Delivery.NO_SERVER
                if not delivery.is_over:
                    continue
            Reminder.objects.filter(pk=pk, mailed_at=None).update(mailed_at=given or timezone.now())
        heartbeat.record_heartbeat(heartbeat.REMINDERS, at=now)
        return sent
    finally:
        keys.forget_keys()


def drop_stale_reminders(*, now: dt.datetime) -> int:
    """Drop reminders of finished or moved steps, and of two that are due about one step all but the latest."""
    due = Reminder.objects.due(at=now)
    gone = due.exclude(
        Q(milestone__owner=F("owner")) | Q(milestone__owner=F("stands_in_for")),
        milestone__done_at=None,
        milestone__dropped_at=None,
        milestone__plan__ended_at=None,
        milestone__due_at=F("due_at"),
    )
    dropped = gone.update(dropped_at=now)
    latest: dict[tuple[uuid.UUID, int, dt.datetime], uuid.UUID] = {}
    older = []
    rows = due.order_by("remind_at").values_list("pk", "milestone_id", "owner_id", "due_at")
    for pk, milestone_id, owner_id, due_at in rows.iterator():
        one = (milestone_id, owner_id, due_at)
        if one in latest:
            older.append(latest[one])
        latest[one] = pk
    for start in range(0, len(older), AT_ONCE):
        batch = older[start : start + AT_ONCE]
        dropped += Reminder.objects.filter(pk__in=batch, mailed_at=None, dropped_at=None).update(dropped_at=now)
    return dropped


def remind_stand_ins(*, now: dt.datetime) -> int:
    """Write the reminders of those who stand in for owners who are away, of what is due to be told now.

    Each once, as the owner's own: a second sweep finds it there. Returns how many were looked at.
    """
    own = _claimable(now).filter(stands_in_for=None, owner__absences__in=Absence.objects.on(timezone.localdate(now)))
    rows = list(own.distinct().order_by("remind_at")[:AT_ONCE])
    for_whom = stand_ins([row.milestone_id for row in rows], day=timezone.localdate(now))
    Reminder.objects.bulk_create(
        [
            Reminder(
                milestone_id=row.milestone_id,
                owner_id=for_whom[row.milestone_id],
                stands_in_for_id=row.owner_id,
                lead=row.lead,
                due_at=row.due_at,
                remind_at=row.remind_at,
            )
            for row in rows
            if row.milestone_id in for_whom
        ],
        ignore_conflicts=True,
    )
    return len(rows)


@transaction.atomic
def claim_reminder(pk: uuid.UUID, *, now: dt.datetime) -> Reminder | None:
    """Take a reminder for this process and give its notice, or return None when it is another's or asks nobody now.

    Whoever lost the case, stands in no more, or may not sign in any more, is told nothing: the reminder is dropped.
    """
    if not _claimable(now).filter(pk=pk).update(claimed_at=now, attempts=F("attempts") + 1):
        return None
    of_it = ("owner", "stands_in_for", "milestone__case", "milestone__plan")
    reminder = Reminder.objects.select_related(*of_it).get(pk=pk)
    row = reminder.milestone
    still = row.due_at == reminder.due_at and _is_asked(reminder, now)
    is_open = not (row.done_at or row.dropped_at or row.plan.ended_at)
    if not (still and is_open and Case.objects.visible_to(reminder.owner).filter(pk=row.case_id).exists()):
        Reminder.objects.filter(pk=pk).update(dropped_at=now)
        return None
    notices.give(
        [reminder.owner],
        kind=f"advocacy.milestone.due_{'away' if reminder.stands_in_for else reminder.lead}",
        case_id=row.case_id,
        about_id=row.pk,
        person=reminder.stands_in_for,
        dedup=f"reminder:{reminder.pk}",
    )
    return reminder


def _is_asked(reminder: Reminder, now: dt.datetime) -> bool:
    """Say whether the step is this person's, or whether they still stand in for its owner."""
    row = reminder.milestone
    if reminder.stands_in_for_id is None:
        return row.owner_id == reminder.owner_id
    stand_in = stand_ins([row.pk], day=timezone.localdate(now)).get(row.pk)
    return row.owner_id == reminder.stands_in_for_id and stand_in == reminder.owner_id


def _claimable(now: dt.datetime) -> ReminderQuerySet:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - GOES_AGAIN_AFTER)
    return Reminder.objects.due(at=now).filter(free)
