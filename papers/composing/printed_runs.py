"""A line as it is printed: its words, and where claims are marked the numbers of their sources. Every format draws these."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby

from papers.composing.marks import TextPiece

STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True)
class PrintedRun:
    """A run of words, or the numbers of the sources of what stands before them."""

    text: str
    is_numbers: bool = False
    numbers: tuple[int, ...] = ()
    """The numbers one by one, for whoever draws each as a link."""
    first: frozenset[int] = frozenset()
    """Those that stand here for the first time: the list of sources leads back to them."""


def printed_runs(line: Iterable[TextPiece], numbers: Mapping[str, list[int]] | None = None) -> list[PrintedRun]:
    """Return a line without its marks: a row of marks becomes the numbers of their sources, or nothing without `numbers`."""
    runs: list[PrintedRun] = []
    waiting: list[int] = []
    first: set[int] = set()
    for piece in [*line, None]:
        if piece is not None and piece.label:
            waiting += [number for number in (numbers or {}).get(piece.label, ()) if number not in waiting]
            first.update(piece.notes)
            continue
        if waiting:
            told = tuple(sorted(waiting))
            runs.append(PrintedRun(", ".join(map(str, told)), True, told, frozenset(first)))
            waiting, first = [], set()
        if piece is not None:
            runs.append(PrintedRun(piece.text))
    return runs


def direction_of(text: str, otherwise: str = "ltr") -> str:
    """Return rtl or ltr by the first letter of a text that has one; what has no letter reads as said."""
    ways = (STRONG.get(unicodedata.bidirectional(sign)) for sign in text)
    return next((way for way in ways if way), otherwise)


def directed(text: str, base: str) -> list[tuple[str, str]]:
    """Cut a text where its direction changes; figures and signs between two directions read as their paragraph does."""
    strong = [STRONG.get(unicodedata.bidirectional(sign), "") for sign in text]
    before, after = _carried(strong), _carried(strong[::-1])[::-1]
    ways = [here if here == there else base for here, there in zip(before, after, strict=True)]
    ways = [kind or way or base for kind, way in zip(strong, ways, strict=True)]
    parts = groupby(zip(text, ways, strict=True), key=lambda sign: sign[1])
    return [("".join(sign for sign, _way in signs), way) for way, signs in parts]


def _carried(ways: list[str]) -> list[str]:
    """Return each way, or the last one before it where a sign has none of its own."""

    def carry(last: str, here: str) -> str:
        return here or last

    return list(accumulate(ways, carry))
