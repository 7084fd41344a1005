"""How somebody of the directory is reached. Nothing goes through a channel that no second person verified lately."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.actors import Actor
from directory.vocabulary import choices, label
from sealing.fields import HardenedTextField, MarkedModel, MarkField

GOOD_DAYS = 180


def first_good_day(today: dt.date | None = None) -> dt.date:
    """Return the earliest day on which a channel must have been verified to count today."""
    return (today or timezone.now().date()) - dt.timedelta(days=GOOD_DAYS - 1)


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels of the directory."""

    def in_use(self) -> Self:
        """Return those that nobody ended, of entries that nobody ended."""
        return self.filter(ended_at=None, entry__ended_at=None)

    def usable(self, today: dt.date | None = None) -> Self:
        """Return those that a copy may go through today: in use, verified within 180 days, no term over."""
        day = today or timezone.now().date()
        found = self.in_use().filter(verified_on__gte=first_good_day(day))
        return found.filter(Q(entry__term_ends_on=None) | Q(entry__term_ends_on__gte=day))


class Channel(MarkedModel, models.Model):
    """One way to reach an entry. Its address never changes: a new address is a new channel, and begins unverified."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Actor, models.PROTECT, related_name="channels")
    kind = models.CharField(_("way"), max_length=12, choices=choices("channel_kind"))
    address = HardenedTextField(_("address"), label="directory.channel.address")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    verified_on = models.DateField(null=True, editable=False)
    verified_how = HardenedTextField(
        _("through which second channel"), label="directory.channel.verified_how", blank=True, default=""
    )
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    mark = MarkField(
        covers=(
            "entry",
            "kind",
            "address",
            "entered_by",
            "entered_at",
            "verified_by",
            "verified_on",
            "verified_how",
            "ended_by",
            "ended_at",
        )
    )

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_second_person_verifies_a_channel",
                condition=Q(verified_by=None, verified_on=None)
                | (Q(verified_by__isnull=False, verified_on__isnull=False) & ~Q(verified_by=F("entered_by"))),
            ),
            models.CheckConstraint(
                name="somebody_ended_an_ended_channel",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    @property
    def kind_label(self) -> str:
        """Return the way in the reader's language."""
        return label("channel_kind", self.kind)

    def is_verified(self, today: dt.date | None = None) -> bool:
        """Say whether a second person verified it, and that is not 180 days ago."""
        return self.verified_on is not None and self.verified_on >= first_good_day(today)

    @property
    def good_until(self) -> Any:
        """Return the last day on which what was verified counts; None while nobody verified it."""
        return self.verified_on + dt.timedelta(days=GOOD_DAYS - 1) if self.verified_on else None
