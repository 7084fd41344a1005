"""The one exception to "nothing public at a critical risk": for one material, 72 hours, by three people (DOMAIN.md 3)."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.models.rows import CaseRowQuerySet
from safety.models.risk import RiskAssessment
from sealing.fields import MarkField, SealedModel, SealedTextField


class CriticalExceptionQuerySet(CaseRowQuerySet):
    """Exceptions of cases; the one in force is of the latest assessment."""

    def open_to_sign(self) -> Self:
        """Return those that wait for the reviewer's or the director's signature."""
        return self.filter(granted_at=None, ended_at=None)


class CriticalException(SealedModel, models.Model):
    """That one material about a case at critical risk may be public all the same. Asked for by one, signed by two others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    assessment = models.ForeignKey(RiskAssessment, models.CASCADE, related_name="+", editable=False)
    material_id = models.UUIDField(db_index=True, editable=False)
    acting = models.PositiveSmallIntegerField(editable=False)
    not_acting = models.PositiveSmallIntegerField(editable=False)
    lawyer_view = SealedTextField(
        _("the lawyer's view: who said it, when"),
        label="safety.criticalexception.lawyer_view",
        multiline=True,
        null=True,
    )
    reason = SealedTextField(
        _("why not acting is worse"), label="safety.criticalexception.reason", multiline=True, null=True
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    director = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    director_at = models.DateTimeField(null=True, editable=False)
    granted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    mac = MarkField(
        covers=(
            "case",
            "assessment",
            "material_id",
            "acting",
            "not_acting",
            "asked_by",
            "asked_at",
            "reviewer",
            "director",
            "granted_at",
            "ended_at",
            "reviewed_at",
            "director_at",
            "ended_by",
        )
    )

    objects = CriticalExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="an_exception_is_signed_by_two_others",
                condition=(Q(reviewer=None) | ~Q(reviewer=F("asked_by")))
                & (Q(director=None) | ~Q(director=F("asked_by")))
                & (Q(reviewer=None) | Q(director=None) | ~Q(reviewer=F("director"))),
            ),
            models.CheckConstraint(
                name="an_exception_counts_with_both_signatures",
                condition=Q(granted_at=None) | Q(reviewer__isnull=False, director__isnull=False),
            ),
            models.CheckConstraint(
                name="an_exception_is_for_when_not_acting_is_worse", condition=Q(not_acting__gt=F("acting"))
            ),
            models.CheckConstraint(
                name="an_exception_records_the_lawyers_view",
                condition=Q(lawyer_view__isnull=False, reason__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_exception_stands_for_a_material_and_case",
                fields=["case", "material_id", "assessment"],
                condition=Q(ended_at=None),
            ),
        ]

    @property
    def signers(self) -> set[int]:
        """Return the keys of everybody who asked or signed."""
        return {pk for pk in (self.asked_by_id, self.reviewer_id, self.director_id) if pk is not None}
