"""Risk: danger now apart from added risk. The worst single harm rules, never an average (DOMAIN.md 3)."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.models.rows import CaseRowQuerySet
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import MarkField, SealedJSONField, SealedModel, SealedTextField


class RiskAssessmentQuerySet(CaseRowQuerySet):
    """Assessments; the latest of a case decides, signed or not."""

    def of_cases(self) -> Self:
        """Return those that judge a whole case, not one revision of a material."""
        return self.filter(material_id=None)

    def latest_of(self, case: Case) -> "RiskAssessment | None":
        """Return the latest assessment of this case, or None."""
        latest: RiskAssessment | None = self.of_cases().filter(case=case).order_by("-number").first()
        return latest


class RiskAssessment(SealedModel, models.Model):
    """Of a case, rapid or full, or of one revision of one material. Someone other than the author signs."""

    class Level(models.TextChoices):
        LOW = "RL_LOW", _("Low")
        MEDIUM = "RL_MED", _("Medium")
        HIGH = "RL_HIGH", _("High")
        CRITICAL = "RL_CRIT", _("Critical")

    class Kind(models.TextChoices):
        RAPID = "rapid", _("Rapid")
        FULL = "full", _("Full")

    class Danger(models.TextChoices):
        NONE = "none", _("No sign of danger now")
        SOME = "some", _("Some danger")
        GRAVE = "grave", _("Grave: torture, disappearance or health")
        IMMINENT = "imminent", _("Imminent and irreversible")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="risk_assessments", editable=False)
    number = models.PositiveIntegerField(editable=False)
    material_id = models.UUIDField(null=True, editable=False)
    revision = models.PositiveIntegerField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.RAPID)
    danger_now = models.CharField(_("danger now, whatever we do"), max_length=10, choices=Danger)
    level = models.CharField(_("added risk"), max_length=10, choices=Level, editable=False)
    has_hard_stop = models.BooleanField(default=False, editable=False)
    needs_full = models.BooleanField(default=False, editable=False)
    is_unknown_alone = models.BooleanField(default=False, editable=False)
    ends_by = models.DateTimeField(null=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    co_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_with = models.CharField(max_length=30, blank=True, editable=False)
    director = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    director_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    granted_until = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    answers = SealedJSONField(label="safety.riskassessment.answers", null=True, editable=False)
    worst_case = SealedTextField(
        _("worst credible case, in three sentences"),
        label="safety.riskassessment.worst_case",
        multiline=True,
        null=True,
        blank=True,
    )
    not_acting = SealedTextField(
        _("the harm of not acting"), label="safety.riskassessment.not_acting", multiline=True, null=True, blank=True
    )
    dissent = SealedTextField(
        _("dissent, with whose it is"), label="safety.riskassessment.dissent", multiline=True, null=True, blank=True
    )
    end_reason = SealedTextField(
        _("why it was sent back or ended"),
        label="safety.riskassessment.end_reason",
        multiline=True,
        null=True,
        blank=True,
        editable=False,
    )
    mac = MarkField(
        covers=(
            "case",
            "material_id",
            "revision",
            "number",
            "kind",
            "danger_now",
            "level",
            "has_hard_stop",
            "needs_full",
            "is_unknown_alone",
            "ends_by",
            "author",
            "co_author",
            "written_at",
            "signed_by",
            "signed_at",
            "director",
            "expires_at",
            "granted_until",
            "ended_at",
            "signed_with",
            "director_at",
            "ended_by",
        )
    )

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["case", "material_id", "number"], name="latest_assessment_of_a_case"),
            models.Index(fields=["expires_at"], name="assessments_by_their_end", condition=Q(ended_at=None)),
            models.Index(fields=["written_at"], name="assessments_to_sign", condition=Q(signed_at=None, ended_at=None)),
            models.Index(
                fields=["level", "expires_at"],
                name="risks_for_a_director",
                condition=Q(director=None, ended_at=None),
            ),
        ]
        constraints = [
            is_known("risk_level_is_known", level=["RL_LOW", "RL_MED", "RL_HIGH", "RL_CRIT"]),
            models.CheckConstraint(
                name="risk_signature_is_whole",
                condition=Q(signed_by=None, signed_at=None, expires_at=None, granted_until=None)
                | Q(
                    signed_by__isnull=False,
                    signed_at__isnull=False,
                    expires_at__gt=F("signed_at"),
                    granted_until__gte=F("expires_at"),
                ),
            ),
            models.CheckConstraint(
                name="risk_needs_four_eyes", condition=Q(signed_by=None) | ~Q(signed_by=F("author"))
            ),
            models.CheckConstraint(
                name="who_answered_a_part_does_not_sign",
                condition=Q(co_author=None)
                | (
                    ~Q(co_author=F("author"))
                    & (Q(signed_by=None) | ~Q(signed_by=F("co_author")))
                    & (Q(director=None) | ~Q(director=F("co_author")))
                ),
            ),
            models.CheckConstraint(
                name="risk_director_is_not_the_author", condition=Q(director=None) | ~Q(director=F("author"))
            ),
            models.CheckConstraint(
                name="risk_is_of_a_case_or_of_one_revision",
                condition=Q(material_id=None, revision=None)
                | Q(material_id__isnull=False, revision__isnull=False, kind="rapid"),
            ),
            models.CheckConstraint(
                name="unknowns_alone_are_not_signed", condition=Q(signed_by=None) | Q(is_unknown_alone=False)
            ),
            models.CheckConstraint(
                name="risk_ends_by_the_date_an_answer_names",
                condition=Q(ends_by=None) | Q(expires_at=None) | Q(expires_at__lte=F("ends_by")),
            ),
            models.UniqueConstraint(name="assessments_are_numbered_in_their_case", fields=["case", "number"]),
        ]

    @property
    def writers(self) -> set[int]:
        """Return the keys of everybody who answered a part of it: none of them signs it."""
        return {pk for pk in (self.author_id, self.co_author_id) if pk is not None}

    @property
    def takes_two_signatures(self) -> bool:
        """Say whether a director signs it beside the reviewer; then the first to sign answers before they read."""
        return self.level in {self.Level.HIGH, self.Level.CRITICAL}


class RiskHarm(SealedModel, models.Model):
    """One harm our act could cause or worsen: likelihood by impact, before and after mitigation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    assessment = models.ForeignKey(RiskAssessment, models.CASCADE, related_name="harms", editable=False)
    category = models.CharField(_("harm"), max_length=20, choices=choices("harm_category"))
    likelihood = models.PositiveSmallIntegerField(_("likelihood"))
    impact = models.PositiveSmallIntegerField(_("impact"))
    likelihood_after = models.PositiveSmallIntegerField(_("likelihood after mitigation"))
    impact_after = models.PositiveSmallIntegerField(_("impact after mitigation"))
    mitigation = SealedTextField(_("mitigation"), label="safety.riskharm.mitigation", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    least_likelihood = models.PositiveSmallIntegerField(default=1, editable=False)
    reason_below = SealedTextField(
        _("why it is less likely than the answers say"), label="safety.riskharm.reason_below", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_harm_is_not_rated_under_the_bound_of_its_answers",
                condition=Q(likelihood__gte=F("least_likelihood")),
            ),
            models.CheckConstraint(
                name="likelihood_and_impact_are_1_to_5",
                condition=Q(
                    likelihood__range=(1, 5),
                    impact__range=(1, 5),
                    likelihood_after__range=(1, 5),
                    impact_after__range=(1, 5),
                ),
            ),
            models.UniqueConstraint(name="a_harm_is_rated_once_an_assessment", fields=["assessment", "category"]),
        ]
