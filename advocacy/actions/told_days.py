"""Days and ages as somebody tells them in an alarm, read where they can be read; nothing is guessed."""

import datetime as dt
import re

from django.utils.dates import MONTHS
from django.utils.translation import gettext, override

from casework.custody import is_to_come
from directory.dates import is_date

WRITTEN_OUT = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\s+(\d{4})")
BY_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
OLDEST = 120


def seen_on(told: str, today: dt.date, *, is_told_today: bool = True) -> tuple[str, bool]:
    """Return the day of the last sighting as EDTF text that says "about", and whether it holds all that was told.

    About, because whoever was last seen on a day was taken then or soon after. Words that name no day, name a day to
    come, or name it in a way that could mean two, give nothing; so does "today" that was said on another day.
    """
    head, _comma, rest = told.strip().partition(",")
    words = head.strip().rstrip(".")
    day = (_near(words, today) if is_told_today else "") or _day(words)
    if not day or is_to_come(day, today):
        return "", False
    return f"{day}~", not rest.strip()


def born_at(age: str, today: dt.date) -> str:
    """Return the two years in one of which somebody of this age was born, as EDTF text; nothing for no plain number."""
    age = age.strip()
    if not age.isdecimal() or not 0 < int(age) < OLDEST:
        return ""
    return f"{today.year - int(age) - 1}/{today.year - int(age)}"


def _near(text: str, today: dt.date) -> str:
    word = text.casefold()
    if word in {"today", gettext("today").casefold()}:
        return today.isoformat()
    if word in {"yesterday", gettext("yesterday").casefold()}:
        return (today - dt.timedelta(days=1)).isoformat()
    return ""


def _day(text: str) -> str:
    """Return the day, month or year that the whole text names, without a hedge."""
    if re.fullmatch(r"[\d-]+", text) and is_date(text):
        return text
    if found := WRITTEN_OUT.fullmatch(text):
        return _of(found[3], _month(found[2]), found[1])
    if found := BY_DOTS.fullmatch(text):
        return _of(found[3], int(found[2]), found[1])
    return ""


def _month(word: str) -> int:
    names = {str(name).casefold(): number for number, name in MONTHS.items()}
    with override("en"):
        names |= {str(name).casefold(): number for number, name in MONTHS.items()}
    return names.get(word.casefold(), 0)


def _of(year: str, month: int, day: str) -> str:
    try:
        return dt.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
