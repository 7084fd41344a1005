"""A value that all processes share for a while."""

import datetime as dt

from django.db import models
from django.utils import timezone


class CachedValueQuerySet(models.QuerySet["CachedValue"]):
    """Which values."""

    def current(self, at: dt.datetime | None = None) -> "CachedValueQuerySet":
        """Those that still count."""
        return self.filter(expires_at__gt=at or timezone.now())

    def over(self, at: dt.datetime | None = None) -> "CachedValueQuerySet":
        """Those whose time has passed."""
        return self.filter(expires_at__lte=at or timezone.now())


class CachedValue(models.Model):
    """A counter of attempts, or the mark of a used code, as JSON (accounts.caching). Never a word of a case."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    objects = CachedValueQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
