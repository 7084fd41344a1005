"""Looking for words in what was written of one case, and where they stand in it. Words are compared folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from casework.case_keys import CASE_KEYS
from casework.finding.searchable import SearchableRows, searchable_rows
from casework.models import Case
from sealing import folding, tags
from sealing.errors import DecryptionError

LEAST_BEGINNING = 3
"""So many letters find a word that goes on behind them; fewer are a word by themselves."""
ARTICLE = "ال"

Span = tuple[int, int]


@dataclass(frozen=True)
class FoundRow:
    """A row in which every word stands: each of its texts that holds one, with the places of the words."""

    row: Any
    texts: tuple[tuple[str, tuple[Span, ...]], ...]


def found_in(case: Case, words: str, rights: frozenset[str]) -> list[tuple[SearchableRows, list[FoundRow]]]:
    """Return the rows of this case in which the words stand, of each kind that these rights open.

    Only rows of this case are decrypted, each kind in one query.
    """
    ways = _ways(words)
    if not ways:
        return []
    CASE_KEYS.open_many([case.pk])
    found = []
    for kind in searchable_rows():
        if kind.may in rights:
            rows = [one for row in kind.rows(case=case) if (one := _found(kind, row, ways))]
            found += [(kind, rows)] if rows else []
    return found


def spans_of(text: str, words: Iterable[str]) -> dict[str, list[Span]]:
    """Return where each of these folded words stands in a text: whole, or at the begin of a longer one."""
    tokens = folding.tokens(text)
    found = {word: [(start, end) for token, start, end in tokens if _is_in(word, token)] for word in words}
    return {word: spans for word, spans in found.items() if spans}


def _is_in(word: str, token: str) -> bool:
    return token == word or (
        len(word) >= LEAST_BEGINNING and (token.startswith(word) or token.removeprefix(ARTICLE).startswith(word))
    )


def _found(kind: SearchableRows, row: Any, ways: list[list[str]]) -> FoundRow | None:
    texts = [text for column in kind.columns if (text := _readable(row, column))]
    for way in ways:
        spans = [spans_of(text, way) for text in texts]
        if set(way) <= set(chain.from_iterable(spans)):
            return FoundRow(row, tuple((text, _merged(held)) for text, held in zip(texts, spans, strict=True) if held))
    return None


def _ways(words: str) -> list[list[str]]:
    """Return the folded words that must stand together: as typed, and with particles joined on."""
    typed = list(dict.fromkeys(token for token, _start, _end in folding.tokens(words)))
    return [typed, *(way for way in tags.ways_to_ask(words) if way != typed)] if typed else []


def _merged(held: dict[str, list[Span]]) -> tuple[Span, ...]:
    return tuple(sorted(set(chain.from_iterable(held.values()))))


def _readable(row: Any, column: str) -> str:
    try:
        return getattr(row, column) or ""
    except DecryptionError:
        return ""
