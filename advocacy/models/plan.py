"""Plans made from a template: three tracks and a core lane, stages, milestones with owners and dates."""

import datetime as dt
import uuid
from collections.abc import Collection
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
from sealing.fields import SealedModel, SealedTextField


class Plan(models.Model):
    """One plan of a case, started at an hour; the fallback plan stands beside the others."""

    class Template(models.TextChoices):
        URGENT_72H = "URGENT_72H", _("First 72 hours")
        SIX_WEEK = "SIX_WEEK", _("Six weeks")
        FALLBACK = "FALLBACK", _("Fallback: quiet diplomacy")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    template = models.CharField(_("template"), max_length=12, choices=Template)
    starts_at = models.DateTimeField(_("starts at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    is_quiet = models.BooleanField(_("quiet route: without what is published"), default=False)

    objects = CaseRowQuerySet.as_manager()


class Stage(models.Model):
    """A stage of one track: its milestones run together, and what must be done before it opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="stages")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    track = models.CharField(_("track"), max_length=24, choices=choices("track"))
    number = models.PositiveSmallIntegerField()

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        ordering = ["track", "number"]
        constraints = [
            models.UniqueConstraint(name="stages_are_numbered_in_their_track", fields=["plan", "track", "number"])
        ]


class MilestoneQuerySet(CaseRowQuerySet):
    """Milestones by what they ask of somebody now."""

    def open(self) -> Self:
        """Return those not done and not dropped, of plans that run."""
        return self.filter(done_at=None, dropped_at=None, plan__ended_at=None)

    def overdue(self, *, at: dt.datetime | None = None) -> Self:
        """Return open milestones whose date has passed."""
        return self.open().filter(due_at__lt=at or timezone.now())

    def closed_by(self, codes: Collection[str]) -> Self:
        """Return those of running plans that a fact of one of these codes closed."""
        return self.filter(fact__in=codes, done_at__isnull=False, dropped_at=None, plan__ended_at=None)

    def due_between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Return open milestones due from start until before end."""
        return self.open().filter(due_at__gte=start, due_at__lt=end)


class Milestone(SealedModel, models.Model):
    """Something to be done by one owner by one date, with evidence when it is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="milestones")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="milestones")
    case = models.ForeignKey(Case, models.CASCADE, related_name="milestones")
    key = models.CharField(max_length=6)
    track = models.CharField(_("track"), max_length=24, choices=choices("track"))
    gate_level = models.CharField(max_length=10, default="none")
    title = SealedTextField(_("milestone"), label="advocacy.milestone.title", null=True)
    note = SealedTextField(_("note"), label="advocacy.milestone.note", multiline=True, null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("owner"),
    )
    owner_role = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(_("due"))
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    repeat_days = models.PositiveSmallIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    evidence = SealedTextField(
        _("evidence that it is done"), label="advocacy.milestone.evidence", multiline=True, null=True, blank=True
    )
    fact = models.CharField(max_length=24, blank=True, default="", editable=False)
    fact_row = models.UUIDField(null=True, editable=False)
    fact_at = models.DateTimeField(null=True, editable=False)
    fact_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    dropped_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "key"]
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                name="milestones_of_an_owner_by_date",
                condition=Q(done_at=None, dropped_at=None),
            ),
            models.Index(fields=["case", "due_at"], name="milestones_of_a_case_by_date"),
            models.Index(fields=["due_at"], name="open_milestones_by_date", condition=Q(done_at=None, dropped_at=None)),
            models.Index(fields=["fact"], name="milestones_closed_by_a_fact", condition=~Q(fact="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="done_means_by_whom_and_with_evidence",
                condition=Q(done_at=None) | Q(done_by__isnull=False, evidence__isnull=False),
            ),
            models.CheckConstraint(
                name="the_fact_that_closed_a_step_is_whole",
                condition=Q(fact="", fact_row=None, fact_at=None, fact_by=None)
                | (
                    ~Q(fact="")
                    & Q(fact_row__isnull=False, fact_at__isnull=False, fact_by__isnull=False, done_at__isnull=False)
                ),
            ),
            is_known("gate_level_of_a_milestone_is_known", gate_level=["none", "emergency", "disclosure", "full"]),
        ]


class MilestoneDependency(models.Model):
    """A milestone that waits for another of the same plan."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="waits_for")
    needs = models.ForeignKey(Milestone, models.CASCADE, related_name="opens")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_milestone_waits_for_another_once", fields=["milestone", "needs"]),
            models.CheckConstraint(name="no_milestone_waits_for_itself", condition=~Q(milestone=F("needs"))),
        ]
