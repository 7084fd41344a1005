"""What the case list shows beside a case: custody, risk, posture, hold and next deadline, in six queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from advocacy.models import Milestone
from casework.custody import custodies_of
from casework.models import Case
from directory.dates.shown import day_in
from safety.models import Hold, Posture, RiskAssessment
from sealing.queries import KEY, MOMENT, TEXT, several, written_once


@dataclass(frozen=True)
class Beside:
    """What stands beside one case in the list."""

    risk: str = ""
    risk_label: str = ""
    posture: str = "PO_SILENT"
    is_held: bool = False
    custody: str = ""
    due: str = ""
    late: str = ""


def case_columns(cases: Sequence[Case]) -> dict[Any, Beside]:
    """Return what stands beside each of these cases, which the reader was already found to see."""
    keys = [case.pk for case in cases]
    if not keys:
        return {}
    now = timezone.localtime()
    day_format = pgettext("a weekday and day in little room, as Django's date filter", "D j M")
    risks = _risks(keys, now)
    postures = dict(_postures(cases=keys))
    held = _held(cases, now)
    custodies = custodies_of(cases)
    deadlines = dict(_first_due(cases=keys))
    return {
        case.pk: Beside(
            *risks.get(case.pk, ("", "")),
            posture=postures.get(case.pk, "PO_SILENT"),
            is_held=case.pk in held,
            custody=custodies[case.pk].words,
            **_deadline(deadlines.get(case.pk), now, day_format),
        )
        for case in cases
    }


def _risks(keys: list[Any], now: dt.datetime) -> dict[Any, tuple[str, str]]:
    """Return level and words of the latest signed assessment of each case; one that ended says so."""
    found: dict[Any, tuple[str, str]] = {}
    words = cache(lambda level: str(RiskAssessment.Level(level).label))
    for key, level, expires_at, ended_at in _signed(cases=keys):
        word = words(level)
        is_over = ended_at is not None or expires_at <= now
        found[key] = (level, _("%(level)s, ended") % {"level": word} if is_over else word)
    return found


def _held(cases: Sequence[Case], now: dt.datetime) -> set[Any]:
    """Return the keys of the cases over which a hold of any scope stands."""
    standing = _standing(
        at=now,
        cases=[case.pk for case in cases],
        countries=sorted({case.country for case in cases}),
        groups=[case.group_id for case in cases if case.group_id],
    )
    return {
        case.pk
        for case in cases
        for scope, key, group, country in standing
        if scope == "office"
        or (scope == "case" and key == case.pk)
        or (scope == "group" and group == case.group_id)
        or (scope == "country" and country == case.country)
    }


@written_once(cases=several(KEY))
def _postures(*, cases: list[Any]) -> QuerySet[Posture, tuple[Any, str]]:
    return Posture.objects.filter(case__in=cases).order_by("number").values_list("case_id", "kind")


@written_once(cases=several(KEY))
def _first_due(*, cases: list[Any]) -> QuerySet[Milestone, tuple[Any, dt.datetime]]:
    rows = Milestone.objects.open().filter(case__in=cases).order_by()
    first: QuerySet[Milestone, tuple[Any, dt.datetime]] = rows.values_list("case_id").annotate(first=Min("due_at"))
    return first


@written_once(cases=several(KEY))
def _signed(*, cases: list[Any]) -> QuerySet[RiskAssessment, tuple[Any, ...]]:
    rows = RiskAssessment.objects.of_cases().filter(case__in=cases, signed_at__isnull=False).order_by("number")
    return rows.values_list("case_id", "level", "expires_at", "ended_at")


@written_once(at=MOMENT, cases=several(KEY), countries=several(TEXT), groups=several(KEY))
def _standing(
    *, at: dt.datetime, cases: list[Any], countries: list[str], groups: list[Any]
) -> QuerySet[Hold, tuple[Any, ...]]:
    rows = Hold.objects.standing(at=at).over_any(cases, countries, groups)
    return rows.values_list("scope", "case_id", "group_id", "country")


def _deadline(due_at: dt.datetime | None, now: dt.datetime, day_format: str) -> dict[str, str]:
    """Return the next deadline in words: late by so much, today, or its day. `now` is in the zone of the office."""
    if due_at is None:
        return {}
    day, today = due_at.astimezone(now.tzinfo).date(), now.date()
    if due_at < now:
        days = (today - day).days
        late = ngettext("%(count)s day late", "%(count)s days late", days) if days else _("late since today")
        return {"late": late % {"count": days} if days else late}
    if day == today:
        return {"due": _("Today")}
    return {"due": day_in(day, day_format)}
