"""Dates told in another calendar, turned into EDTF of the Gregorian one."""

import datetime as dt
from collections.abc import Callable

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from casework.dates import between, compose


class Calendar(models.TextChoices):
    """The calendars in which dates are told to us."""

    GREGORIAN = "gregorian", gettext_lazy("Gregorian")
    HIJRI = "hijri", gettext_lazy("Hijri (lunar)")
    SOLAR = "solar", gettext_lazy("Solar Hijri (Persian, Afghan)")


def to_edtf(calendar: str, year: int, month: int | None, day: int | None, *, is_about: bool) -> str:
    """Return the Gregorian EDTF of a date told in this calendar.

    A lunar day is always "about": the moon is sighted a day earlier or later from country to country. A month or
    a year of another calendar becomes a span. Raises ValueError when there is no such day, or it is out of range.
    """
    if calendar == Calendar.GREGORIAN:
        return compose(year, month, day, is_about=is_about)
    if day and not month:
        raise ValueError("a day needs its month")
    convert = _from_hijri if calendar == Calendar.HIJRI else _from_solar
    hedged = is_about or calendar == Calendar.HIJRI
    if day:
        return _text(convert(year, month or 1, day), is_about=hedged)
    first, last = _ends(convert, year, month)
    return between(_text(first, is_about=hedged), _text(last, is_about=hedged))


def as_told(calendar: str, year: int, month: int | None, day: int | None) -> str:
    """Return the date in numbers of its own calendar, to keep beside the converted one; empty for the Gregorian."""
    if calendar == Calendar.GREGORIAN:
        return ""
    numbers = "-".join(str(number) for number in (year, month, day) if number)
    return _("%(numbers)s, %(calendar)s") % {"numbers": numbers, "calendar": Calendar(calendar).label}


def _ends(convert: Callable[[int, int, int], dt.date], year: int, month: int | None) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a month, or of a year, of another calendar."""
    first = convert(year, month or 1, 1)
    next_year, next_month = (year + 1, 1) if month in {None, 12} else (year, (month or 0) + 1)
    return first, convert(next_year, next_month, 1) - dt.timedelta(days=1)


def _text(day: dt.date, *, is_about: bool) -> str:
    return compose(day.year, day.month, day.day, is_about=is_about)


def _from_hijri(year: int, month: int, day: int) -> dt.date:
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError) as fault:
        raise ValueError("out of the range of the Hijri tables, or no such day") from fault
    return dt.date(found.year, found.month, found.day)


def _from_solar(year: int, month: int, day: int) -> dt.date:
    found: dt.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # the library has no types
    return found
