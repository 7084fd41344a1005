"""The calendars in which dates are told to us, each behind the same few questions. Only this file knows the libraries."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ethiocalendar import date as EthiopianDate
from hijridate import Hijri
from nepali_datetime import date as NepaliDate
from persiantools.jdatetime import JalaliDate


class Calendar(models.TextChoices):
    """The calendars in which dates are told to us."""

    GREGORIAN = "gregorian", gettext_lazy("Gregorian")
    HIJRI = "hijri", gettext_lazy("Hijri (lunar)")
    SOLAR = "solar", gettext_lazy("Solar Hijri (Persian, Afghan)")
    ETHIOPIAN = "ethiopian", gettext_lazy("Ethiopian")
    BUDDHIST = "buddhist", gettext_lazy("Buddhist (Thai)")
    BIKRAM = "bikram", gettext_lazy("Bikram Sambat (Nepali)")


@dataclass(frozen=True)
class Reckoning:
    """What one calendar knows: its years, an example of one, its months, and the Gregorian day of a day."""

    first_year: int
    last_year: int
    example: int
    day: Callable[[int, int, int], dt.date]
    months: int = 12
    most_days: int = 31
    is_sighted: bool = False
    table: Promise | None = None
    countries: frozenset[str] = frozenset()

    def knows(self, year: int) -> bool:
        """Say whether the year is one that can be written in this calendar here."""
        return self.first_year <= year <= self.last_year

    @property
    def short_words(self) -> str:
        """Return what to write instead of a year without all its figures."""
        return _("Year: write four digits, for example %(year)s.") % {"year": self.example}

    @property
    def range_words(self) -> str:
        """Return what to write instead of a year that is not known here."""
        return str(self.table) if self.table else self.short_words


BUDDHIST_AHEAD = 543
BUDDHIST_YEAR_FROM_JANUARY = 2484  # until 2483 (1940) a Thai year began in April, and January to March came last


def _hijri_day(year: int, month: int, day: int) -> dt.date:
    """Return the day of the tables; the 30th of a month that has 29 in them is the day after: elsewhere it was sighted."""
    begins = Hijri(year, month, 1).to_gregorian()
    if not 1 <= day <= 30:
        raise ValueError("a lunar month has 29 or 30 days")
    return dt.date(begins.year, begins.month, begins.day) + dt.timedelta(days=day - 1)


def _solar_day(year: int, month: int, day: int) -> dt.date:
    found: dt.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # the library has no types
    return found


def _ethiopian_day(year: int, month: int, day: int) -> dt.date:
    found: dt.date = EthiopianDate(year, month, day).togregorian()
    return found


def _buddhist_day(year: int, month: int, day: int) -> dt.date:
    is_late = year < BUDDHIST_YEAR_FROM_JANUARY and month <= 3
    if is_late and year == BUDDHIST_YEAR_FROM_JANUARY - 1:
        raise ValueError("the year 2483 had no January, February and March")
    return dt.date(year - BUDDHIST_AHEAD + is_late, month, day)


def _bikram_day(year: int, month: int, day: int) -> dt.date:
    found: dt.date = NepaliDate(year, month, day).to_datetime_date()
    return found


RECKONINGS: Mapping[str, Reckoning] = {
    Calendar.GREGORIAN: Reckoning(1000, 2999, 2025, dt.date),
    Calendar.HIJRI: Reckoning(
        1343, 1500, 1446, _hijri_day, most_days=30, is_sighted=True,
        table=gettext_lazy("Year: the Hijri tables go from 1343 to 1500. Write the Gregorian date instead."),
        countries=frozenset({"SAU", "YEM", "OMN", "ARE", "QAT", "KWT", "BHR"}),
    ),
    Calendar.SOLAR: Reckoning(1000, 1600, 1404, _solar_day, countries=frozenset({"IRN", "AFG"})),
    Calendar.ETHIOPIAN: Reckoning(
        1000, 2200, 2017, _ethiopian_day, months=13, most_days=30, countries=frozenset({"ETH", "ERI"})
    ),
    Calendar.BUDDHIST: Reckoning(2000, 2800, 2568, _buddhist_day, countries=frozenset({"THA", "LAO", "KHM"})),
    Calendar.BIKRAM: Reckoning(
        1975, 2100, 2081, _bikram_day, most_days=32, countries=frozenset({"NPL"}),
        table=gettext_lazy("Year: the tables of Bikram Sambat go from 1975 to 2100. Write the Gregorian date instead."),
    ),
}  # fmt: skip


def of_country(country: str) -> list[Calendar]:
    """Return the calendars that this State uses beside the Gregorian one."""
    return [Calendar(code) for code, kind in RECKONINGS.items() if country in kind.countries]


def day_of(calendar: str, year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian day of a day of this calendar. Raises ValueError where there is none."""
    try:
        return RECKONINGS[calendar].day(year, month, day)
    except (OverflowError, ValueError, AssertionError, KeyError) as fault:
        raise ValueError("out of the range of the calendar, or no such day") from fault


def days_of(calendar: str, year: int, month: int | None = None, day: int | None = None) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a year, a month or a day can mean. Raises ValueError where there is none."""
    if day:
        if not month:
            raise ValueError("a day needs its month")
        return (found := day_of(calendar, year, month, day)), found
    months = [month] if month else range(1, RECKONINGS[calendar].months + 1)
    known = [ends for one in months if (ends := _ends_of_month(calendar, year, one))]
    if not known:
        raise ValueError("out of the range of the calendar, or no such month")
    return min(first for first, _last in known), max(last for _first, last in known)


def _ends_of_month(calendar: str, year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a month, None where the year has no such month."""
    try:
        first = day_of(calendar, year, month, 1)
    except ValueError:
        return None
    if calendar == Calendar.HIJRI:
        return first, first + dt.timedelta(days=Hijri(year, month, 1).month_length() - 1)
    for day in range(RECKONINGS[calendar].most_days, 0, -1):
        try:
            return first, day_of(calendar, year, month, day)
        except ValueError:
            continue
    return None


def year_in_gregorian(calendar: str, year: int) -> int | None:
    """Return the Gregorian year in which most of this year lies, None where the calendar does not reach so far."""
    if not RECKONINGS[calendar].knows(year):
        return None
    first, last = days_of(calendar, year)
    return (first + (last - first) / 2).year


def label(calendar: str) -> str:
    """Return the name of a calendar in the reader's language."""
    return str(Calendar(calendar).label)
