"""Trusted recipients: who may receive a protective notice."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.fields import HardenedTextField, MarkedModel, MarkField


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """Trusted recipients of protective notices."""

    def approved(self) -> Self:
        """Return those whose channel was verified and whom two people approved."""
        return self.filter(
            approved_by__isnull=False, seconded_by__isnull=False, channel_verified_on__isnull=False, ended_at=None
        )


class Recipient(MarkedModel, models.Model):
    """A trusted recipient entered beforehand: own ministry's desk, consulate, ICRC, special procedures, chosen lawyer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = HardenedTextField(_("name and office"), label="directory.recipient.name")
    audience = models.CharField(_("audience"), max_length=12)
    channel = HardenedTextField(_("verified channel"), label="directory.recipient.channel")
    channel_verified_on = models.DateField(_("channel verified on"), null=True, blank=True)
    passes_name_on = models.BooleanField(_("passes the name to the holding State"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    mark = MarkField(
        covers=(
            "name",
            "audience",
            "channel",
            "channel_verified_on",
            "passes_name_on",
            "entered_by",
            "approved_by",
            "seconded_by",
            "ended_at",
            "entered_at",
        )
    )

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_trusted_recipient_is_approved_by_two",
                condition=Q(seconded_by=None) | (Q(approved_by__isnull=False) & ~Q(seconded_by=F("approved_by"))),
            ),
            models.CheckConstraint(
                name="a_trusted_recipient_is_no_public",
                condition=~Q(audience__in=["AU_PUBLIC", "AU_SUPPORT", "AU_MEDIA_BG", "AU_PARTNER", "AU_DONOR"]),
            ),
        ]
