"""The words of a paper as blocks in their order: review page, print view, PDF and public page all draw these.

Nothing is moved, added or left out here, so that what is printed is what was signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from papers.composing import words
from papers.composing.marks import LINE_ENDS, TextPiece, blocks, found_in
from papers.composing.sections import is_sources
from papers.kinds import registry
from papers.kinds.kind import Kind

LONGEST_DATE = 48
HEADING = "#"
Findings = Mapping[str, Iterable[tuple[int, int, str]]]


@dataclass(frozen=True)
class PaperLine:
    """One line: what stands before it, a date it opens with, its words, and the day by which something is asked."""

    pieces: list[TextPiece]
    marker: str = ""
    date: list[TextPiece] = field(default_factory=list)
    until: list[TextPiece] = field(default_factory=list)


@dataclass(frozen=True)
class PaperBlock:
    """A paragraph or a list, ready to be drawn."""

    is_list: bool
    lines: list[PaperLine]


@dataclass(frozen=True)
class PaperSection:
    """One section. Its role says how it is drawn: handling, subject, asks, dated, barred, spoken, sources or plain."""

    code: str
    role: str
    heading: list[TextPiece]
    blocks: list[PaperBlock]

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


def paper_words(
    kind: str, language: str, title: str | None, body: list[dict[str, str]] | None, findings: Findings | None = None
) -> PaperWords:
    """Return title and sections cut into blocks; a finding is marked where it was found, also in a heading."""
    known = registry.find(kind)
    places = findings or {}
    shown = [row for row in body or [] if row["text"].strip() and not registry.is_title(row["code"])]
    return PaperWords(
        language=language,
        direction=words.direction(language),
        title=_pieces((title or "").translate(LINE_ENDS), places.get("title", ())),
        sections=[_section(known, row, language, places) for row in shown],
        numbers=numbers_of(shown),
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
        "handling": kind.handling,
        "subject": kind.subject,
        "asks": kind.asks,
        "dated": kind.dated_facts,
        "barred": kind.barred,
        "spoken": kind.spoken,
    }
    return next((role for role, place in roles.items() if place and code == kind.section_code(place)), "plain")


def _section(kind: Kind, row: dict[str, str], language: str, places: Findings) -> PaperSection:
    code, role = row["code"], role_of(kind, row["code"])
    drawn: list[PaperBlock] = []
    count = 0
    for block in blocks(row["text"], places.get(code, ())):
        lines = []
        for pieces in block.lines:
            count += block.is_list
            lines.append(_line(role, pieces, count, language) if block.is_list else PaperLine(pieces))
        drawn.append(PaperBlock(block.is_list, lines))
    if role == "dated" and not any(line.date for block in drawn for line in block.lines):
        role = "plain"
    heading = [] if registry.is_unheaded(code) else _pieces(row["heading"], places.get(code + HEADING, ()))
    return PaperSection(code, role, heading, drawn)


def _line(role: str, pieces: list[TextPiece], number: int, language: str) -> PaperLine:
    if role == "asks":
        asked, until = _cut(pieces, _place_of_day(_plain(pieces), language))
        return PaperLine(asked, marker=f"{number}.", until=until)
    if role == "dated":
        date, said = _cut(pieces, _end_of_date(_plain(pieces), language), otherwise_first=False)
        return PaperLine(said, date=date)
    return PaperLine(pieces, marker=str(number) if role == "sources" else "")


def _place_of_day(text: str, language: str) -> int:
    """Return where "By 15 December 2026." begins in an ask that ends so; -1 where it does not."""
    opens = words.say("ask.by", language, date="\x00").partition("\x00")[0]
    return text.rfind(f" {opens}")


def _end_of_date(text: str, language: str) -> int:
    """Return where the date ends in a bullet such as "about May 2025: He was …"; -1 where it opens with none.

    "According to the court of 2025: …" is no date: what opens like an attribution stays with its words.
    """
    date, colon, _rest = text.partition(": ")
    said = words.say("attributed", language, source="\x00", claim="").partition("\x00")[0]
    is_date = any(sign.isdigit() for sign in date) and not date.startswith(said) and len(date) <= LONGEST_DATE
    return len(date) + 1 if colon and is_date else -1


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
