"""What the calendar shows: a month as a grid and the same days as a list, a list alone, or three months."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import get_format
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.calendar.question import MOST, CalendarDate, CalendarQuestion
from advocacy.calendar.registry import SOURCES, dates_of
from casework.access import sees_many
from casework.models import Case
from directory.actions.recipients import may_enter
from directory.dates import working_days
from directory.dates.shown import day_in

IN_A_CELL = 4
VIEWS = ("month", "list", "three")
YEARS_AROUND = 90
SUNDAY_FIRST_IS_AMERICAN = "en"  # Django's English begins the week on Sunday; the dates of this site are not American


@dataclass(frozen=True)
class CalendarChoice:
    """What was asked for, as it stands in the address: which month, seen how, whose dates, of which source and case."""

    month: dt.date
    view: str = "month"
    is_all: bool = False
    kind: str = ""
    case: str = ""

    @property
    def last(self) -> dt.date:
        """Return the last day that is shown."""
        return month_after(self.month, 3 if self.view == "three" else 1) - dt.timedelta(days=1)

    def url(self, **changed: str) -> str:
        """Return the address of this calendar with something else chosen; what is usual is left out."""
        said = {
            "view": "" if self.view == "month" else self.view,
            "month": f"{self.month:%Y-%m}",
            "of": "cases" if self.is_all else "",
            "kind": self.kind,
            "case": self.case,
            **changed,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class CalendarLink:
    """A way to another month or another look."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class CalendarOption:
    """An option of a select of the calendar."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class CalendarLine:
    """One date as a line of the list (advocacy/calendar/_list.html); `anchor` where it is the first of its day."""

    date: CalendarDate
    when: str
    kind: str
    is_today: bool
    anchor: str = ""


@dataclass(frozen=True)
class CalendarCell:
    """One day of the grid."""

    label: str
    is_today: bool
    is_out: bool
    is_shut: bool
    holiday: str
    lines: Sequence[CalendarDate]
    more: int
    anchor: str


@dataclass(frozen=True)
class CalendarMonth:
    """One month as a grid of weeks (advocacy/calendar/_month.html)."""

    key: str
    title: str
    weekdays: Sequence[str]
    weeks: Sequence[Sequence[CalendarCell]]


@dataclass(frozen=True)
class CalendarPage:
    """The calendar of one reader (advocacy/calendar/calendar.html)."""

    title: str
    empty: str
    view: str
    before: CalendarLink
    after: CalendarLink
    now: CalendarLink | None
    views: Sequence[CalendarLink]
    whose: Sequence[CalendarOption]
    kinds: Sequence[CalendarOption]
    choice: CalendarChoice
    case: Case | None
    months: Sequence[CalendarMonth]
    rows: Sequence[CalendarLine]
    vague: Sequence[CalendarLine]
    with_more: Sequence[str]
    may_add: bool


def read_choice(asked: Mapping[str, str], *, today: dt.date) -> CalendarChoice:
    """Return what an address asks for; what cannot be read is passed over for what is usual."""
    view, kind = asked.get("view", ""), asked.get("kind", "")
    return CalendarChoice(
        month=_month(asked.get("month", ""), today),
        view=view if view in VIEWS else "month",
        is_all=asked.get("of", "") == "cases",
        kind=kind if kind in SOURCES else "",
        case=asked.get("case", ""),
    )


def _month(text: str, today: dt.date) -> dt.date:
    try:
        month = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return today.replace(day=1)
    return month if abs(month.year - today.year) <= YEARS_AROUND else today.replace(day=1)


def month_after(month: dt.date, by: int = 1) -> dt.date:
    """Return the first day of the month so many months later, or earlier."""
    years, months = divmod(month.month - 1 + by, 12)
    return dt.date(month.year + years, months + 1, 1)


def calendar_page(user: User, choice: CalendarChoice, case: Case | None) -> CalendarPage:
    """Return the dates this reader may see: their own, all, or those of one case, which they may see too."""
    today = timezone.localdate()
    asked = CalendarQuestion(
        reader=user,
        first=choice.month,
        last=choice.last,
        is_all=choice.is_all,
        case=case,
        row_by_row=sees_many(user),
        most=MOST,
    )
    found = dates_of(asked, [choice.kind] if choice.kind else SOURCES)
    exact = [row for row in found.rows if not row.is_vague]
    count = 3 if choice.view == "three" else 1
    months = [month_after(choice.month, ahead) for ahead in range(count)]
    is_grid = choice.view != "list"
    country = case.country if case else ""
    return CalendarPage(
        title=_title(choice),
        empty=_("Nothing is written for %(month)s") % {"month": _title(choice)},
        view=choice.view,
        before=_link(choice, -count),
        after=_link(choice, count),
        now=CalendarLink(_("This month"), choice.url(month="")) if choice.month != today.replace(day=1) else None,
        views=_views(choice),
        whose=_whose(choice),
        kinds=_kinds(choice),
        choice=choice,
        case=case,
        months=[_grid(month, exact, choice, today, country) for month in months] if is_grid else [],
        rows=_lines(exact, choice, today),
        vague=[_line(row, choice, today) for row in found.rows if row.is_vague],
        with_more=[str(source.name) for source in found.with_more],
        may_add=may_enter(user),
    )


def _title(choice: CalendarChoice) -> str:
    shape = pgettext("a month and its year, as Django's date filter", "F Y")
    first = day_in(choice.month, shape)
    if choice.view != "three":
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": day_in(choice.last, shape)}


def _link(choice: CalendarChoice, by: int) -> CalendarLink:
    month = month_after(choice.month, by)
    shape = "F" if month.year == choice.month.year else pgettext("a month and its year, as Django's date filter", "F Y")
    return CalendarLink(day_in(month, shape), choice.url(month=f"{month:%Y-%m}"))


def _views(choice: CalendarChoice) -> list[CalendarLink]:
    words = {"month": _("Month and list"), "list": _("List"), "three": _("Three months")}
    return [CalendarLink(words[view], choice.url(view=view), choice.view == view) for view in VIEWS]


def _whose(choice: CalendarChoice) -> list[CalendarOption]:
    return [
        CalendarOption("", _("Only mine"), not choice.is_all),
        CalendarOption("cases", _("All that I may see"), choice.is_all),
    ]


def _kinds(choice: CalendarChoice) -> list[CalendarOption]:
    every = CalendarOption("", _("Every kind"), not choice.kind)
    return [every, *(CalendarOption(code, str(one.name), choice.kind == code) for code, one in SOURCES.items())]


def first_weekday() -> int:
    """Return on which day a week begins for the reader, as Python counts: 0 is Monday."""
    if (get_language() or "").partition("-")[0] == SUNDAY_FIRST_IS_AMERICAN:
        return calendar.MONDAY
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def _grid(
    month: dt.date, rows: Sequence[CalendarDate], choice: CalendarChoice, today: dt.date, country: str
) -> CalendarMonth:
    """Return a month in whole weeks; a span of days stands on the first of them that is shown."""
    on_day: dict[dt.date, list[CalendarDate]] = {}
    for row in rows:
        on_day.setdefault(max(row.first, choice.month), []).append(row)
    weeks = calendar.Calendar(first_weekday()).monthdatescalendar(month.year, month.month)
    return CalendarMonth(
        key=f"{month:%Y-%m}",
        title=day_in(month, pgettext("a month and its year, as Django's date filter", "F Y")),
        weekdays=[day_in(day, "l") for day in weeks[0]],
        weeks=[[_cell(day, month, on_day.get(day, ()), today, country) for day in week] for week in weeks],
    )


def _cell(day: dt.date, month: dt.date, lines: Sequence[CalendarDate], today: dt.date, country: str) -> CalendarCell:
    is_out = day.month != month.month
    shape = pgettext("a day and its month, as Django's date filter", "j F") if is_out or day == today else "j"
    words = day_in(day, shape)
    shown = () if is_out else lines
    return CalendarCell(
        label=_("%(day)s, today") % {"day": words} if day == today else words,
        is_today=day == today,
        is_out=is_out,
        is_shut=not working_days.is_open(day, country),
        holiday=working_days.holiday_on(day),
        lines=shown[:IN_A_CELL],
        more=max(0, len(shown) - IN_A_CELL),
        anchor=f"d-{day.isoformat()}",
    )


def _lines(rows: Sequence[CalendarDate], choice: CalendarChoice, today: dt.date) -> list[CalendarLine]:
    """Return the lines of the list; the first of each day can be led to."""
    seen: set[dt.date] = set()
    lines = []
    for row in sorted(rows, key=lambda row: max(row.first, choice.month)):
        day = max(row.first, choice.month)
        lines.append(_line(row, choice, today, anchor="" if day in seen else f"d-{day.isoformat()}"))
        seen.add(day)
    return lines


def _line(row: CalendarDate, choice: CalendarChoice, today: dt.date, anchor: str = "") -> CalendarLine:
    is_today = not row.is_vague and row.first <= today <= row.last
    return CalendarLine(row, _when(row, is_today=is_today), str(SOURCES[row.source].kind), is_today, anchor)


def _when(row: CalendarDate, *, is_today: bool) -> str:
    shape = pgettext("a day in a narrow place, as Django's date filter", "D j M")
    first = day_in(row.first, shape)
    if row.is_vague:
        return row.note or _("between %(first)s and %(last)s") % {"first": first, "last": day_in(row.last, shape)}
    if row.first != row.last:
        return _("%(first)s to %(last)s") % {"first": first, "last": day_in(row.last, shape)}
    return _("Today, %(day)s") % {"day": first} if is_today else first
