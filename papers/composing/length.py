"""How long a text is, against what its kind takes: words of each section, and pages by the words of a full one."""

import math
from dataclasses import dataclass

from papers.composing.marks import BULLET, CELL, HEAD_ROW, ROW, reading
from papers.composing.sections import find, is_sources, most_pages
from papers.kinds.kind import Kind

WORDS_OF_A_PAGE = 350  # the templates' own measure: "2 pages at most (350-700 words)"
SLACK = 1.25  # a budget is a measure and no rule: names and dates are longer in one language than in another


@dataclass(frozen=True)
class LongSection:
    """A section that says more than its template gives it room for."""

    heading: str
    words: int
    most: float


@dataclass(frozen=True)
class Length:
    """Words and full pages of a text, what its kind takes at most, and each section over its budget."""

    words: int
    pages: int
    most_pages: int
    sections: list[LongSection]

    @property
    def is_too_long(self) -> bool:
        """Say whether a section or the whole takes more room than its kind has."""
        return bool(self.sections) or self.pages > self.most_pages


def count_words(text: str) -> int:
    """Return how many words a reader reads: no marks of claims, and no signs of bullets and rows."""
    lines = [line.removeprefix(BULLET).removeprefix(HEAD_ROW).removeprefix(ROW) for line in text.splitlines()]
    return len([word for word in reading("\n".join(lines)).plain.split() if word != CELL])


def length_of(kind: Kind, body: list[dict[str, str]] | None) -> Length:
    """Return how long a text is. Nobody writes the line of handling and the list of sources, so they have no budget."""
    ours = kind.section_code(kind.handling)
    counted = [
        (row, count_words(row["text"])) for row in body or [] if not is_sources(row["code"]) and row["code"] != ours
    ]
    over = [LongSection(row["heading"], count, most) for row, count in counted if count > SLACK * (most := _room(row))]
    words = sum(count for _row, count in counted)
    return Length(words, -(-words // WORDS_OF_A_PAGE), most_pages(kind.code), over)


def _room(row: dict[str, str]) -> float:
    """Return how many words a section may take; one without a budget takes any number."""
    known = find(row["code"])
    return known.words if known and known.words else math.inf
