"""The columns of a plan: weeks or hours from its start, and which of them one page shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from advocacy import plan_templates
from advocacy.models import Plan
from directory.dates import office_time, relative_time

ON_A_PAGE = 8
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """A week, or some hours, of a plan."""

    title: str
    days: str
    start: dt.datetime
    end: dt.datetime
    is_now: bool


@dataclass(frozen=True)
class Window:
    """One page of columns: its number in the address, its words, and whether it is shown."""

    number: int
    title: str
    is_shown: bool


def columns_of(plan: Plan, *, last_due: dt.datetime, now: dt.datetime) -> list[Column]:
    """Return every column from the start of a plan to its last step, and to this day while the plan runs."""
    last = last_due if plan.ended_at else max(last_due, now)
    spans, titles, words = _hours(plan, last) if plan.template in plan_templates.IN_HOURS else _weeks(plan, last)
    return [
        Column(title, days, first, end, first <= now < end and not plan.ended_at)
        for title, days, (first, end) in zip(titles, words, spans, strict=True)
    ]


def column_of(at: dt.datetime, columns: Sequence[Column]) -> int:
    """Return the column of an instant: the first takes what is earlier, the last what is later."""
    for number, column in enumerate(columns):
        if at < column.end:
            return number
    return len(columns) - 1


def windows_of(columns: Sequence[Column], *, wanted: str = "") -> list[Window]:
    """Return the pages of a plan, the wanted one shown, else the one with this week, else the first."""
    pages = -(-len(columns) // ON_A_PAGE)
    now = next((number for number, column in enumerate(columns) if column.is_now), 0)
    shown = int(wanted) if wanted.isdecimal() and 0 < int(wanted) <= pages else now // ON_A_PAGE + 1
    spans = [(first, min(first + ON_A_PAGE, len(columns))) for first in range(0, len(columns), ON_A_PAGE)]
    titles = [
        _("Week %(number)d") % {"number": last}
        if last == first + 1
        else _("Weeks %(first)d–%(last)d") % {"first": first + 1, "last": last}
        for first, last in spans
    ]
    return [Window(number, title, number == shown) for number, title in enumerate(titles, start=1)]


def _hours(plan: Plan, last: dt.datetime) -> tuple[list[tuple[dt.datetime, dt.datetime]], list[str], list[str]]:
    """Return the columns of a plan that counts hours; what comes after its last hour has one of its own."""
    marks, start = plan_templates.HOURS[plan.template], plan.starts_at
    spans = [(start + dt.timedelta(hours=a), start + dt.timedelta(hours=b)) for a, b in pairwise(marks)]
    titles = [_("Hours %(first)d–%(last)d") % {"first": a, "last": b} for a, b in pairwise(marks)]
    over = spans[-1][1]
    if last > over:
        spans.append((over, last + dt.timedelta(hours=1)))
        titles.append(_("After hour %(last)d") % {"last": marks[-1]})
    return spans, titles, [relative_time.short_hour(first) for first, _last in spans]


def _weeks(plan: Plan, last: dt.datetime) -> tuple[list[tuple[dt.datetime, dt.datetime]], list[str], list[str]]:
    number = max(plan_templates.WEEKS[plan.template], office_time.office_span(plan.starts_at, last) // WEEK + 1)
    spans = list(pairwise(office_time.later(plan.starts_at, WEEK * week) for week in range(number + 1)))
    titles = [_("Week %(number)d") % {"number": week + 1} for week in range(number)]
    return spans, titles, [relative_time.day_between(first, end - dt.timedelta(days=1)) for first, end in spans]
