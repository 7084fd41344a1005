"""The office's controlled words: codes, labels and definitions, read once from reference/vocabularies.csv."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext, gettext_lazy

REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Term:
    """One code of one vocabulary, with its label in English (translated when shown), and what it means."""

    vocabulary: str
    code: str
    english: str
    definition: str
    event_class: str
    limit_hours: int | None
    articles: dict[str, str]

    @property
    def label(self) -> str:
        """Return the label in the reader's language."""
        return gettext(self.english)


@cache
def terms(vocabulary: str) -> dict[str, Term]:
    """Return the terms of a vocabulary by code, in their own order. An unknown vocabulary raises KeyError."""
    found = _all_terms()[vocabulary]
    return {term.code: term for term in found}


@cache
def _all_terms() -> dict[str, list[Term]]:
    with (REFERENCE / "vocabularies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: (row["vocabulary"], int(row["sort_order"] or 0)))
    found: dict[str, list[Term]] = {}
    for row in rows:
        articles = {
            name: row[column]
            for name, column in (("UDHR", "udhr_articles"), ("ICCPR", "iccpr_articles"), ("other", "other_instruments"))
            if row[column]
        }
        hours = int(row["limit_h"]) if row["limit_h"] else None
        term = Term(row["vocabulary"], row["code"], row["label"], row["definition"], row["class"], hours, articles)
        found.setdefault(row["vocabulary"], []).append(term)
    return found


@deconstructible
class choices:
    """A vocabulary as the choices of a model field; migrations keep its name, not its labels."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def __call__(self) -> list[tuple[str, str]]:
        return [(term.code, gettext_lazy(term.english)) for term in terms(self.vocabulary).values()]  # type: ignore[misc]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, choices) and other.vocabulary == self.vocabulary

    def __hash__(self) -> int:
        return hash(self.vocabulary)


def label(vocabulary: str, code: str) -> str:
    """Return the label of a code in the reader's language; a code that is not in the list stands for itself."""
    term = terms(vocabulary).get(code)
    return term.label if term else code
