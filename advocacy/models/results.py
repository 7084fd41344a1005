"""What is hoped for and what came of it: targets with their figures, and outcomes with our part in them."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Claim, Source
from casework.models.rows import CaseRow, CaseRowQuerySet
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import HardenedTextField, SealedModel, SealedNotedField, SealedTextField

MOST_WANTED = 500
HARMS = ("OU_WORSE_TREAT", "OU_NEWCHARGE", "OU_SENTUP", "OU_REPRISAL_FAM", "OU_REPRISAL_LAW", "OU_DEATH")
WORSE = ("IM_N2", "IM_N3")
EFFECTS = ("IM_P3", "IM_P2", "IM_P1", "IM_0", "IM_N2", "IM_N3", "IM_U")
SEEN = ("VE_HELP", "VE_NONE", "VE_HARM", "VE_MIXED", "VE_UNKNOWN")


class Target(SealedModel, models.Model):
    """What is hoped for in one case: so many outcomes of one kind. How many and by when stand in its figures."""

    class Verdict(models.TextChoices):
        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Reached in part")
        MISSED = "missed", _("Not reached")
        GIVEN_UP = "given_up", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="targets", editable=False)
    what = models.CharField(_("what you hope for"), max_length=24, choices=choices("outcome_type"))
    track = models.CharField(_("track"), max_length=24, choices=choices("track"), blank=True)
    counts_from = models.DateField(_("counts from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    verdict = models.CharField(_("how it went"), max_length=8, choices=Verdict, blank=True, default="")
    verdict_words = SealedTextField(_("why"), label="advocacy.target.verdict_words", multiline=True, null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_target_is_judged_by_somebody_with_words",
                condition=Q(verdict="", verdict_words=None, judged_by=None, judged_at=None)
                | (
                    Q(verdict__in=["reached", "partly", "missed", "given_up"])
                    & Q(verdict_words__isnull=False, judged_by__isnull=False, judged_at__isnull=False)
                ),
            ),
        ]


class TargetFigure(SealedModel, models.Model):
    """How many a target wants, and by when, since somebody said so. It never changes: an adjustment is a further row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="figures", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wanted = models.PositiveSmallIntegerField(_("how many"))
    by = models.DateField(_("by when"))
    reason = SealedTextField(_("why it is adjusted"), label="advocacy.targetfigure.reason", multiline=True, null=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="figures_of_a_target_are_numbered", fields=["target", "number"]),
            models.CheckConstraint(
                name="a_target_wants_something", condition=Q(wanted__gte=1, wanted__lte=MOST_WANTED)
            ),
            models.CheckConstraint(
                name="a_target_is_adjusted_with_a_reason",
                condition=Q(number=1, reason=None) | Q(number__gt=1, reason__isnull=False),
            ),
        ]


class OutcomeQuerySet(CaseRowQuerySet):
    """Outcomes by what they did and what our part was."""

    def harms(self) -> Self:
        """Return those whose effect on the person, or those near them, was for the worse."""
        return self.filter(effect__in=WORSE)

    def with_our_part(self) -> Self:
        """Return those to which our part was strong or some, while its evidence still stands in the packet."""
        stands = Q(claim__isnull=False, claim__removed_at=None) | Q(source__isnull=False, source__removed_at=None)
        return self.filter(stands, part__in=Outcome.OURS)


class Outcome(CaseRow):
    """Something that changed for the person, what our part in it was, and who else acted. A harm is one for the worse.

    Contribution, not credit (DOMAIN.md 7): *strong* or *some* stands on a claim or a source of the case, and beside one
    other cause. Taken back with a reason (`removed_at`), it stays readable; no row is ever deleted.
    """

    class Part(models.TextChoices):
        STRONG = "strong", _("Strong")
        SOME = "some", _("Some")
        NONE = "none", _("None")
        UNKNOWN = "unknown", _("Unknown")

    OURS: ClassVar[tuple[str, ...]] = ("strong", "some")

    what = models.CharField(_("what changed"), max_length=24, choices=choices("outcome_type"))
    on = SealedNotedField(_("when"), label="advocacy.outcome.on", null=True)
    year = models.PositiveSmallIntegerField(editable=False)
    words = SealedTextField(_("what happened"), label="advocacy.outcome.words", multiline=True, null=True)
    effect = models.CharField(_("effect on the person"), max_length=8, choices=choices("impact_rating"))
    track = models.CharField(_("track that brought it"), max_length=24, choices=choices("track"), blank=True)
    part = models.CharField(_("our part"), max_length=8, choices=Part, default=Part.UNKNOWN)
    claim = models.ForeignKey(
        Claim, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("evidence: claim")
    )
    source = models.ForeignKey(
        Source, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name=_("evidence: source")
    )
    other_cause = SealedTextField(
        _("one other cause"), label="advocacy.outcome.other_cause", multiline=True, null=True, blank=True
    )
    who_else = SealedTextField(
        _("who else acted"), label="advocacy.outcome.who_else", multiline=True, null=True, blank=True
    )
    visibility = models.CharField(
        _("what being seen did"), max_length=12, choices=choices("visibility_effect"), default="VE_UNKNOWN"
    )
    answer = SealedTextField(
        _("what we did about it"), label="advocacy.outcome.answer", multiline=True, null=True, blank=True
    )
    removed_reason = SealedTextField(
        _("why it is withdrawn"), label="advocacy.outcome.removed_reason", multiline=True, null=True, editable=False
    )

    objects: ClassVar[Any] = OutcomeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="outcomes_of_a_case", condition=Q(removed_at=None)),
            models.Index(fields=["year", "what"], name="outcomes_by_year", condition=Q(removed_at=None)),
        ]
        constraints = [
            is_known("our_part_is_known", part=["strong", "some", "none", "unknown"]),
            is_known("effect_of_an_outcome_is_known", effect=list(EFFECTS)),
            is_known("what_being_seen_did_is_known", visibility=list(SEEN)),
            models.CheckConstraint(
                name="our_part_has_evidence_and_another_cause",
                condition=Q(part__in=["none", "unknown"])
                | (Q(other_cause__isnull=False) & (Q(claim__isnull=False) | Q(source__isnull=False))),
            ),
            models.CheckConstraint(
                name="what_is_a_harm_has_a_harmful_effect",
                condition=~Q(what__in=list(HARMS)) | Q(effect__in=list(WORSE)),
            ),
            models.CheckConstraint(
                name="an_outcome_has_words_a_day_and_a_writer",
                condition=Q(words__isnull=False, on__isnull=False, created_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_outcome_is_withdrawn_with_a_reason",
                condition=Q(removed_at=None, removed_by=None, removed_reason=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False, removed_reason__isnull=False),
            ),
        ]

    @property
    def is_harm(self) -> bool:
        """Say whether its effect was for the worse."""
        return self.effect in WORSE


class OfficeTarget(models.Model):
    """What the office hopes for in one year, in one country or in all (empty): so many outcomes of one kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(_("country"), max_length=3, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    what = models.CharField(_("what you hope for"), max_length=24, choices=choices("outcome_type"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-year", "country", "what"]
        constraints = [
            models.UniqueConstraint(name="the_office_hopes_for_a_thing_once", fields=["country", "year", "what"])
        ]


class OfficeTargetFigure(models.Model):
    """How many the office wants, since somebody said so. It never changes: an adjustment is a further row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    target = models.ForeignKey(OfficeTarget, models.CASCADE, related_name="figures", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wanted = models.PositiveSmallIntegerField(_("how many"))
    reason = HardenedTextField(_("why it is adjusted"), label="advocacy.officetargetfigure.reason", null=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="figures_of_the_office_are_numbered", fields=["target", "number"]),
            models.CheckConstraint(
                name="the_office_wants_something", condition=Q(wanted__gte=1, wanted__lte=MOST_WANTED)
            ),
            models.CheckConstraint(
                name="the_office_adjusts_with_a_reason",
                condition=Q(number=1, reason=None) | Q(number__gt=1, reason__isnull=False),
            ),
        ]
