"""The summary of a week for one person, told once."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

WEEK = dt.timedelta(days=7)


class WeekDigestQuerySet(models.QuerySet["WeekDigest"]):
    """Summaries by what is still to be done with them."""

    def waiting(self, *, day: dt.date) -> Self:
        """Return those of the last seven days that are not finished; one of an older week is told no more."""
        return self.filter(week_on__gt=day - WEEK, week_on__lte=day, mailed_at=None, dropped_at=None)


class WeekDigest(models.Model):
    """That one person is told of one week, which begins on the first working day. It holds no count and no case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week_on = models.DateField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = WeekDigestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["week_on"], name="digests_that_wait", condition=Q(mailed_at=None, dropped_at=None))
        ]
        constraints = [models.UniqueConstraint(name="one_digest_a_person_and_week", fields=["person", "week_on"])]
