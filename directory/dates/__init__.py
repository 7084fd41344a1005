"""Dates as far as they are known: EDTF text in, words and a place in time out. "About" is never lost on the way."""

import datetime as dt

from directory.dates.parts import DatePart, ToldDate
from directory.dates.reading import NotKept, parse
from directory.dates.words import in_words

__all__ = [
    "DatePart",
    "NotKept",
    "ToldDate",
    "between",
    "compose",
    "earliest",
    "in_words",
    "is_date",
    "is_exact",
    "latest",
    "parse",
    "precision",
    "sort_key",
]
END_OF_TIME = dt.date.max


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
