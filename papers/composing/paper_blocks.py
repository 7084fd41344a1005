"""The words of a paper as blocks in their order: review page, print view, PDF and public page all draw these.

Nothing is moved, added or left out here, so that what is printed is what was signed. Three kinds of block:

- paragraphs: lines that are drawn one beneath the other; in a long paper each bears the number of its paragraph in
  `marker`, counted through the whole text;
- a list (`is_list`): lines with what stands before them in `marker` (the number of an ask or of a source), or a bullet;
- a table (`is_table`): each line is a row with its `cells`, and `is_head` says of a row that it heads the table. The rows of
  a chronology are paragraphs, too: each bears its number in `marker`, by which the drawing above it names the row. Where
  the head has one cell more than a row, the last cell of the row holds the claim marks that end it. Whoever draws no
  tables draws `pieces`: the same row in one run, its cells parted by a bar.

A mark is a piece with a `label`, drawn as the numbers of its sources (`PaperWords.numbers`); `notes` on it are those
numbers that stand there for the first time, which is where the list of sources leads back to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from papers.composing import words
from papers.composing.drawn_time import DrawnTime, drawn_time
from papers.composing.marks import CELL, LINE_ENDS, Block, TextPiece, blocks, found_in
from papers.composing.sections import is_sources
from papers.kinds import registry
from papers.kinds.kind import Kind

LONGEST_DATE = 48
HEADING = "#"
Findings = Mapping[str, Iterable[tuple[int, int, str]]]


@dataclass(frozen=True)
class PaperLine:
    """One line: what stands before it, a date it opens with, its words, the day by which something is asked, its cells."""

    pieces: list[TextPiece]
    marker: str = ""
    date: list[TextPiece] = field(default_factory=list)
    until: list[TextPiece] = field(default_factory=list)
    cells: list[list[TextPiece]] = field(default_factory=list)
    is_head: bool = False

    @property
    def leads_on(self) -> bool:
        """Say whether it names what follows: it ends with a colon, and no page ends after it."""
        return _plain(self.pieces).rstrip().endswith(":")


@dataclass(frozen=True)
class PaperBlock:
    """Paragraphs, a list or a table, ready to be drawn."""

    is_list: bool
    lines: list[PaperLine]
    is_table: bool = False

    def time(self, language: str) -> DrawnTime | None:
        """Return the numbered rows of a table on an axis of time, by the dates in their first cells; None for anything else."""
        rows = [(line.marker.rstrip("."), _plain(line.cells[0])) for line in self.lines if line.cells and line.marker]
        return drawn_time(rows, language) if rows else None


@dataclass(frozen=True)
class PaperSection:
    """One section. Its role says how it is drawn: opening, handling, subject, asks, dated, chronology, barred, spoken, sources or plain."""

    code: str
    role: str
    heading: list[TextPiece]
    blocks: list[PaperBlock]
    language: str = ""

    @property
    def is_sources(self) -> bool:
        """Say whether it is the list of sources."""
        return self.role == "sources"


@dataclass(frozen=True)
class PaperWords:
    """A paper's words in the order in which they are read, and the numbers of the sources behind each claim mark."""

    language: str
    direction: str
    title: list[TextPiece]
    sections: list[PaperSection]
    numbers: dict[str, list[int]]
    is_long: bool = False
    """Its paragraphs are numbered, and the numbers of sources lead to the list of sources and back."""
    opening: list[PaperSection] = field(default_factory=list)
    """What stands above the title."""


def paper_words(
    kind: str, language: str, title: str | None, body: list[dict[str, str]] | None, findings: Findings | None = None
) -> PaperWords:
    """Return title and sections cut into blocks; a finding is marked where it was found, also in a heading."""
    known = registry.find(kind)
    places = findings or {}
    shown = [row for row in body or [] if row["text"].strip() and not registry.is_title(row["code"])]
    numbers = numbers_of(shown)
    drawing = _Drawing(known, language, places, numbers)
    opens = known.section_code(known.opens)
    return PaperWords(
        language=language,
        direction=words.direction(language),
        title=_pieces((title or "").translate(LINE_ENDS), places.get("title", ())),
        opening=[drawing.section(row) for row in shown if row["code"] == opens],
        sections=[drawing.section(row) for row in shown if row["code"] != opens],
        numbers=numbers,
        is_long=known.is_long,
    )


def numbers_of(body: list[dict[str, str]]) -> dict[str, list[int]]:
    """Return the numbers of the sources that carry each claim, by the claim's mark; they count afresh in each document."""
    found: dict[str, list[int]] = {}
    for section in body:
        if is_sources(section["code"]):
            lines = [line for line in section["text"].splitlines() if line.startswith("- ")]
            for number, line in enumerate(lines, start=1):
                for label in found_in(line):
                    found.setdefault(label, []).append(number)
    return found


def role_of(kind: Kind, code: str) -> str:
    """Return how a section of this kind is drawn."""
    if is_sources(code):
        return "sources"
    roles = {
        "opening": kind.opens,
        "handling": kind.handling,
        "subject": kind.subject,
        "asks": kind.asks,
        "dated": kind.dated_facts,
        "chronology": kind.chronology,
        "barred": kind.barred,
        "spoken": kind.spoken,
    }
    return next((role for role, place in roles.items() if place and code == kind.section_code(place)), "plain")


class _Drawing:
    """One paper while it is cut: what is counted through all of its sections."""

    def __init__(self, kind: Kind, language: str, places: Findings, numbers: Mapping[str, list[int]]) -> None:
        self.kind, self.language, self.places, self.numbers = kind, language, places, numbers
        self.paragraph = count(1)
        self.noted: set[int] = set()

    def section(self, row: dict[str, str]) -> PaperSection:
        """Return one section, its blocks in their order."""
        code, role = row["code"], role_of(self.kind, row["code"])
        bullet = count(1)
        drawn = [
            PaperBlock(block.is_list, list(self._lines(role, block, bullet)), block.is_table)
            for block in blocks(row["text"], self.places.get(code, ()))
        ]
        if role == "dated" and not any(line.date for block in drawn for line in block.lines):
            role = "plain"
        heading = [] if registry.is_unheaded(code) else _pieces(row["heading"], self.places.get(code + HEADING, ()))
        return PaperSection(code, role, heading, drawn, self.language)

    def _lines(self, role: str, block: Block, bullet: Iterator[int]) -> Iterator[PaperLine]:
        columns = max(_plain(pieces).count(CELL) for pieces in block.lines) + 1
        for place, found in enumerate(block.lines):
            pieces = found if role == "sources" else [self._noted(piece) for piece in found]
            if block.is_list:
                yield _line(role, pieces, self._marker(role, next(bullet)), self.language)
            elif block.is_table:
                is_head = block.has_head and not place
                marker = f"{next(self.paragraph)}." if role == "chronology" and not is_head else ""
                yield PaperLine(pieces, marker=marker, cells=_cells(pieces, columns), is_head=is_head)
            elif self.kind.is_long and role in {"plain", "chronology"}:
                yield PaperLine(pieces, marker=f"{next(self.paragraph)}.")
            else:
                yield PaperLine(pieces)

    def _marker(self, role: str, number: int) -> str:
        """Return what stands before a bullet: the number of a source, or of an ask where there may be several."""
        if role == "asks" and self.kind.most_asks > 1:
            return f"{number}."
        return str(number) if role == "sources" else ""

    def _noted(self, piece: TextPiece) -> TextPiece:
        """Return a mark with the numbers of sources that stand there for the first time."""
        first = tuple(number for number in self.numbers.get(piece.label, ()) if number not in self.noted)
        self.noted.update(first)
        return replace(piece, notes=first) if first else piece


def _cells(pieces: list[TextPiece], columns: int) -> list[list[TextPiece]]:
    """Part a row; the marks that end it stand in a cell of their own where the table has one more."""
    cells: list[list[TextPiece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(CELL)
        cells[-1].append(replace(piece, text=first))
        for text in others:
            cells.append([replace(piece, text=text)])
    if len(cells) < columns:
        said = len(cells[-1])
        while said and cells[-1][said - 1].label:
            said -= 1
        cells[-1:] = [cells[-1][:said], cells[-1][said:]]
    cells += [[]] * (columns - len(cells))
    return [_bare([piece for piece in cell if piece.label or piece.text.strip()]) for cell in cells]


def _bare(cell: list[TextPiece]) -> list[TextPiece]:
    """Return a cell without the spaces that stand beside the bars."""
    if cell:
        cell[0] = replace(cell[0], text=cell[0].text.lstrip())
        cell[-1] = replace(cell[-1], text=cell[-1].text.rstrip())
    return cell


def _line(role: str, pieces: list[TextPiece], marker: str, language: str) -> PaperLine:
    if role == "asks":
        asked, until = _cut(pieces, _place_of_day(_plain(pieces), language))
        return PaperLine(asked, marker=marker, until=until)
    if role == "dated":
        date, said = _cut(pieces, _end_of_date(_plain(pieces), language), otherwise_first=False)
        return PaperLine(said, date=date)
    return PaperLine(pieces, marker=marker)


def _place_of_day(text: str, language: str) -> int:
    """Return where "By 15 December 2026." begins in an ask that ends so; -1 where it does not."""
    opens = " " + words.say("ask.by", language, date="\x00").partition("\x00")[0]
    place = text.rfind(opens)
    return place if place >= 0 and words.is_date_words(text[place + len(opens) :], language) else -1


def _end_of_date(text: str, language: str) -> int:
    """Return where the date ends in a bullet such as "about May 2025: He was …"; -1 where it opens with none.

    "According to the court of 2025: …" is no date: what opens like an attribution stays with its words.
    """
    sign = words.say("told.dated", language, date="", what="")
    date, colon, _rest = text.partition(sign)
    said = words.say("attributed", language, source="\x00", claim="").partition("\x00")[0]
    is_short = any(sign.isdigit() for sign in date) and not date.startswith(said) and len(date) <= LONGEST_DATE
    is_date = is_short or words.is_date_words(date, language)
    return len(date) + len(sign.rstrip()) if colon and is_date else -1


def _cut(
    pieces: list[TextPiece], place: int, *, otherwise_first: bool = True
) -> tuple[list[TextPiece], list[TextPiece]]:
    """Cut a line in two at this place; below zero it stays whole, as the first part or as the second."""
    if place < 0:
        return (pieces, []) if otherwise_first else ([], pieces)
    first: list[TextPiece] = []
    second: list[TextPiece] = []
    for piece in pieces:
        here, there = piece.text[: max(place, 0)], piece.text[max(place, 0) :]
        if here or (piece.label and place > 0):
            first.append(replace(piece, text=here))
        if there or (piece.label and place <= 0):
            second.append(replace(piece, text=there if second else there.lstrip(" ")))
        place -= len(piece.text)
    return first, second


def _plain(pieces: Iterable[TextPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def _pieces(text: str, findings: Iterable[tuple[int, int, str]]) -> list[TextPiece]:
    """Return one line of pieces; a title or heading is no list."""
    return [piece for block in blocks(text, findings) for line in block.lines for piece in line]
