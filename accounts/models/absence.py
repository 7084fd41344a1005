"""When somebody is away, and who stands in for them."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by their days."""

    def standing(self) -> Self:
        """Return those that nobody ended."""
        return self.filter(ended_at=None)

    def on(self, day: dt.date) -> Self:
        """Return those of people who are away on this day."""
        return self.standing().filter(begins_on__lte=day, ends_on__gte=day)

    def over(self, begins_on: dt.date, ends_on: dt.date) -> Self:
        """Return those that have a day with this span in common."""
        return self.standing().filter(begins_on__lte=ends_on, ends_on__gte=begins_on)


class Absence(models.Model):
    """The days on which somebody is away, the last one too, and their deputy. Ended before its time, never deleted.

    It changes no owner of anything. Whoever stands in sees the steps of the cases that they may see, and no other.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("deputy")
    )
    begins_on = models.DateField(_("away from"))
    ends_on = models.DateField(_("last day away"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        indexes = [
            models.Index(fields=["user", "ends_on"], name="absences_of_a_person", condition=Q(ended_at=None)),
            models.Index(fields=["deputy", "ends_on"], name="absences_of_a_deputy", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_absence_does_not_end_before_it_begins", condition=Q(ends_on__gte=F("begins_on"))
            ),
            models.CheckConstraint(name="nobody_stands_in_for_themselves", condition=~Q(deputy=F("user"))),
            models.CheckConstraint(
                name="an_absence_ends_whole",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.begins_on} {self.ends_on}"
