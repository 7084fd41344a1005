"""The fixed words of documents, in the language of the reader and not of the office (reference/document_words.csv).

They are for handling, courtesy, dates and names of boxes. None states a fact, a law, a reason or an absence: beside each
stands why it can never be untrue.
"""

from directory.dates.durations import Duration
from papers.composing.date_words import date, day, is_date_words
from papers.composing.word_table import counted, fixed_words, say

__all__ = [
    "NAMES",
    "counted",
    "date",
    "day",
    "direction",
    "fixed_words",
    "heading",
    "held_for",
    "is_date_words",
    "languages",
    "say",
]
NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "ru": "Русский"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he"})


def languages() -> list[tuple[str, str]]:
    """Return the languages in which every fixed word of a document exists, each by its own name."""
    table = fixed_words()
    return [(code, name) for code, name in NAMES.items() if all(row.get(code) for row in table.values())]


def direction(language: str) -> str:
    """Return rtl or ltr."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def heading(code: str, language: str) -> str:
    """Return the heading of a section as the reader sees it."""
    return say(f"heading.{code}", language)


def held_for(lasted: Duration | None, language: str) -> str:
    """Return for how long, as the screen counts it; empty when nobody can tell."""
    if lasted is None:
        return ""
    if lasted.is_in_years:
        return counted("held.about_years", language, lasted.number) if lasted.number else _under_a_year(language)
    return counted("held.about_days" if lasted.is_about else "held.days", language, lasted.number)


def _under_a_year(language: str) -> str:
    return say("held.under_a_year", language)
