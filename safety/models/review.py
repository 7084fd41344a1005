"""The do-no-harm sign-off of one revision, and the clearance that follows it. Plain columns, no key upward."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safety.models.risk import RiskAssessment
from sealing.constraints import is_known
from sealing.fields import MarkedModel, MarkField, SealedModel, SealedTextField


class Review(SealedModel, models.Model):
    """One reader's answer to one revision: signed or sent back. Never by the author or the last editor."""

    class Verdict(models.TextChoices):
        SIGNED = "signed", _("Signed")
        SENT_BACK = "sent_back", _("Sent back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material_id = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()
    material_mac = models.BinaryField(max_length=32)
    uses_mac = models.BinaryField(max_length=32)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    last_editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    signed_with = models.CharField(max_length=30, blank=True)
    factor_age_seconds = models.PositiveIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = SealedTextField(
        _("note to the author"),
        label="safety.review.reason",
        owner="material",
        owner_attr="material_id",
        null=True,
        blank=True,
    )
    mac = MarkField(
        covers=(
            "material_id",
            "revision",
            "material_mac",
            "uses_mac",
            "verdict",
            "reviewer",
            "author",
            "last_editor",
            "signed_at",
            "revoked_at",
            "signed_with",
            "factor_age_seconds",
            "revoked_by",
        )
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_needs_four_eyes", condition=~Q(reviewer=F("author")) & ~Q(reviewer=F("last_editor"))
            ),
            is_known("review_verdict_is_known", verdict=["signed", "sent_back"]),
            models.CheckConstraint(
                name="sending_back_gives_a_reason", condition=Q(verdict="signed") | Q(reason__isnull=False)
            ),
        ]


class ReviewCheck(MarkedModel, models.Model):
    """The rapid check of this very revision for one of its cases, confirmed by the reviewer's signature."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="checks")
    case_id = models.UUIDField()
    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="+")
    mark = MarkField(covers=("review", "case_id", "assessment"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rapid_check_per_review_and_case", fields=["review", "case_id"])
        ]


class Clearance(MarkedModel, models.Model):
    """That this revision may go to this audience until then. Granted by safety.gate.clear() alone; it can only shrink."""

    class Level(models.TextChoices):
        NONE = "none", _("No gate")
        EMERGENCY = "emergency", _("Emergency")
        DISCLOSURE = "disclosure", _("Disclosure")
        STOP = "stop", _("Stop notice")
        FULL = "full", _("Full gate")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material_id = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()
    material_mac = models.BinaryField(max_length=32)
    level = models.CharField(max_length=10, choices=Level)
    audience = models.CharField(max_length=12)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="clearances")
    is_alone = models.BooleanField(default=False)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    granted_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged = models.JSONField(default=dict)
    mac = MarkField(
        covers=(
            "material_id",
            "revision",
            "material_mac",
            "level",
            "audience",
            "review",
            "is_alone",
            "granted_by",
            "granted_at",
            "granted_until",
            "until",
            "revoked_at",
            "judged",
            "revoked_by",
        )
    )

    class Meta:
        constraints = [
            is_known("clearance_level_is_known", level=["none", "emergency", "disclosure", "stop", "full"]),
            models.CheckConstraint(
                name="clearance_is_never_longer_than_granted", condition=Q(until__lte=F("granted_until"))
            ),
            models.CheckConstraint(
                name="only_an_emergency_goes_without_review",
                condition=Q(review__isnull=False, is_alone=False)
                | Q(review=None, is_alone=True, level="emergency")
                | Q(level="none"),
            ),
        ]
