"""A day in words: a calendar is the same for everybody, so each is worked out once a language."""

import datetime as dt
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_in(day: dt.date, shape: str) -> str:
    """Return a day in the shape of Django's date filter, in the reader's language."""
    return _day_in(day.year, day.month, day.day, shape, get_language())


@lru_cache(maxsize=4000)
def _day_in(year: int, month: int, day: int, shape: str, _language: str | None) -> str:
    return date_format(dt.date(year, month, day), shape)
