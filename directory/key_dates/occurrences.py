"""On which days the key dates fall: the list, corrected by the office, and the office's own. One query."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from directory.key_dates.listed import DaysOfYear, ListedDate, listed_dates
from directory.models import OfficeDate
from directory.models.key_dates import MOST_WEEKS

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class KeyDay:
    """A key date in one year: `days` is None where nobody has said when; `row` is what the office wrote, if it did."""

    code: str
    title: str
    kind: str
    lead_weeks: int
    why: str
    note: str
    source: str
    country: str
    days: DaysOfYear | None
    row: OfficeDate | None = None

    @property
    def key(self) -> str:
        """Return what this occurrence is called: the same as long as nobody writes it anew."""
        return str(self.row.pk) if self.row else f"{self.code} {self.days.first if self.days else ''}"

    @property
    def begins(self) -> dt.date | None:
        """Return the day on which work for it begins; None where it has no lead or no day."""
        if self.days is None or self.days.is_vague or not self.lead_weeks:
            return None
        return self.days.first - self.lead_weeks * WEEK

    @property
    def kind_words(self) -> str:
        """Return its kind in the reader's language."""
        return str(OfficeDate.Kind(self.kind).label)


def key_days(first: dt.date, last: dt.date) -> list[KeyDay]:
    """Return what falls, or of which the work begins, from one day to another, in the order of days."""
    far = last + MOST_WEEKS * WEEK
    years = range(first.year, far.year + 1)
    found = [one for one in _of_years(years, first, far) if one.days is not None]
    return sorted(
        (one for one in found if one.days and (_touches(one.days, first, last) or _begins_within(one, first, last))),
        key=lambda one: (one.days.first if one.days else last, one.title),
    )


def key_days_of(year: int) -> list[KeyDay]:
    """Return every key date of a year in the order of days, then those of which nobody has said when they fall."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    found = [one for one in _of_years([year], first, last) if one.days is None or one.days.first.year == year]
    return sorted(found, key=lambda one: (one.days is None, one.days.first if one.days else last, one.title))


def _touches(days: DaysOfYear, first: dt.date, last: dt.date) -> bool:
    return days.first <= last and days.last >= first


def _begins_within(one: KeyDay, first: dt.date, last: dt.date) -> bool:
    return one.begins is not None and first <= one.begins <= last


def _of_years(years: Iterable[int], first: dt.date, last: dt.date) -> list[KeyDay]:
    wanted = list(years)
    own = Q(code="", first_day__lte=last, last_day__gte=first)
    corrected = ~Q(code="") & Q(first_day__year__gte=wanted[0], first_day__year__lte=wanted[-1])
    rows = list(OfficeDate.objects.present().filter(own | corrected).select_related("entered_by"))
    said: dict[tuple[str, int], list[OfficeDate]] = {}
    for row in rows:
        if row.code:
            said.setdefault((row.code, row.first_day.year), []).append(row)
    found = [_own(row) for row in rows if not row.code]
    for year in wanted:
        for listed in listed_dates().values():
            found += _listed(listed, year, said.get((listed.code, year), ()))
    return found


def _listed(listed: ListedDate, year: int, said: Sequence[OfficeDate]) -> list[KeyDay]:
    """Return when a listed date falls in a year: as the office said, the newest row, else as the list does."""
    if said:
        row = max(said, key=lambda row: row.entered_at)
        return [_of_list(listed, DaysOfYear(row.first_day, row.last_day), row)]
    found = listed.days_in(year)
    return [_of_list(listed, days, None) for days in found] if found else [_of_list(listed, None, None)]


def _of_list(listed: ListedDate, days: DaysOfYear | None, row: OfficeDate | None) -> KeyDay:
    return KeyDay(
        code=listed.code,
        title=listed.name,
        kind=listed.kind,
        lead_weeks=row.lead_weeks if row else listed.lead_weeks,
        why=_(listed.why) if listed.why else "",
        note=_(listed.note) if listed.note else "",
        source=str(row.reason) if row else listed.source,
        country="",
        days=days,
        row=row,
    )


def _own(row: OfficeDate) -> KeyDay:
    return KeyDay(
        code="",
        title=row.title or "",
        kind=row.kind,
        lead_weeks=row.lead_weeks,
        why="",
        note="",
        source=str(row.reason),
        country=row.country,
        days=DaysOfYear(row.first_day, row.last_day),
        row=row,
    )
