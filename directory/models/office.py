"""How the office signs: its name and address, the languages it reads, and who answers for it. Known to every paper."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.fields import HardenedTextField, MarkedModel, MarkField


class OfficeIdentity(MarkedModel, models.Model):
    """One version of the letterhead. Never changed: a later one counts from then on, and what left keeps its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = HardenedTextField(_("name of the organisation"), label="directory.officeidentity.name")
    address = HardenedTextField(_("postal address"), label="directory.officeidentity.address")
    place = HardenedTextField(_("place of writing"), label="directory.officeidentity.place", null=True, blank=True)
    reads = models.CharField(_("languages in which answers are read"), max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    mark = MarkField(covers=("name", "address", "place", "reads", "made_by", "made_at"))

    @classmethod
    def at(cls, moment: dt.datetime | None = None) -> Self | None:
        """Return the version that counted at this moment, else now; None where the office has not said who it is."""
        rows = cls._base_manager.order_by("-made_at", "-pk")
        rows = rows.filter(made_at__lte=moment) if moment else rows
        return next((row for row in rows if row.carries_mark()), None)


class OfficeContactQuerySet(models.QuerySet["OfficeContact"]):
    """Who answers for the office."""

    def present(self) -> Self:
        """Return those who have not ended."""
        return self.filter(ended_at=None)

    def signing(self) -> "OfficeContact | None":
        """Return who signs where nobody else is named; None where nobody does."""
        row = self.present().filter(is_default=True).first()
        return row if row and row.carries_mark() else None


class OfficeContact(MarkedModel, models.Model):
    """A person whom a reader may answer: the name for outside, what they are here, and through which channel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = HardenedTextField(_("name for outside"), label="directory.officecontact.name")
    role = HardenedTextField(_("what they are here"), label="directory.officecontact.role")
    channel = HardenedTextField(_("how to reach them"), label="directory.officecontact.channel")
    language = models.CharField(_("language of these words"), max_length=12, default="en")
    is_default = models.BooleanField(_("signs where nobody else is named"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    mark = MarkField(
        covers=("name", "role", "channel", "language", "is_default", "entered_by", "entered_at", "ended_at")
    )

    objects = OfficeContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_contact_signs_for_the_office", fields=["is_default"], condition=Q(is_default=True)
            ),
            models.CheckConstraint(
                name="who_has_ended_signs_nothing", condition=Q(is_default=False) | Q(ended_at=None)
            ),
        ]

    def words_in(self, language: str) -> "OfficeContact | OfficeContactWords | None":
        """Return the words that a paper in this language prints: those as they were typed, else the newest in it; or none."""
        if language == self.language:
            return self
        rows = self.in_other_languages.filter(language=language).order_by("-entered_at", "-pk")
        return next((row for row in rows if row.carries_mark()), None)


class OfficeContactWords(MarkedModel, models.Model):
    """What a contact is called in another language. Never changed: a later one counts from then on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(OfficeContact, models.PROTECT, related_name="in_other_languages", editable=False)
    language = models.CharField(_("language"), max_length=12)
    name = HardenedTextField(_("name for outside"), label="directory.officecontactwords.name")
    role = HardenedTextField(_("what they are here"), label="directory.officecontactwords.role")
    channel = HardenedTextField(_("how to reach them"), label="directory.officecontactwords.channel")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    mark = MarkField(covers=("contact", "language", "name", "role", "channel", "entered_by", "entered_at"))
