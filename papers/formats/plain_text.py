"""A paper as plain text, for an e-mail or a cable: the same words in the same order, with the same lines around them.

UTF-8, one paragraph a line: the program that sends it breaks lines. It has no pages, so the running lines stand above
and below, and a draft says in both places that it is one.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from papers.composing import words
from papers.composing.marks import TextPiece
from papers.composing.paper_blocks import PaperLine, PaperSection, paper_words
from papers.composing.printed_runs import printed_runs
from papers.pdf.paper import CopyLine, Text, letterhead_line, running_lines
from papers.pdf.rendering import MOST_LETTERS, CannotPrint

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
END = "-- "  # what mail programs know as the line above a foot
Numbers = dict[str, list[int]]


def why_not(text: Text, copy: CopyLine | None) -> str:
    """Return in one sentence why this paper cannot be written as text or DOCX, or nothing. No font is asked for here."""
    read = [text.title, *(part for row in text.body for part in (row["heading"], row["text"]))]
    everything = "".join([*read, letterhead_line(text), copy.recipient if copy else ""])
    if NOT_TEXT.search(everything):
        return _("The text holds a control character that no program can show. Write that place again.")
    return _("The text is too long for one paper.") if len(everything) > MOST_LETTERS else ""


def plain_text(text: Text, copy: CopyLine | None) -> bytes:
    """Return the paper as UTF-8 text; a draft (no copy) says so above and below. Raises CannotPrint with a sentence."""
    if sentence := why_not(text, copy):
        raise CannotPrint("cannot-print", sentence)
    around = running_lines(text, copy)
    paper = paper_words(text.kind, text.language, text.title, text.body)
    handling = [line for line in (around.draft, around.confidence) if line]
    lines = [*handling, *filter(None, [around.copy_line, letterhead_line(text)])]
    for section in paper.opening:
        lines += ["", *_section(section, paper.numbers, text.language)]
    lines += ["", _said(paper.title)]
    for section in paper.sections:
        lines += ["", *_section(section, paper.numbers, text.language)]
    number = ["".join(around.paper_number)] if around.paper_number else []
    lines += ["", END, *handling, " · ".join([*number, *around.about])]
    return ("\n".join(lines) + "\n").replace("\u00a0", " ").encode()


def _section(section: PaperSection, numbers: Numbers, language: str) -> Iterable[str]:
    if section.heading:
        yield from (_said(section.heading), "")
    for block in section.blocks:
        for line in block.lines:
            if block.is_table:
                marker = f"{line.marker} " if line.marker else ""
                yield marker + "\t".join(_said(cell, numbers).strip() for cell in line.cells).rstrip()
            else:
                yield _line(
                    section.role, line, None if section.is_sources else numbers, language, is_list=block.is_list
                )


def _line(role: str, line: PaperLine, numbers: Numbers | None, language: str, *, is_list: bool) -> str:
    parts = [_said(part, numbers) for part in (line.date, line.pieces, line.until) if part]
    said = " ".join(parts)
    if not is_list:
        return f"{line.marker} {said}" if line.marker else said
    if role == "spoken":
        said = words.say("print.quoted", language, said=said)
    if role == "sources":
        return f"[{line.marker}] {said}"
    return f"{line.marker or '-'} {said}"


def _said(line: Iterable[TextPiece], numbers: Numbers | None = None) -> str:
    """Return a line in one piece, the numbers of its sources in brackets."""
    return "".join(f" [{run.text}]" if run.is_numbers else run.text for run in printed_runs(line, numbers)).rstrip()
