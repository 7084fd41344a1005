"""Facts of safety: a signed assessment, a posture that somebody decided, a hold."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.step_facts.fact import Fact, Found, instant
from casework.models import Case
from directory.dates import relative_time
from safety.models import Hold, Posture, RiskAssessment
from safety.models.risk import RiskAssessmentQuerySet
from sealing.queries import KEY, MOMENT, TEXT, row_of, several, written_once

MOST = 20


def _in_force(at: dt.datetime) -> RiskAssessmentQuerySet:
    """Return the signed assessments of cases that count; a high risk needs the director beside the reviewer."""
    rows = RiskAssessment.objects.of_cases().filter(signed_at__isnull=False, ended_at=None, expires_at__gt=at)
    high = [RiskAssessment.Level.HIGH, RiskAssessment.Level.CRITICAL]
    return rows.exclude(level__in=high, director=None)  # type: ignore[no-any-return]


def _assessments(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    return [found for row in _in_force_of(case=case, at=at) for found in _assessment(case, row)]


@written_once(case=row_of(Case), at=MOMENT)
def _in_force_of(*, case: Case, at: dt.datetime) -> QuerySet[RiskAssessment]:
    rows = _in_force(at).filter(case=case).select_related("signed_by").order_by("-signed_at")
    return rows.defer(*(field.name for field in RiskAssessment.sealed_fields()))[:MOST]


def _assessment(case: Case, row: RiskAssessment) -> Sequence[Found]:
    """Return a full assessment also as one: it is more than the rapid one that a step may ask for."""
    by, when = row.signed_by, row.director_at or row.signed_at
    if by is None or when is None or row.expires_at is None:
        return ()
    said = {
        "kind": row.get_kind_display(),
        "name": by,
        "at": instant(when),
        "until": relative_time.full_day(row.expires_at),
    }
    words = _("Assessment (%(kind)s) signed by %(name)s, %(at)s. It counts until %(until)s.") % said
    url = reverse("safety:assessment", args=[case.reference, row.pk])
    codes = ("ASSESSMENT", "FULL_ASSESSMENT") if row.kind == RiskAssessment.Kind.FULL else ("ASSESSMENT",)
    return [Found(code, row.pk, when, by, words, url) for code in codes]


def _none_in_force(at: dt.datetime) -> Q:
    return ~Q(Exists(_in_force(at).filter(case=OuterRef("case"))))


def _no_full_one_in_force(at: dt.datetime) -> Q:
    return ~Q(Exists(_in_force(at).filter(case=OuterRef("case"), kind=RiskAssessment.Kind.FULL)))


def _postures(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    """Return the posture that counts, as what was decided; an earlier one was overruled."""
    row = _last_posture.first(case=case)
    if row is None:
        return ()
    said = {"kind": row.get_kind_display(), "name": row.decided_by, "at": instant(row.decided_at)}
    words = _("Posture decided by %(name)s, %(at)s: %(kind)s.") % said
    url = reverse("safety:safety", args=[case.reference])
    return [Found("POSTURE", row.pk, row.decided_at, row.decided_by, words, url)]


@written_once(case=row_of(Case))
def _last_posture(*, case: Case) -> QuerySet[Posture]:
    rows = Posture.objects.filter(case=case).select_related("decided_by").defer("reason")
    return rows.order_by("-number")[:1]


def _holds(case: Case, reader: User, at: dt.datetime) -> Sequence[Found]:
    groups = [case.group_id] if case.group_id else []
    rows = _standing(cases=[case.pk], countries=[case.country], groups=groups, at=at)
    url = reverse("safety:hold", args=[case.reference])
    return [
        Found(
            "HOLD",
            row.pk,
            row.held_at,
            row.held_by,
            _("Public work held by %(name)s, %(at)s.") % {"name": row.held_by, "at": instant(row.held_at)},
            url,
        )
        for row in rows
    ]


@written_once(cases=several(KEY), countries=several(TEXT), groups=several(KEY), at=MOMENT)
def _standing(
    *, cases: list[uuid.UUID], countries: list[str], groups: list[uuid.UUID], at: dt.datetime
) -> QuerySet[Hold]:
    rows = Hold.objects.over_any(cases, countries, groups).standing(at=at).select_related("held_by")
    return rows.defer("case_reason", "wide_reason", "case_lift_reason", "wide_lift_reason").order_by("-held_at")


FACTS = (
    Fact("ASSESSMENT", _assessments, _none_in_force),
    Fact("FULL_ASSESSMENT", _assessments, _no_full_one_in_force),
    Fact("POSTURE", _postures),
    Fact("HOLD", _holds),
)
