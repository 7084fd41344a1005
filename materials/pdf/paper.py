"""A paper as data: a frozen or draft text with what is printed around it. The template only draws this."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.templatetags.static import static

from materials.composing import words
from materials.composing.paper_blocks import PaperWords, paper_words
from materials.kinds import registry
from materials.pdf.fonts import needs_more_arabic


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
class RunningLines:
    """What stands around the words on every page: handling, copy number or DRAFT, reference, revision, dates."""

    confidence: str
    copy_line: str
    draft: str
    reference: tuple[str, str, str]
    about: list[str]
    page: list[str]
    document_title: str


@dataclass(frozen=True)
class Paper:
    """A paper ready to be drawn (materials/print/paper.html)."""

    text: Text
    words: PaperWords
    is_briefing: bool
    is_screen: bool
    sheets: list[str]
    needs_more_arabic: bool


def sheet(text: Text, copy: CopyLine | None, *, is_screen: bool = False) -> str:
    """Return the paper as HTML. Without a copy it is a draft, and says so on every page."""
    lines = _around(text, copy)
    read = [text.title, lines.copy_line, *(part for row in text.body for part in (row["heading"], row["text"]))]
    paper = Paper(
        text=text,
        words=paper_words(text.kind, text.language, text.title, text.body),
        is_briefing=registry.find(text.kind).is_briefing,
        is_screen=is_screen,
        sheets=[static("fonts/fonts.css"), static("print.css")] if is_screen else [],
        needs_more_arabic=needs_more_arabic("".join(read)),
    )
    return render_to_string("materials/print/paper.html", {**vars(paper), **vars(lines)})


def _around(text: Text, copy: CopyLine | None) -> RunningLines:
    """Return the running lines: handling, copy number or DRAFT, reference, revision, date of facts, use until."""
    language = text.language
    reference = words.say("print.reference", language, reference="\x00").partition("\x00")
    kind = registry.find(text.kind)
    about = [words.say("print.revision", language, revision=text.revision)]
    if kind.is_composed:  # what people typed says itself of when it is
        about.append(words.say("print.facts", language, date=words.day(text.facts_on, language)))
    if copy and copy.use_until:
        about.append(words.say("print.use_until", language, date=words.day(copy.use_until, language)))
    page = words.say("print.page", language, page="\x00", pages="\x00").split("\x00")
    named = f"{words.say(f'kind.{text.kind}', language)} {', '.join(text.references)}"
    return RunningLines(
        confidence=words.say("print.confidence", language) if kind.handling else "",
        copy_line=words.say("print.copy_for", language, number=copy.number, to=copy.recipient) if copy else "",
        draft="" if copy else words.say("print.draft", language),
        reference=reference,
        about=about,
        page=page,
        document_title=f"{named}, {words.say('print.revision', language, revision=text.revision)}",
    )
