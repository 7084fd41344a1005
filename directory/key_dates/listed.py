"""The list of key dates: reference/key_dates.csv, and on which days of a year each falls, as far as its rule says.

A rule is `MM-DD` or `MM-DD/MM-DD` (every year), `month MM` or `month MM/MM` (some time then: sessions shift from year to
year), `hijri MM-DD` (by the tables, so about that day), or empty: nobody can say it for every State, the office writes it.
The rows were read on 1 December 2026 and carry their sources; what was written from memory says so.
"""

import calendar
import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from directory.dates.calendars import Calendar, day_of
from directory.vocabulary import REFERENCE

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DaysOfYear:
    """The days on which something falls: from the first to the last, and whether the day within them is not known."""

    first: dt.date
    last: dt.date
    is_vague: bool = False


@dataclass(frozen=True)
class ListedDate:
    """One row of the list, in English; its words are translated when they are shown."""

    code: str
    english: str
    rule: str
    kind: str
    lead_weeks: int
    why: str
    note: str
    source: str

    @property
    def name(self) -> str:
        """Return what it is called in the reader's language."""
        return _(self.english)

    def days_in(self, year: int) -> list[DaysOfYear]:
        """Return when it falls in a year of the Gregorian calendar; nothing where the list cannot say."""
        word, _space, rest = self.rule.rpartition(" ")
        if not rest:
            return []
        if word == "hijri":
            return _lunar(rest, year)
        first, _slash, last = rest.partition("/")
        if word == "month":
            ends = int(last or first)
            days = calendar.monthrange(year, ends)[1]
            return [DaysOfYear(dt.date(year, int(first), 1), dt.date(year, ends, days), is_vague=True)]
        return [DaysOfYear(_day(year, first), _day(year, last or first))]


def _day(year: int, text: str) -> dt.date:
    month, _dash, day = text.partition("-")
    return dt.date(year, int(month), int(day))


def _lunar(text: str, year: int) -> list[DaysOfYear]:
    """Return the day of the tables with the day before and after: the moon decides, and seldom by a day more."""
    month, _dash, day = text.partition("-")
    found = []
    for lunar_year in range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3):
        try:
            falls = day_of(Calendar.HIJRI, lunar_year, int(month), int(day))
        except ValueError:
            continue  # beyond the tables nobody says anything
        if falls.year == year:
            found.append(DaysOfYear(falls - A_DAY, falls + A_DAY))
    return found


@cache
def listed_dates() -> Mapping[str, ListedDate]:
    """Return the list by code, in its own order."""
    with (REFERENCE / "key_dates.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            ListedDate(
                code=row["code"],
                english=row["name"],
                rule=row["rule"],
                kind=row["kind"],
                lead_weeks=int(row["lead_weeks"]),
                why=row["why"],
                note=row["note"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]
    return {row.code: row for row in rows}
