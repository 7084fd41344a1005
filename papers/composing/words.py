"""The fixed words of documents, in the language of the reader and not of the office (reference/document_words.csv).

They are for handling, courtesy, dates and names of boxes. None states a fact, a law, a reason or an absence: beside each
stands why it can never be untrue.
"""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from directory import dates
from directory.dates.durations import Duration

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
NAMES = {"en": "English", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he"})


@cache
def fixed_words() -> dict[str, dict[str, str]]:
    """Return every fixed word by its key, then by language."""
    with (REFERENCE / "document_words.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): row for row in csv.DictReader(file)}


def languages() -> list[tuple[str, str]]:
    """Return the languages in which every fixed word of a document exists, each by its own name."""
    table = fixed_words()
    return [(code, name) for code, name in NAMES.items() if all(row.get(code) for row in table.values())]


def direction(language: str) -> str:
    """Return rtl or ltr."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def say(key: str, language: str, **values: object) -> str:
    """Return the fixed words under this key; a language without them raises KeyError, it never falls back in silence."""
    words = fixed_words()[key][language]
    return words % values if values else words


def heading(code: str, language: str) -> str:
    """Return the heading of a section as the reader sees it."""
    return say(f"heading.{code}", language)


def day(value: dt.date, language: str) -> str:
    """Return a day in words, kept on one line."""
    with translation.override(language):
        return date_format(value, "j F Y").replace(" ", "\u00a0")


def date(text: str | None, language: str) -> str:
    """Return an imprecise date in the words of the document; no date is an empty text."""
    try:
        told = dates.parse(text)
    except ValueError:
        return text or ""
    if told is None:
        return ""
    return _told(told, language)


def _told(told: dates.ToldDate, language: str) -> str:
    """Return one date, a span, or one or all of several dates in the words of the document."""
    if told.members:
        return _members(told, language)
    first, last = (_part(part, language) if part else "" for part in (told.first, told.last))
    if told.kind == "one":
        return first
    if told.kind in {"earlier", "later"}:
        return say(f"date.{told.kind}", language, date=first or last)
    if told.first is None or told.last is None:
        key = ("from" if first else "until") + ("_unknown" if told.is_side_unknown else "")
        return say(f"date.{key}", language, date=first or last)
    if told.kind == "some_year":
        return _some_year(told.first, told.last, language)
    return _within_a_month(told, language) or say("date.between", language, first=first, last=last)


def _members(told: dates.ToldDate, language: str) -> str:
    *before, last = told.members
    if not before:
        sides = (
            {"first": _part(last.first, language), "last": _part(last.last, language)}
            if last.first and last.last
            else {}
        )
        return say("date.all", language, **sides)
    listed = say("date.comma", language).join(_told(one, language) for one in before)
    return say(f"date.{told.kind}", language, first=listed, last=_told(last, language))


def _some_year(first: dates.DatePart, last: dates.DatePart, language: str) -> str:
    """Return a day, or a month, of a year that is known in part."""
    with translation.override(language):
        named = date_format(first.first, "j F" if first.day else "F").replace(" ", "\u00a0")
    return _hedged(say("date.some_year", language, date=named, first=first.year, last=last.year), first, language)


def _within_a_month(told: dates.ToldDate, language: str) -> str:
    """Return "14–19 March 2025" for two sure days of one month, else nothing."""
    a, b = told.first, told.last
    if not (a and b and a.is_exact and b.is_exact and (a.year, a.month) == (b.year, b.month)):
        return ""
    return f"{a.day}–{_part(b, language)}"


def _part(part: dates.DatePart, language: str) -> str:
    shape = "j F Y" if part.day else "F Y" if part.month else "Y"
    with translation.override(language):
        words = date_format(part.first, shape).replace(" ", "\u00a0")
    return _hedged(words, part, language)


def _hedged(words: str, part: dates.DatePart, language: str) -> str:
    if part.is_about:
        words = say("date.about", language, date=words)
    return say("date.perhaps", language, date=words) if part.is_doubted else words


def held_for(lasted: Duration | None, language: str) -> str:
    """Return for how long, as the screen counts it; empty when nobody can tell."""
    if lasted is None:
        return ""
    if lasted.is_in_years and not lasted.number:
        return say("held.under_a_year", language)
    unit = "year" if lasted.is_in_years else "day"
    key = ("about_" if lasted.is_about else "") + unit + ("" if lasted.number == 1 else "s")
    return say(f"held.{key}", language, n=lasted.number)
