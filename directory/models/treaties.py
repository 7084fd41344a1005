"""What the office says otherwise than the list of treaties: a correction is a row, with who, when, why and by what source."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.constraints import is_known
from sealing.fields import HardenedTextField, MarkedModel, MarkField


class TreatyCorrection(MarkedModel, models.Model):
    """How a State stands to a treaty, said by the office. Never changed: a later one counts instead."""

    class Status(models.TextChoices):
        PARTY = "party", _("Party")
        SIGNED = "signed", _("Signed only")
        NOT_PARTY = "not_party", _("Not a party")
        ENDED = "ended", _("Was a party and left")
        UNCLEAR = "unclear", _("Unclear")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(_("State"), max_length=3)
    treaty = models.CharField(_("treaty"), max_length=10)
    status = models.CharField(_("how it stands to the treaty"), max_length=10, choices=Status)
    in_force_from = models.DateField(_("in force for the State since"), null=True, blank=True)
    ended_on = models.DateField(_("no longer in force since"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    source = HardenedTextField(_("source"), label="directory.treatycorrection.source")
    reason = HardenedTextField(_("reason"), label="directory.treatycorrection.reason")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    mark = MarkField(
        covers=(
            "country",
            "treaty",
            "status",
            "in_force_from",
            "ended_on",
            "as_of",
            "source",
            "reason",
            "made_by",
            "made_at",
        )
    )

    class Meta:
        indexes = [models.Index(fields=["country", "treaty"], name="corrections_of_a_state")]
        constraints = [
            is_known("treaty_status_is_known", status=["party", "signed", "not_party", "ended", "unclear"]),
            models.CheckConstraint(
                name="only_a_party_has_days_in_force",
                condition=Q(status="party", in_force_from__isnull=False, ended_on=None)
                | Q(status="ended", in_force_from__isnull=False, ended_on__gt=F("in_force_from"))
                | Q(status__in=["signed", "not_party", "unclear"], in_force_from=None, ended_on=None),
            ),
        ]
