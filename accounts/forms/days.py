"""Reading a day, an hour and an instant that somebody typed. What can mean two things is asked about, never guessed."""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sealing.letters.figures import plain_figures

DAY = gettext_lazy("Write the day as year, month and day, for example 2027-03-01.")
HOUR = gettext_lazy("Write the hour as hours and minutes, for example 14:30.")
CENTURY = 100

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,2}", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d{1,6})?)?", re.ASCII)
_AROUND = re.compile(r"\s*([-/.:])\s*")


def read_day(typed: Any, *, today: dt.date) -> dt.date | None:
    """Return the day, or None for nothing typed. Raises ValidationError with a sentence that says what to write.

    The year stands first and has four figures. Where it stands last, the day and the month could be either: the
    sentence names both. A year further away than a century is asked about: it is of another calendar, or a slip.
    """
    text = _AROUND.sub(r"\1", plain_figures(str(typed or "")))
    if not text:
        return None
    if found := _YEAR_LAST.fullmatch(text):
        raise ValidationError(_which_day(int(found[4]), int(found[1]), int(found[3])), code="ambiguous")
    if _SHORT_YEAR.fullmatch(text):
        raise ValidationError(
            _("Write the year first and with four figures, then month and day, for example 2027-03-01."), code="year"
        )
    found = _YEAR_FIRST.fullmatch(text)
    if found is None:
        raise ValidationError(DAY, code="invalid")
    day = _day(int(found[1]), int(found[3]), int(found[4]))
    if day is None:
        raise ValidationError(_("There is no such day. Look at the month and the day again."), code="invalid")
    refuse_far_year(day, today)
    return day


def refuse_far_year(day: dt.date, today: dt.date) -> None:
    """Raise ValidationError where the year lies further away than a century."""
    if abs(day.year - today.year) > CENTURY:
        raise ValidationError(
            _(
                "The year %(year)s is more than a century away. Is it a year of another calendar? "
                "Write the day of the Gregorian calendar, for example %(today)s."
            )
            % {"year": day.year, "today": today.isoformat()},
            code="year",
        )


def read_hour(typed: Any) -> dt.time | None:
    """Return the hour, or None for nothing typed. Raises ValidationError with a sentence that says what to write."""
    text = _AROUND.sub(r"\1", plain_figures(str(typed or "")))
    if not text:
        return None
    found = _HOUR.fullmatch(text)
    try:
        return dt.time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else _no_hour()
    except ValueError:
        return _no_hour()


def read_moment(typed: Any, *, today: dt.date) -> dt.datetime | None:
    """Return day and hour on the clock of the office, without its zone; None for nothing typed."""
    text = plain_figures(str(typed or ""))
    if not text:
        return None
    first, _sign, last = text.replace("T", " ", 1).partition(" ")
    day, hour = read_day(first, today=today), read_hour(last)
    if day is None or hour is None:
        raise ValidationError(_("Write the day and the hour, for example 2027-03-01 14:30."), code="invalid")
    return dt.datetime.combine(day, hour)


def _no_hour() -> dt.time:
    raise ValidationError(HOUR, code="invalid")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _which_day(year: int, first: int, second: int) -> str:
    """Return the question which of two figures is the day."""
    days = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
    if not days:
        return str(DAY)
    shape = pgettext("a day, as Django's date filter", "j F Y")
    if len(set(days)) == 1:
        return _("Write the year first: %(day)s.") % {"day": days[0].isoformat()}
    told = {"one": date_format(days[0], shape), "other": date_format(days[1], shape)}
    return _("This can be %(one)s or %(other)s. Write the year first: %(iso_one)s or %(iso_other)s.") % {
        **told, "iso_one": days[0].isoformat(), "iso_other": days[1].isoformat(),
    }  # fmt: skip
