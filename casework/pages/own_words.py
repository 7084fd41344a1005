"""The page on which words are looked for within one case."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.finding.own_words import FoundRow, Span, found_in
from casework.finding.searchable import SearchableRows
from casework.models import Case

MOST_ROWS = 50
MOST_LETTERS = 320
BEFORE = 80


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it is one of the words."""

    text: str
    is_word: bool


@dataclass(frozen=True)
class OwnWordsLine:
    """One row that holds the words: what it is, where it stands, and its texts in pieces."""

    title: str
    url: str
    texts: Sequence[Sequence[Piece]]


@dataclass(frozen=True)
class OwnWordsGroup:
    """The rows of one kind, and how many there are."""

    name: str
    heading: str
    count: int
    rows: Sequence[OwnWordsLine]

    @property
    def is_more(self) -> bool:
        """Say whether there are more than are shown."""
        return self.count > len(self.rows)


@dataclass(frozen=True)
class OwnWordsPage:
    """What was found within a case (casework/own_words.html). `is_forgotten`: the address names words kept no longer."""

    case: Case
    words: str
    groups: Sequence[OwnWordsGroup]
    is_forgotten: bool
    own_rights: frozenset[str]
    tab: str = "packet"


def own_words_page(case: Case, words: str, rights: frozenset[str], *, is_forgotten: bool) -> OwnWordsPage:
    """Return the rows of the case that hold these words, each with the way to it."""
    groups = [_group(case, kind, rows) for kind, rows in found_in(case, words, rights)]
    return OwnWordsPage(case, words, groups, is_forgotten, rights)


def _group(case: Case, kind: SearchableRows, rows: Sequence[FoundRow]) -> OwnWordsGroup:
    lines = [
        OwnWordsLine(kind.title(one.row), kind.url(case, one.row), [pieces(text, spans) for text, spans in one.texts])
        for one in rows[:MOST_ROWS]
    ]
    return OwnWordsGroup(kind.name, str(kind.heading), len(rows), lines)


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """Return a text in pieces, its words apart; of a long one what stands around the first of them."""
    first = max(0, spans[0][0] - BEFORE) if len(text) > MOST_LETTERS else 0
    last = min(len(text), max(first + MOST_LETTERS, spans[0][1])) if len(text) > MOST_LETTERS else len(text)
    found, at = [Piece("… " if first else "", is_word=False)], first
    for start, end in spans:
        if at <= start and end <= last:
            found += [Piece(text[at:start], is_word=False), Piece(text[start:end], is_word=True)]
            at = end
    found += [Piece(text[at:last], is_word=False), Piece(" …" if last < len(text) else "", is_word=False)]
    return [piece for piece in found if piece.text]
