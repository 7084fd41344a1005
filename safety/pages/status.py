"""How the safety of a case stands now: the assessment that counts, what stops public work, and the posture."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casework.models import Case
from safety.models import Hold, Pause, Posture, RiskAssessment, RiskEvent
from sealing.queries import FLAG, KEY, MOMENT, TEXT, several, written_once

ENDS_SOON = timedelta(days=14)
# Of the latest assessment and posture, what dates, levels and names are shown from: not what they say, and no marks.
OF_AN_ASSESSMENT = (
    *(
        "case_id",
        "number",
        "kind",
        "level",
        "needs_full",
        "author",
        "co_author",
        "written_at",
        "signed_by",
        "signed_at",
    ),
    *("director", "expires_at", "granted_until", "ended_at", "ended_by"),
    *(f"{who}__{part}" for who in ("author", "signed_by", "director", "ended_by") for part in ("name", "username")),
)
OF_A_POSTURE = ("case_id", "number", "kind", "embargo_until", "decided_at", "review_on")


@dataclass(frozen=True)
class SafetyStatus:
    """What counts for a case at one moment. Sealed words are opened only where a page shows them."""

    case: Case
    at: datetime
    assessment: RiskAssessment | None
    posture: Posture | None
    holds: tuple[Hold, ...]
    pauses: tuple[Pause, ...]
    risk_events: tuple[RiskEvent, ...]

    @property
    def hold(self) -> Hold | None:
        """Return the latest hold that stands, for the notice and the bar."""
        return self.holds[0] if self.holds else None

    @property
    def is_late(self) -> bool:
        """Say whether the latest assessment is signed but ended or out of date."""
        row = self.assessment
        return bool(row and row.signed_at and (row.ended_at or row.expires_at is None or row.expires_at <= self.at))

    @property
    def waits_for_signature(self) -> bool:
        """Say whether the latest assessment is written and neither signed nor sent back."""
        return bool(self.assessment and not self.assessment.signed_at and not self.assessment.ended_at)

    @property
    def waits_for_director(self) -> bool:
        """Say whether a high risk is signed and in date, and a director's signature is still missing."""
        row = self.assessment
        return bool(row and row.signed_at and not self.is_late and row.level == "RL_HIGH" and not row.director_id)

    @property
    def ends_soon(self) -> bool:
        """Say whether the signed assessment ends within two weeks, or for a short one within a third of its time."""
        row = self.assessment
        if row is None or self.is_late or not (row.signed_at and row.expires_at and row.granted_until):
            return False
        return bool(row.expires_at - self.at <= min(ENDS_SOON, (row.granted_until - row.signed_at) / 3))


def safety_status_of(case: Case, *, at: datetime | None = None) -> SafetyStatus:
    """Return how the case stands, in five queries whatever its history."""
    found = safety_statuses_of([case], at=at, is_whole=True)
    return with_what_happened(found)[case.pk]


def safety_statuses_of(
    cases: Sequence[Case], *, at: datetime | None = None, is_whole: bool = False
) -> Mapping[uuid.UUID, SafetyStatus]:
    """Return how each of these cases stands, by key, in three queries however many: assessment, posture and holds.

    What happened since is not read (`with_what_happened`). Without `is_whole` what an assessment or a posture says is left
    in the database, for pages that show dates and levels.
    """
    at, keys = at or timezone.now(), [case.pk for case in cases]
    assessments = {row.case_id: row for row in _latest_assessments(cases=keys, is_whole=is_whole)}
    postures = {row.case_id: row for row in _latest_postures(cases=keys, is_whole=is_whole)}
    holds = _standing(
        at=at,
        cases=keys,
        countries=sorted({case.country for case in cases}),
        groups=sorted({case.group_id for case in cases if case.group_id}, key=str),
    )
    return {
        case.pk: SafetyStatus(
            case=case,
            at=at,
            assessment=assessments.get(case.pk),
            posture=postures.get(case.pk),
            holds=tuple(hold for hold in holds if hold.is_over(case)),
            pauses=(),
            risk_events=(),
        )
        for case in cases
    }


def with_what_happened(statuses: Mapping[uuid.UUID, SafetyStatus]) -> Mapping[uuid.UUID, SafetyStatus]:
    """Return the same with the pauses that stand and the events that nobody answered, in two queries."""
    keys = list(statuses)
    pauses, risk_events = _by_case(_pauses(cases=keys)), _by_case(_open_risk_events(cases=keys))
    return {
        key: replace(status, pauses=pauses.get(key, ()), risk_events=risk_events.get(key, ()))
        for key, status in statuses.items()
    }


def _by_case(rows: Sequence[Any]) -> Mapping[uuid.UUID, tuple[Any, ...]]:
    return {key: tuple(found) for key, found in groupby(rows, key=lambda row: row.case_id)}


@written_once(cases=several(KEY), is_whole=FLAG)
def _latest_assessments(*, cases: list[uuid.UUID], is_whole: bool) -> QuerySet[RiskAssessment]:
    newer = RiskAssessment.objects.of_cases().filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    rows = RiskAssessment.objects.of_cases().filter(~Exists(newer), case__in=cases)
    rows = rows.select_related("author", "signed_by", "director", "ended_by")
    return rows if is_whole else rows.only(*OF_AN_ASSESSMENT)


@written_once(cases=several(KEY), is_whole=FLAG)
def _latest_postures(*, cases: list[uuid.UUID], is_whole: bool) -> QuerySet[Posture]:
    newer = Posture.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    rows = Posture.objects.filter(~Exists(newer), case__in=cases).select_related("decided_by")
    return rows if is_whole else rows.only(*OF_A_POSTURE, "decided_by__name", "decided_by__username")


@written_once(cases=several(KEY))
def _pauses(*, cases: list[uuid.UUID]) -> QuerySet[Pause]:
    rows = Pause.objects.filter(case__in=cases, ended_at=None).select_related("risk_event")
    return rows.order_by("case_id", "since")


@written_once(cases=several(KEY))
def _open_risk_events(*, cases: list[uuid.UUID]) -> QuerySet[RiskEvent]:
    rows = RiskEvent.objects.filter(case__in=cases, answered_at=None).exclude(event_class="note")
    return rows.select_related("noted_by").order_by("case_id", "due_at", "noted_at")


@written_once(at=MOMENT, cases=several(KEY), countries=several(TEXT), groups=several(KEY))
def _standing(*, at: datetime, cases: list[uuid.UUID], countries: list[str], groups: list[uuid.UUID]) -> QuerySet[Hold]:
    rows = Hold.objects.over_any(cases, countries, groups).standing(at=at)
    return rows.select_related("held_by", "lift_asked_by", "confirmed_by").order_by("-held_at")
