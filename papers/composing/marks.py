"""The text of a paper as it is signed: its claim marks, such as [3], and what the beginning of a line says of it.

A line is a paragraph; one that begins with "- " is a bullet; with "| " the row of a table, whose cells "|" parts; with
"|= " the row that heads a table. Nothing else is mark-up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from papers.composing.small_words import small_words

MARK = re.compile(r"[ \u00a0]*\[([A-Z]?\d{1,4}(?:\s*,\s*[A-Z]?\d{1,4})*)\]")
LINE_ENDS = dict.fromkeys(map(ord, "\u2028\u2029\x85\v\f"), "\n")
BULLET, ROW, HEAD_ROW, CELL = "- ", "| ", "|= ", "|"
SENTENCE_END = re.compile(r"(?<=[.!?؟…])[ \u00a0]+|\n+")
JOINED = frozenset({(BULLET, BULLET), (ROW, ROW), (HEAD_ROW, ROW)})
INITIALS = re.compile(r"(?:^|[\s(\u00a0])(?:[^\W\d_]\.-?)+$")
LAST_WORD = re.compile(r"[ \u00a0(’']")
ENDS_ALL_THE_SAME = re.compile(r"(?:\d[ \u00a0]гг?|[ \u00a0]т\.[ \u00a0]?[дп]|[ \u00a0]др)\.$")  # "2025 г.", "и т. д."


def mark(number: int, letter: str = "") -> str:
    """Return the mark of a claim; the letter says of which case, where a text is about several."""
    return f"[{letter}{number}]"


def found_in(text: str) -> list[str]:
    """Return the labels of all marks in their order, each once ("3", or "B3" where there are several cases)."""
    labels = [label.strip() for match in MARK.finditer(text) for label in match[1].split(",")]
    return list(dict.fromkeys(labels))


@dataclass(frozen=True)
class ReadText:
    """A text as it will be read, and the place of each mark in it."""

    plain: str
    places: list[tuple[int, str]] = field(default_factory=list)


def reading(text: str) -> ReadText:
    """Return the text without its marks, with the offsets at which they stood."""
    plain, places, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        places += [(len(plain), label.strip()) for label in match[1].split(",")]
        last = match.end()
    return ReadText(plain + text[last:], places)


def sentences(text: str) -> list[tuple[str, list[str]]]:
    """Return each sentence without marks, with the labels of the marks that stand in or right after it."""
    read = reading(text)
    found: list[tuple[str, list[str]]] = []
    start = 0
    ends = [*(match for match in SENTENCE_END.finditer(read.plain) if _ends_a_sentence(read.plain, match)), None]
    for match in ends:
        stop = match.start() if match else len(read.plain)
        after = match.end() if match else len(read.plain) + 1
        labels = [label for place, label in read.places if start < place <= stop]
        if read.plain[start:stop].strip():
            found.append((read.plain[start:stop].strip(), labels))
        start = after
    return found


def _ends_a_sentence(plain: str, match: re.Match[str]) -> bool:
    """Say whether a sentence ends here: a full stop after initials, "U.S.", "v." or "No." before a figure ends none."""
    if "\n" in match[0] or not plain[: match.start()].endswith("."):
        return True
    before, after = plain[: match.start()], plain[match.end() : match.end() + 1]
    if after.islower():
        return False
    if ENDS_ALL_THE_SAME.search(before):
        return True
    word = LAST_WORD.split(before[:-1])[-1].casefold()
    if word in small_words("before-figure"):
        return not after.isdigit()
    return word not in small_words("before-name") and not INITIALS.search(before)


def stands_in(said: str | None, text: str) -> bool:
    """Say whether a text prints these words: line by line, because each line of a text may bear a sign at its end."""
    plain = _folded(reading(text).plain)
    lines = [_folded(line) for line in (said or "").splitlines() if line.strip()]
    return bool(lines) and all(line in plain for line in lines)


def without(said: Iterable[str], text: str) -> str:
    """Return a text, as `stands_in` reads it, in which these words do not stand any more."""
    plain = _folded(reading(text).plain)
    for words in said:
        plain = plain.replace(_folded(words), " ")
    return plain


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class TextPiece:
    """A run of text, a claim mark (label set), or words somebody has to look at (finding set)."""

    text: str = ""
    label: str = ""
    finding: str = ""
    notes: tuple[int, ...] = ()
    """Of a mark: the numbers of sources that stand here for the first time."""


@dataclass(frozen=True)
class Block:
    """A paragraph, a list of bullets or the rows of a table (cells not parted yet), ready to be drawn."""

    is_list: bool
    lines: list[list[TextPiece]]
    is_table: bool = False
    has_head: bool = False
    """The first row heads the table."""


def blocks(text: str, findings: Iterable[tuple[int, int, str]] = ()) -> list[Block]:
    """Return the text as paragraphs and lists; findings are (start, end, id) in the text as it is read.

    Every sign that ends a line ends it here, too: Word and PDF readers set others than we do.
    """
    read = reading(text.translate(LINE_ENDS))
    hits = sorted(findings)
    out: list[Block] = []
    before = ""
    for line in re.finditer(r"(?m)^.*$", read.plain):
        start, stop = line.span()
        sign = next((sign for sign in (BULLET, HEAD_ROW, ROW) if read.plain.startswith(sign, start, stop)), "")
        if read.plain[start:stop].strip():
            pieces = list(_pieces(read, start + len(sign), stop, hits))
            if (before, sign) in JOINED:
                out[-1].lines.append(pieces)
            else:
                out.append(Block(sign == BULLET, [pieces], sign in {ROW, HEAD_ROW}, sign == HEAD_ROW))
        before = sign
    return out


def row(*cells: str, is_head: bool = False) -> str:
    """Return the line of a row of a table; a cell holds no sign that parts cells."""
    return (HEAD_ROW if is_head else ROW) + " | ".join(cell.replace(CELL, "/") for cell in cells)


def _pieces(read: ReadText, start: int, stop: int, hits: list[tuple[int, int, str]]) -> Iterable[TextPiece]:
    """Cut one line where a mark stands or a finding begins or ends."""
    inside = [(max(a, start), min(b, stop), key) for a, b, key in hits if a < stop and b > start]
    marks = [(place, label) for place, label in read.places if start < place <= stop]
    cuts = sorted(
        {start, stop, *(place for place, _label in marks), *(a for a, _b, _k in inside), *(b for _a, b, _k in inside)}
    )
    for here, there in zip(cuts, [*cuts[1:], stop], strict=True):
        yield from (TextPiece(label=label) for place, label in marks if place == here)
        if there > here:
            key = next((key for a, b, key in inside if a <= here and there <= b), "")
            yield TextPiece(text=read.plain[here:there], finding=key)
