"""Reminders of due dates and notices in the app. The rows are the truth; mails and tasks are only hints."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models.plan import Milestone


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders by what is still to be done with them."""

    def due(self, *, at: dt.datetime | None = None) -> Self:
        """Return reminders whose hour has come and that are not finished."""
        return self.filter(remind_at__lte=at or timezone.now(), mailed_at=None, dropped_at=None)


class Reminder(models.Model):
    """One reminder of one due date to one owner: 7 days before, 1 day before, on the day. Once each.

    `stands_in_for` is the owner of the step where the reminder is for whoever stands in while they are away.
    """

    class Lead(models.TextChoices):
        WEEK = "7d", _("seven days before")
        DAY = "1d", _("the day before")
        SAME_DAY = "0d", _("on the day")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="reminders")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stands_in_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    lead = models.CharField(max_length=2, choices=Lead)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_reminder_per_date_lead_and_owner",
                fields=["milestone", "due_at", "lead", "owner"],
                condition=Q(stands_in_for=None),
            ),
            models.UniqueConstraint(
                name="one_reminder_per_date_lead_and_stand_in",
                fields=["milestone", "due_at", "lead", "owner", "stands_in_for"],
                condition=Q(stands_in_for__isnull=False),
            ),
        ]
