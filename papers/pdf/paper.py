"""A paper as data: a frozen or draft text with what is printed around it. The template only draws this."""

import base64
import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.templatetags.static import static

from papers.composing import words
from papers.composing.paper_blocks import PaperWords, paper_words
from papers.kinds import registry
from papers.letterhead import Letterhead, Logo
from papers.pdf.fonts import needs_more_arabic


@dataclass(frozen=True)
class Text:
    """The words of one revision, whether frozen in a dispatch or still a draft."""

    kind: str
    language: str
    title: str
    body: list[dict[str, str]]
    revision: int
    facts_on: dt.date
    letterhead: Letterhead | None = None
    """Who the office was when it left; a kind that names no contact has none."""


@dataclass(frozen=True)
class CopyLine:
    """Which copy this is, for whom, the number of its paper, and until when it may be used; a draft has none."""

    number: int
    recipient: str
    paper_number: str
    use_until: dt.date | None = None


@dataclass(frozen=True)
class RunningLines:
    """What stands around the words on every page: handling, copy or DRAFT, number of the paper, revision, dates.

    Never a reference or a codename: a paper that is found must open no table, log or mailbox.
    """

    confidence: str
    copy_line: str
    draft: str
    paper_number: tuple[str, str, str] | None
    about: list[str]
    page: list[str]
    document_title: str


@dataclass(frozen=True)
class Paper:
    """A paper ready to be drawn (papers/print/paper.html)."""

    text: Text
    words: PaperWords
    is_briefing: bool
    is_letter: bool
    is_screen: bool
    sheets: list[str]
    needs_more_arabic: bool
    logo_source: str
    logo_words: str
    """Where the logo is found, and what it is for who does not see it."""


def sheet(text: Text, copy: CopyLine | None, *, is_screen: bool = False) -> str:
    """Return the paper as HTML. Without a copy it is a draft, and says so on every page."""
    lines = running_lines(text, copy)
    read = [
        text.title,
        letterhead_line(text),
        lines.copy_line,
        *(part for row in text.body for part in (row["heading"], row["text"])),
    ]
    paper = Paper(
        text=text,
        words=paper_words(text.kind, text.language, text.title, text.body),
        is_briefing=registry.find(text.kind).is_briefing,
        is_letter=registry.find(text.kind).is_letter,
        is_screen=is_screen,
        sheets=[static("fonts/fonts.css"), static("print.css")] if is_screen else [],
        needs_more_arabic=needs_more_arabic("".join(read)),
        logo_source=_source(text.letterhead.logo, is_screen) if text.letterhead else "",
        logo_words=logo_words(text),
    )
    return render_to_string("papers/print/paper.html", {**vars(paper), **vars(lines)})


def letterhead_line(text: Text) -> str:
    """Return name and address of the office in one line; empty where the paper has no letterhead."""
    return text.letterhead.line if text.letterhead else ""


def logo_words(text: Text) -> str:
    """Return what the logo is, for who does not see it; empty where there is none."""
    has_logo = text.letterhead and text.letterhead.logo
    return words.say("print.logo", text.language, name=text.letterhead.name) if text.letterhead and has_logo else ""


def _source(logo: Logo | None, is_screen: bool) -> str:
    """Return where the logo is found: a browser asks this site for it, the printer finds it in the paper itself."""
    if logo is None or is_screen:
        return logo.address if logo else ""
    return f"data:image/png;base64,{base64.b64encode(logo.png).decode()}"


def running_lines(text: Text, copy: CopyLine | None) -> RunningLines:
    """Return the running lines: handling, copy or DRAFT, number of the paper, revision, date of facts, use until."""
    language = text.language
    kind = registry.find(text.kind)
    about = [words.say("print.revision", language, revision=text.revision)]
    if kind.is_composed:  # what people typed says itself of when it is
        about.append(words.say("print.facts", language, date=words.day(text.facts_on, language)))
    if copy and copy.use_until:
        about.append(words.say("print.use_until", language, date=words.day(copy.use_until, language)))
    page = words.say("print.page", language, page="\x00", pages="\x00").split("\x00")
    draft = "" if copy else words.say("print.draft", language)
    number = _number(copy, language) if copy else None
    return RunningLines(
        confidence=words.say("print.confidence", language) if kind.handling else "",
        copy_line=words.say("print.copy_for", language, number=copy.number, to=copy.recipient) if copy else "",
        draft=draft,
        paper_number=number,
        about=about,
        page=page,
        document_title=f"{words.say(f'kind.{text.kind}', language)} · {''.join(number) if number else draft}",
    )


def _number(copy: CopyLine, language: str) -> tuple[str, str, str]:
    """Return what stands before the number of the paper, the number, and what stands behind it."""
    before, _mark, behind = words.say("print.paper", language, number="\x00").partition("\x00")
    return before, copy.paper_number, behind
