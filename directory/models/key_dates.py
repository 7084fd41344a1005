"""Dates of the office that belong to no case, and its word on when a listed date falls in a year."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.constraints import is_known
from sealing.fields import HardenedTextField

MOST_WEEKS = 52


class OfficeDateQuerySet(models.QuerySet["OfficeDate"]):
    """Dates of the office."""

    def present(self) -> Self:
        """Return those that nobody took away."""
        return self.filter(ended_at=None)


class OfficeDate(models.Model):
    """A day, or some days, that the office wrote down. With a code: when that listed date falls in the year of its first day.

    It never changes: who was wrong takes it away, with a reason, and writes another. It holds no data of a case.
    """

    class Kind(models.TextChoices):
        UN_DAY = "un_day", _("Day of the United Nations")
        CIVIC_DAY = "civic_day", _("Day of civil society")
        RELEASE_WINDOW = "release_window", _("Release window")
        UN_SESSION = "un_session", _("Session of an international body")
        PARLIAMENT_SESSION = "parliament_session", _("Session of a parliament")
        HOSTILE_DAY = "hostile_day", _("Day of caution: publicity may hurt")
        OFFICE_DAY = "office_day", _("Date of the office")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = HardenedTextField(_("what it is"), label="directory.officedate.title", null=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    lead_weeks = models.PositiveSmallIntegerField(_("weeks of work before it"), default=0)
    country = models.CharField(_("State"), max_length=3, blank=True)
    reason = HardenedTextField(_("why, and by what source"), label="directory.officedate.reason")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = HardenedTextField(_("why it was taken away"), label="directory.officedate.end_reason", null=True)

    objects = OfficeDateQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "entered_at"]
        indexes = [models.Index(fields=["first_day"], name="dates_of_the_office_by_day", condition=Q(ended_at=None))]
        constraints = [
            is_known(
                "kind_of_an_office_date_is_known",
                kind=[
                    *("un_day", "civic_day", "release_window", "un_session"),
                    *("parliament_session", "hostile_day", "office_day"),
                ],
            ),
            models.CheckConstraint(
                name="an_office_date_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="an_office_date_is_listed_or_has_a_title",
                condition=(~Q(code="") & Q(title=None)) | Q(code="", title__isnull=False),
            ),
            models.CheckConstraint(
                name="an_office_date_is_taken_away_with_a_reason",
                condition=Q(ended_at=None, ended_by=None, end_reason=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, end_reason__isnull=False),
            ),
            models.CheckConstraint(name="lead_of_an_office_date_is_a_year_at_most", condition=Q(lead_weeks__lte=52)),
        ]
