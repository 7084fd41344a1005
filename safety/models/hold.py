"""What stops public work: a hold (a person's order), a pause (risk rose), and the trigger that says why."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case, CaseGroup
from casework.models.rows import CaseRowQuerySet
from directory.vocabulary import choices
from sealing.constraints import is_known
from sealing.fields import HardenedTextField, MarkedModel, MarkField, SealedModel, SealedTextField
from sealing.queries import now


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, and whether they stand."""

    def standing(self, *, at: datetime | None = None) -> Self:
        """Return the holds that stop public work at this moment."""
        moment = at or now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), lifted_at=None)

    def over(self, case: Case) -> Self:
        """Return the holds whose scope takes in this case."""
        return self.over_any([case.pk], [case.country], [case.group_id] if case.group_id else [])

    def over_any(self, cases: Collection[Any], countries: Collection[str], groups: Collection[Any]) -> Self:
        """Return the holds over any of these cases, given by their keys, their countries and the keys of their groups."""
        of_case = Q(scope="case", case__in=cases)
        of_group = Q(scope="group", group__in=groups)
        of_country = Q(scope="country", country__in=countries)
        return self.filter(of_case | of_group | of_country | Q(scope="office"))


class Hold(SealedModel, models.Model):
    """A person's order that all public work stops at once. A precaution ends by itself after 24 hours unless confirmed.

    Why a case is held is case content: it is sealed under the key of the case, and dies with it. Words about a group, a
    country or the office belong to no case, and are hardened.
    """

    class Scope(models.TextChoices):
        CASE = "case", _("this case")
        GROUP = "group", _("the group of cases")
        COUNTRY = "country", _("all cases of the country")
        OFFICE = "office", _("all cases of the office")

    class Kind(models.TextChoices):
        PRECAUTION = "precaution", _("Precaution, 24 hours")
        UNTIL_LIFTED = "until_lifted", _("Until two people lift it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.CASE)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="holds")
    group = models.ForeignKey(CaseGroup, models.PROTECT, null=True, related_name="holds")
    country = models.CharField(max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PRECAUTION)
    case_reason = SealedTextField(_("reason"), label="safety.hold.case_reason", multiline=True, null=True)
    wide_reason = HardenedTextField(_("reason"), label="safety.hold.reason", null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lift_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lift_asked_at = models.DateTimeField(null=True)
    case_lift_reason = SealedTextField(
        _("why it may be lifted"), label="safety.hold.case_lift_reason", multiline=True, null=True
    )
    wide_lift_reason = HardenedTextField(_("why it may be lifted"), label="safety.hold.lift_reason", null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    mark = MarkField(
        covers=(
            "scope",
            "case",
            "group",
            "country",
            "kind",
            "held_by",
            "ends_at",
            "confirmed_by",
            "lift_asked_by",
            "lift_asked_at",
            "lifted_by",
            "lifted_at",
            "held_at",
        )
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scope", "case", "lifted_at"], name="standing_holds_by_scope"),
            models.Index(fields=["held_at"], name="holds_that_nobody_lifted", condition=Q(lifted_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="hold_scope_is_whole",
                condition=Q(scope="case", case__isnull=False, group=None, country="")
                | Q(scope="group", case=None, group__isnull=False, country="")
                | (Q(scope="country", case=None, group=None) & ~Q(country=""))
                | Q(scope="office", case=None, group=None, country=""),
            ),
            models.CheckConstraint(
                name="why_a_case_is_held_is_under_its_key",
                condition=Q(scope="case", case_reason__isnull=False, wide_reason=None, wide_lift_reason=None)
                | (~Q(scope="case") & Q(case_reason=None, case_lift_reason=None, wide_reason__isnull=False)),
            ),
            models.CheckConstraint(
                name="precaution_ends_and_the_other_does_not",
                condition=Q(kind="precaution", ends_at__isnull=False) | Q(kind="until_lifted", ends_at=None),
            ),
            models.CheckConstraint(
                name="lifting_a_hold_needs_two_people",
                condition=Q(lifted_by=None, lifted_at=None)
                | (
                    Q(lifted_by__isnull=False, lifted_at__isnull=False, lift_asked_by__isnull=False)
                    & ~Q(lifted_by=F("lift_asked_by"))
                ),
            ),
        ]

    @property
    def reason(self) -> str:
        """Why it was given, in the words of whoever gave it."""
        return str((self.case_reason if self.case_id else self.wide_reason) or "")

    @reason.setter
    def reason(self, words: str) -> None:
        if self.case_id:
            self.case_reason = words
        else:
            self.wide_reason = words

    @property
    def lift_reason(self) -> str:
        """Why it may be lifted, in the words of whoever asked; empty while nobody did."""
        return str((self.case_lift_reason if self.case_id else self.wide_lift_reason) or "")

    def is_over(self, case: Case) -> bool:
        """Say whether the scope of this hold takes in the case, as `over_any` asks it of the database."""
        if self.scope == self.Scope.GROUP:
            return case.group_id is not None and self.group_id == case.group_id
        if self.scope == self.Scope.COUNTRY:
            return self.country == case.country
        return self.scope == self.Scope.OFFICE or self.case_id == case.pk

    def stands(self, *, at: datetime | None = None) -> bool:
        """Say whether this hold stops public work at this moment."""
        moment = at or timezone.now()
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > moment)


class RiskEvent(SealedModel, models.Model):
    """Something happened that asks for a new look at the risk: stop, review, or only a note (DOMAIN.md 3)."""

    class EventClass(models.TextChoices):
        STOP = "stop", _("Stop")
        REVIEW = "review", _("Review")
        NOTE = "note", _("Note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="risk_events", editable=False)
    code = models.CharField(_("what happened"), max_length=20, choices=choices("reassess_trigger"))
    event_class = models.CharField(max_length=6, choices=EventClass, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by_assessment = models.ForeignKey(
        "safety.RiskAssessment", models.PROTECT, null=True, related_name="+", editable=False
    )
    what = SealedTextField(_("what is known"), label="safety.riskevent.what", multiline=True, null=True, blank=True)
    mark = MarkField(
        covers=(
            "case",
            "code",
            "event_class",
            "noted_at",
            "due_at",
            "answered_at",
            "answered_by_assessment",
            "noted_by",
        )
    )

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [
            is_known("event_class_is_known", event_class=["stop", "review", "note"]),
            models.CheckConstraint(
                name="a_risk_event_is_answered_by_an_assessment",
                condition=Q(answered_at=None) | Q(event_class="note") | Q(answered_by_assessment__isnull=False),
            ),
        ]


class Pause(MarkedModel, models.Model):
    """Public work of a case rests because a risk event of class stop came; a new signed assessment ends it, nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    risk_event = models.ForeignKey(RiskEvent, models.PROTECT, related_name="pauses")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by_assessment = models.ForeignKey("safety.RiskAssessment", models.PROTECT, null=True, related_name="+")
    mark = MarkField(covers=("case", "risk_event", "since", "ended_at", "ended_by_assessment"))

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_pause_ends_with_an_assessment",
                condition=Q(ended_at=None) | Q(ended_by_assessment__isnull=False),
            )
        ]
