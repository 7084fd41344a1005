"""What stands beside an assessment: a draft that two people fill in turn, and the second set of answers of who signs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Case
from casework.models.rows import CaseRowQuerySet
from safety.models.risk import RiskAssessment
from sealing.fields import SealedJSONField, SealedModel


class AssessmentDraft(SealedModel, models.Model):
    """The form of an assessment as it was left. One of a kind stands for a case; it is gone once it is written or dropped.

    `content` holds the fields, and by question the key of who answered it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    kind = models.CharField(max_length=6, choices=RiskAssessment.Kind)
    content = SealedJSONField(label="safety.assessmentdraft.content", null=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    last_kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_of_a_kind_stands_for_a_case", fields=["case", "kind"]),
            models.CheckConstraint(
                name="a_draft_is_filled_by_two_people", condition=Q(second=None) | ~Q(second=F("begun_by"))
            ),
        ]

    @property
    def fields(self) -> dict[str, str]:
        """Return the fields as they were left."""
        return dict((self.content or {}).get("fields", {}))

    @property
    def answered_by(self) -> dict[str, int]:
        """Return by question the key of who answered it last."""
        return dict((self.content or {}).get("by", {}))

    @property
    def version(self) -> str:
        """Return what a form says of the draft that it began from: another one once it was kept anew."""
        return f"{self.pk} {self.kept_at.timestamp()}"

    @property
    def writers(self) -> set[int]:
        """Return the keys of everybody who filled it in."""
        return {pk for pk in (self.begun_by_id, self.second_id) if pk is not None}


class SecondSet(SealedModel, models.Model):
    """The twelve answers that a signer of a high risk gave before they saw the author's, and why they sign where both differ."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    assessment = models.ForeignKey(RiskAssessment, models.CASCADE, related_name="second_sets", editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    answers = SealedJSONField(label="safety.secondset.answers", null=True, editable=False)
    explained = SealedJSONField(label="safety.secondset.explained", null=True, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(name="a_signer_answers_once", fields=["assessment", "given_by"]),
        ]

    @property
    def reasons(self) -> dict[str, str]:
        """Return by question why the signer signs although both answer otherwise; empty before they signed."""
        return dict(self.explained or {})
