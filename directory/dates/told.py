"""A date as it was told: in numbers of its own calendar, kept as a note beside the Gregorian EDTF text made from it.

The note reads `solar:1357-6`, `hijri:1446-9-14~`, `solar:1357/1360`. A note of another shape (from a file of somebody
else) is shown as it is. A Gregorian date needs none: its EDTF text is what was typed.
"""

import calendar as gregorian
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.dates import between, compose, in_words
from directory.dates.calendars import RECKONINGS, Calendar, days_of, label
from directory.dates.reading import PARTLY, PLAIN
from sealing.fields import NotedText, note_of

ONE = re.compile(r"(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(~?)", re.ASCII)
ABOUT = {"": "~", "~": "~", "?": "%", "%": "%"}


@dataclass(frozen=True)
class OneTold:
    """One date in numbers of a calendar."""

    year: int
    month: int | None = None
    day: int | None = None
    is_about: bool = False


def read_one(text: str) -> OneTold | None:
    """Return the numbers of "1357", "1357-6" or "1357-6-5", with or without "~"; None for anything else."""
    found = ONE.fullmatch(text)
    if not found:
        return None
    year, month, day, about = found.groups()
    return OneTold(int(year), int(month) if month else None, int(day) if day else None, bool(about))


def convert(calendar: str, text: str) -> NotedText:
    """Return the Gregorian EDTF text of a date, or a span, told in this calendar, with what was told as its note.

    A lunar date is always "about": the moon is sighted a day earlier or later from country to country. A month or a
    year becomes a span, unless it is a Gregorian one too. Raises ValueError where there is no such day.
    """
    sides = text.split("/")
    if len(sides) > 2:
        raise ValueError("a span has two sides")
    ends = [_ends(calendar, side) for side in sides]
    if not any(ends):
        raise ValueError("nothing is said")
    if len(sides) == 1 and ends[0]:
        edtf = _joined(*ends[0])
    else:
        edtf = "/".join([ends[0][0] if ends[0] else sides[0], ends[1][1] if ends[1] else sides[1]])
    return NotedText(edtf, f"{calendar}:{text}")


def to_edtf(calendar: str, year: int, month: int | None, day: int | None, *, is_about: bool) -> str:
    """Return the Gregorian EDTF of one date told in this calendar. Raises ValueError where there is no such day."""
    if calendar == Calendar.GREGORIAN:
        return compose(year, month, day, is_about=is_about)
    return convert(calendar, numbers(year, month, day, is_about=is_about))


def numbers(year: int, month: int | None, day: int | None, *, is_about: bool = False) -> str:
    """Return one date in the shape in which it is kept as it was told."""
    return "-".join(str(part) for part in (year, month, day) if part) + ("~" if is_about else "")


def with_about(text: str) -> str:
    """Return EDTF text of one date or a span with "about" on each date. Raises ValueError where EDTF has no place for it."""
    return "/".join(side if side in {"", ".."} else _about(side) for side in text.split("/"))


def note_in_parts(text: str | None) -> tuple[str, str] | None:
    """Return calendar and numbers of what was told; None where nothing was, or it is no note of ours."""
    calendar, sign, told = note_of(text).partition(":")
    return (calendar, told) if sign and calendar in RECKONINGS else None


def told_words(text: str | None) -> str:
    """Return what was told, such as "1357-6, Solar Hijri (Persian, Afghan)"; empty where the date itself says it."""
    parts = note_in_parts(text)
    if parts is None:
        return note_of(text)
    return _("%(numbers)s, %(calendar)s") % {"numbers": parts[1], "calendar": label(parts[0])}


def shown(text: str | None, *, is_long: bool = False) -> str:
    """Return a date in words and, behind it, how it was told."""
    return with_told(in_words(text, is_long=is_long), text)


def with_told(words: str, text: str | None) -> str:
    """Return words about a date and, behind them, how the date was told."""
    told = told_words(text)
    return _("%(date)s (told as %(told)s)") % {"date": words, "told": told} if told else words


def is_other(stored: Any, given: Any) -> bool:
    """Say whether what is given differs from what is stored; the same date told anew, in another calendar, does.

    A date given without how it was told takes nothing away from one that has it.
    """
    is_other_note = bool(note_of(given)) and note_of(given) != note_of(stored)
    return bool((stored or "") != (given or "")) or is_other_note


def _ends(calendar: str, side: str) -> tuple[str, str] | None:
    """Return the EDTF text of the first and the last day; None for an open side."""
    if side in {"", ".."}:
        return None
    one = read_one(side)
    if one is None:
        raise ValueError("this is no date of the calendar")
    first, last = days_of(calendar, one.year, one.month, one.day)
    is_about = one.is_about or RECKONINGS[calendar].is_sighted
    return _text(first, is_about=is_about), _text(last, is_about=is_about)


def _joined(first: str, last: str) -> str:
    """Return both days as a span, or as the one Gregorian month or year that they are."""
    begins, ends = dt.date.fromisoformat(first[:10]), dt.date.fromisoformat(last[:10])
    hedge = first[10:]
    if begins.day == 1 and begins.year == ends.year:
        if (begins.month, ends.month, ends.day) == (1, 12, 31):
            return f"{begins.year:04d}{hedge}"
        if begins.month == ends.month and ends.day == gregorian.monthrange(ends.year, ends.month)[1] and ends.day > 1:
            return f"{begins.year:04d}-{begins.month:02d}{hedge}"
    return between(first, last)


def _text(day: dt.date, *, is_about: bool) -> str:
    return compose(day.year, day.month, day.day, is_about=is_about)


def _about(text: str) -> str:
    if not (PLAIN.match(text) or PARTLY.match(text)):
        raise ValueError("no place for about")
    hedge = text[-1] if text[-1] in "~?%" else ""
    return text.removesuffix(hedge) + ABOUT[hedge]
