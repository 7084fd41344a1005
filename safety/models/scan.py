"""The leak scan of one revision: clean, findings, or cannot check. Not checked is not clean."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.constraints import is_known
from sealing.fields import MarkedModel, MarkField, SealedModel, SealedTextField
from sealing.letters.scripts import in_words


class LeakScan(MarkedModel, models.Model):
    """One run of the scan over one revision as it will be read."""

    class Verdict(models.TextChoices):
        CLEAN = "clean", _("Clean")
        FINDINGS = "findings", _("Findings")
        CANNOT_CHECK = "cannot_check", _("Cannot check")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material_id = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()
    material_mac = models.BinaryField(max_length=32)
    audience = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict)
    why = models.JSONField(default=list)
    has_no_name = models.BooleanField(default=False)
    scanned_at = models.DateTimeField(default=timezone.now)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    mark = MarkField(
        covers=(
            "material_id",
            "revision",
            "material_mac",
            "audience",
            "language",
            "verdict",
            "why",
            "has_no_name",
            "scanned_at",
            "read_by",
            "read_at",
            "scanned_by",
        )
    )

    class Meta:
        constraints = [
            is_known("scan_verdict_is_known", verdict=["clean", "findings", "cannot_check"]),
            models.CheckConstraint(
                name="reading_instead_of_scanning_is_whole",
                condition=Q(read_by=None, read_at=None) | Q(read_by__isnull=False, read_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["material_id", "revision", "scanned_at"], name="latest_scan_of_a_revision")]

    @property
    def unchecked(self) -> list[tuple[str, int]]:
        """Return each script that could not be checked, in words, and how many people have no stored form in it.

        With nobody: there the names of other people cannot be told from other words.
        """
        return [(in_words(row["script"]), row["people"]) for row in self.why]

    @property
    def people_without_a_form(self) -> bool:
        """Whether a stored form of a name would let the scan look."""
        return any(people for _script, people in self.unchecked)


class ScannedCase(MarkedModel, models.Model):
    """Which protected words of a case one scan knew: how often they had changed by then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(LeakScan, models.CASCADE, related_name="knew")
    case_id = models.UUIDField()
    protected_revision = models.PositiveIntegerField()
    mark = MarkField(covers=("scan", "case_id", "protected_revision"))

    class Meta:
        constraints = [models.UniqueConstraint(name="a_scan_knows_a_case_once", fields=["scan", "case_id"])]


class LeakFinding(SealedModel, models.Model):
    """One place where a protected value of a case stands in the text. It is ruled on with a reason or taken out.

    A ruling may stand again for what a later scan finds: `carried_from` is the finding on which it was made. On the name
    of another person it does so where that name stands in the same sentences, for the same readers in the same language.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material_id = models.UUIDField(db_index=True)
    scan = models.ForeignKey(LeakScan, models.CASCADE, related_name="findings")
    case_id = models.UUIDField()
    field = models.CharField(max_length=60)
    part = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = SealedTextField(label="safety.leakfinding.words", owner="material", owner_attr="material_id", null=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    reason = SealedTextField(
        _("reason"),
        label="safety.leakfinding.reason",
        owner="material",
        owner_attr="material_id",
        null=True,
        blank=True,
    )
    surroundings_mac = models.BinaryField(max_length=32, null=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    mark = MarkField(
        covers=(
            "material_id",
            "scan",
            "case_id",
            "field",
            "ruled_by",
            "ruled_at",
            "part",
            "start",
            "end",
            "surroundings_mac",
            "carried_from",
        )
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_carried_ruling_is_a_ruling", condition=Q(carried_from=None) | Q(ruled_at__isnull=False)
            ),
            models.CheckConstraint(
                name="ruling_on_a_finding_gives_a_reason",
                condition=Q(ruled_by=None, ruled_at=None)
                | Q(ruled_by__isnull=False, ruled_at__isnull=False, reason__isnull=False),
            ),
        ]

    @property
    def is_ruled_before(self) -> bool:
        """Whether the ruling was made on an earlier revision; the reader of this one may rule anew."""
        return self.carried_from is not None and self.carried_from.scan.revision != self.scan.revision

    def carry(self, ruled: "LeakFinding") -> None:
        """Let this ruling stand here too. It stays its author's, with its day and reason."""
        self.ruled_by, self.ruled_at, self.reason = ruled.ruled_by, ruled.ruled_at, ruled.reason
        self.carried_from_id = ruled.carried_from_id or ruled.pk
