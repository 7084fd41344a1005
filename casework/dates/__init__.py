"""Dates as far as they are known: EDTF text in, words and a place in time out. "About" is never lost on the way."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

PLAIN = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$")
HEDGES = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
OPEN = frozenset({"", ".."})
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
END_OF_TIME = dt.date.max


@dataclass(frozen=True)
class DatePart:
    """One date of which the day, or day and month, may not be known."""

    year: int
    month: int | None = None
    day: int | None = None
    is_about: bool = False
    is_doubted: bool = False

    @property
    def first(self) -> dt.date:
        """Return the first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """Return the last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        """Say whether it is one day and nothing hedges it."""
        return self.day is not None and not (self.is_about or self.is_doubted)


@dataclass(frozen=True)
class ToldDate:
    """What a date text says: one date, a span, one of two, or open to one side."""

    kind: str
    first: DatePart | None
    last: DatePart | None

    @property
    def earliest(self) -> dt.date | None:
        """Return the first day it can mean, None where it is open to the past."""
        return self.first.first if self.first else None

    @property
    def latest(self) -> dt.date | None:
        """Return the last day it can mean, None where it is open to the future."""
        return self.last.last if self.last else None

    @property
    def is_exact(self) -> bool:
        """Say whether it is one known day."""
        return self.kind == "one" and self.first is not None and self.first.is_exact


def parse(text: str | None) -> ToldDate | None:
    """Return what this EDTF text says, or None for no text. Raises ValueError with nothing of the text in it."""
    text = (text or "").strip()
    if not text:
        return None
    try:
        found = PLAIN.match(text)
        told = _plain(found) if found else _span(text) or _told(parse_edtf(text))
        if told.first and told.last and told.first.first > told.last.last:
            raise ValueError("the span ends before it begins")
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise ValueError("this is not a date in EDTF") from None
    return told


def is_date(text: str | None) -> bool:
    """Say whether the text can be read as a date; no text can."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def earliest(text: str | None) -> dt.date | None:
    """Return the first day the text can mean; None for no date, or one that is open to the past."""
    told = _lenient(text)
    return told.earliest if told else None


def latest(text: str | None) -> dt.date | None:
    """Return the last day the text can mean; None for no date, or one that is open to the future."""
    told = _lenient(text)
    return told.latest if told else None


def sort_key(text: str | None) -> tuple[dt.date, dt.date]:
    """Return what puts dates in order: a month after its days, a year after its months; no date comes last.

    Compared are the last day that the first date can mean, then the last day of all.
    """
    told = _lenient(text)
    if told is None:
        return END_OF_TIME, END_OF_TIME
    last = told.latest or END_OF_TIME
    return (told.first.last if told.first else last), last


def is_exact(text: str | None) -> bool:
    """Say whether the text names one day without a hedge."""
    told = _lenient(text)
    return bool(told and told.is_exact)


def precision(text: str | None) -> str:
    """Return exact, about, month or between, as the timeline draws it; empty for no date."""
    told = _lenient(text)
    if told is None:
        return ""
    if told.kind != "one" or told.first is None:
        return "between"
    if told.first.is_about or told.first.is_doubted:
        return "about"
    return "exact" if told.first.day else "month"


def in_words(text: str | None, *, is_long: bool = False) -> str:
    """Return the date in words of the reader's language; a text that is no date stands for itself, none is "Unknown".

    `is_long` says what is not known: "March 2025, day not known".
    """
    told = _lenient(text)
    if told is None:
        return text or _("Unknown")
    if told.kind == "one" and told.first:
        return _part(told.first, is_long=is_long)
    if told.first is None and told.last:
        return _("until %(last)s") % {"last": _part(told.last)}
    if told.last is None and told.first:
        return _("from %(first)s on") % {"first": _part(told.first)}
    if told.first is None or told.last is None:
        return text or ""
    words = {"first": _shortened(told.first, told.last), "last": _part(told.last)}
    return (_("%(first)s or %(last)s") if told.kind == "either" else _("between %(first)s and %(last)s")) % words


def compose(year: int, month: int | None = None, day: int | None = None, *, is_about: bool = False) -> str:
    """Return EDTF text of one date in the Gregorian calendar. Raises ValueError when there is no such day."""
    if day and not month:
        raise ValueError("a day needs its month")
    dt.date(year, month or 1, day or 1)
    text = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return text + ("~" if is_about else "")


def between(first: str, last: str) -> str:
    """Return EDTF text of a span of two dates; one date when they are the same."""
    return first if first == last else f"{first}/{last}"


def _lenient(text: str | None) -> ToldDate | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _plain(found: re.Match[str]) -> ToldDate:
    year, month, day, hedge = found.groups()
    about, doubted = HEDGES[hedge]
    part = DatePart(int(year), int(month) if month else None, int(day) if day else None, about, doubted)
    if month and int(month) in SEASONS:
        return _season(int(year), int(month))
    part.first, part.last  # noqa: B018 -- raises ValueError where there is no such day
    return ToldDate("one", part, part)


def _span(text: str) -> ToldDate | None:
    """Read a span of two plain dates, one of which may be open: the parser takes a hundredth of a second for it."""
    sides = text.split("/")
    if len(sides) != 2 or not any(PLAIN.match(side) for side in sides):
        return None
    told = [_plain(found) if (found := PLAIN.match(side)) else None for side in sides]
    if any(one is None and side not in OPEN for one, side in zip(told, sides, strict=True)):
        return None
    first, last = told
    return ToldDate("span", first.first if first else None, last.last if last else None)


def _season(year: int, season: int) -> ToldDate:
    month = SEASONS[season]
    ends = (year, month + 2) if month < 12 else (year + 1, 2)
    return ToldDate("span", DatePart(year, month), DatePart(*ends))


def _told(parsed: Any) -> ToldDate:
    """Walk what the edtf parser found into our own shape."""
    kind = type(parsed).__name__
    if kind.endswith("Interval"):
        return ToldDate("span", _side(parsed.lower, is_first=True), _side(parsed.upper, is_first=False))
    if kind in {"OneOfASet", "MultipleDates"}:
        parts = [_told(item) for item in parsed.objects]
        ordered = sorted(parts, key=lambda told: told.earliest or dt.date.min)
        return ToldDate("either" if len(parts) == 2 else "span", ordered[0].first, ordered[-1].last)
    if kind == "UncertainOrApproximate":
        return _plain(PLAIN.match(str(parsed)) or PLAIN.match(str(parsed.date)))  # type: ignore[arg-type]
    if kind in {"Date", "Season"}:
        return _plain(PLAIN.match(str(parsed)))  # type: ignore[arg-type]
    if kind == "DateAndTime":
        return _told(parsed.date)
    if kind == "Unspecified":
        return _unspecified(parsed)
    raise ValueError(kind)


def _side(side: Any, *, is_first: bool) -> DatePart | None:
    if type(side).__name__ == "UnspecifiedIntervalSection":
        return None
    told = _told(side)
    return told.first if is_first else told.last


def _unspecified(parsed: Any) -> ToldDate:
    low, high = parsed.lower_strict(), parsed.upper_strict()
    text = str(parsed)
    if re.match(r"^\d{4}-\d\d-XX$", text):
        part = DatePart(low[0], low[1])
        return ToldDate("one", part, part)
    if re.match(r"^\d{4}-XX(-XX)?$", text):
        part = DatePart(low[0])
        return ToldDate("one", part, part)
    return ToldDate("span", DatePart(*low[:1]), DatePart(*high[:1]))


def _part(part: DatePart, *, is_long: bool = False) -> str:
    if part.day:
        words = date_format(part.first, pgettext("a day, as Django's date filter", "j F Y"))
    elif part.month:
        words = date_format(part.first, pgettext("a month, as Django's date filter", "F Y"))
    else:
        words = str(part.year)
    if is_long and part.month and not part.day:
        words = _("%(month)s, day not known") % {"month": words}
    elif is_long and not part.month:
        words = _("%(year)s, day and month not known") % {"year": words}
    if part.is_about:
        words = _("about %(date)s") % {"date": words}
    return _("perhaps %(date)s") % {"date": words} if part.is_doubted else words


def _shortened(first: DatePart, last: DatePart) -> str:
    """Return the first date of a span without what the last one says anyway."""
    is_hedged = first.is_about or first.is_doubted or last.is_about or last.is_doubted
    if is_hedged or first.year != last.year or not first.month or bool(first.day) != bool(last.day):
        return _part(first)
    if first.day and first.month == last.month:
        return date_format(first.first, pgettext("a day of the month that is named next, as Django's date filter", "j"))
    if first.day:
        return date_format(
            first.first, pgettext("a day of the year that is named next, as Django's date filter", "j F")
        )
    return date_format(first.first, pgettext("a month of the year that is named next, as Django's date filter", "F"))
