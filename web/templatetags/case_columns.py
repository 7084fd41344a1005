"""What the case list shows beside a case: custody, risk, posture, hold, what comes next and by when."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from casework.custody import custodies_of
from casework.models import Case
from directory.dates.shown import day_in
from safety.models import RiskAssessment
from safety.pages.status import SafetyStatus
from sealing.queries import KEY, several, written_once
from web.pages.case_tasks import next_words
from web.pages.case_tasks.facts import facts_of_cases


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
    next: str = ""


def case_columns(user: User, cases: Sequence[Case]) -> Mapping[uuid.UUID, Beside]:
    """Return what stands beside each of these cases, which the reader was already found to see."""
    if not cases:
        return {}
    facts, custodies = facts_of_cases(user, cases), custodies_of(cases)
    now, unsigned = timezone.localtime(), [case.pk for case in cases if _is_unsigned(facts[case.pk].safety)]
    before = {row.case_id: row for row in _signed(cases=unsigned)} if unsigned else {}
    words = cache(lambda level: str(RiskAssessment.Level(level).label))
    day_format = pgettext("a weekday and day in little room, as Django's date filter", "D j M")
    found = {}
    for case in cases:
        of_it, safety = facts[case.pk], facts[case.pk].safety
        first = of_it.steps.first
        found[case.pk] = Beside(
            *_risk(before.get(case.pk, safety.assessment), words, now),
            posture=safety.posture.kind if safety.posture else "PO_SILENT",
            is_held=bool(safety.holds),
            custody=custodies[case.pk].words,
            next=next_words(of_it),
            **_deadline(first.due_at if first else None, now, day_format),
        )
    return found


def _is_unsigned(safety: SafetyStatus) -> bool:
    return safety.assessment is not None and not safety.assessment.signed_at


def _risk(row: RiskAssessment | None, words: Callable[[str], str], now: dt.datetime) -> tuple[str, str]:
    """Return level and words of the latest signed assessment; one that ended says so."""
    if row is None or not row.signed_at or not row.expires_at:
        return "", ""
    word, is_over = words(row.level), row.ended_at is not None or row.expires_at <= now
    return row.level, _("%(level)s, ended") % {"level": word} if is_over else word


@written_once(cases=several(KEY))
def _signed(*, cases: list[uuid.UUID]) -> QuerySet[RiskAssessment]:
    """Return the signed assessments of cases whose latest waits for a signature, the latest last."""
    rows = RiskAssessment.objects.of_cases().filter(case__in=cases, signed_at__isnull=False)
    return rows.only("case_id", "level", "signed_at", "expires_at", "ended_at").order_by("number")


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
