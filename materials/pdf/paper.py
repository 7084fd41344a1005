"""A paper as data: a frozen or draft text with what is printed around it. The template only draws this."""

import datetime as dt
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.templatetags.static import static

from materials.composing import words
from materials.composing.marks import Block, TextPiece, blocks, found_in
from materials.composing.sections import is_sources
from materials.kinds import registry
from materials.kinds.kind import Kind

LONGEST_DATE = 48


@dataclass(frozen=True)
class Text:
    """The words of one revision, whether frozen in a dispatch or still a draft."""

    kind: str
    language: str
    title: str
    body: list[dict[str, str]]
    revision: int
    references: list[str]
    facts_on: dt.date


@dataclass(frozen=True)
class CopyLine:
    """The number of a copy, for whom it is, and until when it may be used; a draft has none."""

    number: int
    recipient: str
    use_until: dt.date | None = None


@dataclass(frozen=True)
class Row:
    """One section as it is drawn: barred, what not to say or publish; said, lines to say aloud; dated, bullets by date."""

    code: str
    heading: str
    blocks: list[Block]
    is_barred: bool = False
    is_said: bool = False
    dated: list[tuple[str, list[TextPiece]]] = field(default_factory=list)


@dataclass(frozen=True)
class RunningLines:
    """What stands around the words on every page: handling, copy number or DRAFT, reference, revision, dates."""

    confidence: str
    for_office: str
    copy_line: str
    draft: str
    reference: tuple[str, str, str]
    about: list[str]
    page: list[str]
    return_line: str
    document_title: str
    sources_key: str


@dataclass(frozen=True)
class Paper:
    """A paper ready to be drawn (materials/print/paper.html)."""

    text: Text
    rows: list[Row]
    sources: Row | None
    numbers: dict[str, list[int]]
    direction: str
    is_briefing: bool
    is_screen: bool
    sheets: list[str]
    subject: Row | None
    ask: Row | None
    asks: list[tuple[list[TextPiece], str]]
    foot: str


def sheet(text: Text, copy: CopyLine | None, *, is_screen: bool = False) -> str:
    """Return the paper as HTML. Without a copy it is a draft, and says so on every page."""
    kind = registry.find(text.kind)
    rows = {section["code"]: _row(kind, section, text.language) for section in text.body}
    at_the_head = {"handling": kind.handling, "subject": kind.subject, "ask": kind.asks} if kind.is_briefing else {}
    named = {name: rows.pop(kind.section_code(place), None) for name, place in at_the_head.items()}
    sources = next((row for code, row in rows.items() if is_sources(code)), None)
    paper = Paper(
        text=text,
        rows=[row for row in rows.values() if row.blocks and row is not sources and not registry.is_title(row.code)],
        sources=sources if sources and sources.blocks else None,
        numbers=_numbers(text.body),
        direction=words.direction(text.language),
        is_briefing=kind.is_briefing,
        is_screen=is_screen,
        sheets=[static("fonts/fonts.css"), static("print.css")] if is_screen else [],
        subject=named.get("subject"),
        ask=named.get("ask"),
        asks=_asked(named.get("ask"), text.language),
        foot=_foot(named.get("handling"), text.language),
    )
    return render_to_string("materials/print/paper.html", {**vars(paper), **vars(_around(text, copy))})


def _row(kind: Kind, section: dict[str, str], language: str) -> Row:
    code = section["code"]
    shown = blocks(section["text"])
    dated: list[tuple[str, list[TextPiece]]] = []
    if registry.is_dated_facts(code) and all(block.is_list for block in shown):
        dated = [_dated(line, language) for block in shown for line in block.lines]
    return Row(
        code,
        section["heading"],
        shown,
        is_barred=code == kind.section_code(kind.barred),
        is_said=code == kind.section_code(kind.spoken),
        dated=dated if any(when for when, _line in dated) else [],
    )


def _dated(line: list[TextPiece], language: str) -> tuple[str, list[TextPiece]]:
    """Cut a bullet such as "about May 2025: He was …" into its date and the rest; one without a date keeps its words.

    "According to the court of 2025: …" is no date: what opens like an attribution stays with its words.
    """
    first = line[0].text if line else ""
    date, colon, rest = first.partition(": ")
    said = words.say("attributed", language, source="\x00", claim="").partition("\x00")[0]
    is_date = any(sign.isdigit() for sign in date) and not date.startswith(said) and len(date) <= LONGEST_DATE
    if not colon or not is_date:
        return "", line
    return date, [TextPiece(text=rest), *line[1:]]


def _asked(row: Row | None, language: str) -> list[tuple[list[TextPiece], str]]:
    """Return each ask as what is asked, which stands in bold, and by when."""
    opens = words.say("ask.by", language, date="\x00").partition("\x00")[0]
    found = []
    for line in (line for block in row.blocks if block.is_list for line in block.lines) if row else ():
        last = line[-1]
        asked, space, until = last.text.rpartition(f" {opens}")
        found.append(([*line[:-1], TextPiece(text=asked)] if space else line, f"{opens}{until}" if space else ""))
    return found


def _foot(row: Row | None, language: str) -> str:
    """Return the handling line for the foot, without what the head of the page says already."""
    said = (
        " ".join("".join(piece.text for piece in line) for block in row.blocks for line in block.lines) if row else ""
    )
    return said.removeprefix(words.say("handling.brief", language)).strip()


def _numbers(body: list[dict[str, str]]) -> dict[str, list[int]]:
    """Return the numbers of the sources that carry each claim, by the claim's mark; they count afresh in each document."""
    found: dict[str, list[int]] = {}
    for section in body:
        if is_sources(section["code"]):
            lines = [line for line in section["text"].splitlines() if line.strip()]
            for number, line in enumerate(lines, start=1):
                for label in found_in(line):
                    found.setdefault(label, []).append(number)
    return found


def _around(text: Text, copy: CopyLine | None) -> RunningLines:
    """Return the running lines: handling, copy number or DRAFT, reference, revision, date of facts, use until."""
    language = text.language
    reference = words.say("print.reference", language, reference="\x00").partition("\x00")
    about = [
        words.say("print.revision", language, revision=text.revision),
        words.say("print.facts", language, date=words.day(text.facts_on, language)),
    ]
    if copy and copy.use_until:
        about.append(words.say("print.use_until", language, date=words.day(copy.use_until, language)))
    page = words.say("print.page", language, page="\x00", pages="\x00").split("\x00")
    named = f"{words.say(f'kind.{text.kind}', language)} {', '.join(text.references)}"
    return RunningLines(
        confidence=words.say("print.confidence", language),
        for_office=words.say("print.for_office", language),
        copy_line=words.say("print.copy_for", language, number=copy.number, to=copy.recipient) if copy else "",
        draft="" if copy else words.say("print.draft", language),
        reference=reference,
        about=about,
        page=page,
        return_line=words.say("print.return", language),
        document_title=f"{named}, {words.say('print.revision', language, revision=text.revision)}",
        sources_key=words.say("source.key", language),
    )
