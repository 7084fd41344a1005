"""A heavy paper says the same in every form: two cases, a table over pages, forty facts, four charges, initials in a source."""

import datetime as dt
import re
import subprocess

import pytest
from django.utils import timezone
from docx.oxml.ns import qn

from casework.models import Case, Charge
from papers.composing import words
from papers.composing.composing import compose
from papers.composing.paper_blocks import paper_words
from papers.formats.registry import draw
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.paper import Text
from papers.pdf.rendering import pdf
from tests.factories import a_claim, a_source
from tests.materials.packets import a_full_packet, fit_for
from tests.materials.test_formats import opened, read_docx, read_text
from tests.materials.test_signed_is_printed import (
    COPY,
    MARKS,
    TODAY,
    each_language,
    letters,
    needs_a_printer,
    signed_lines,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is drawn is the same on both engines
FACTS = 40
each_composed = pytest.mark.parametrize("kind", registry.composed(), ids=lambda kind: kind.code)


def a_heavy_case(audience: str, codename: str) -> Case:
    """Return a case of four charges and forty facts, all open to this audience."""
    case = a_full_packet(audiences=[audience], codename=codename)
    court = a_source(case, "Order of J. K. Alder in R. v. Varanen, No. 4", attribution="the order of J. K. Alder, U.S.")
    for number in range(FACTS):
        said = f"The court sat on the matter of witness number {number}, and sent everybody home again."
        day = dt.date(2025, 4, 1) + dt.timedelta(days=number)
        a_claim(case, said, sources=[court], items=["CI_BIO"], on=day.isoformat())
    for number in range(3):
        Charge.objects.create(case=case, law=f"Media Act art. {number + 1}", charged_on=f"2025-0{number + 3}")
    return case


def a_heavy_text(kind: Kind, language: str) -> Text:
    """Return a text of this kind about two cases; its author wrote forty facts more into the table or list of facts."""
    cases = [a_heavy_case(kind.audiences[0], name) for name in ("Alder", "Quince")]
    fit_for(kind, *cases)
    for case in cases:  # written in the language of the paper, so that nothing waits for a translation
        case.language = language
        case.save(update_fields=["language"])
    made = compose(
        cases,
        kind=kind.code,
        audience=kind.audiences[0],
        language=language,
        stop_on=timezone.localdate() + dt.timedelta(days=17),
        today=TODAY,
    )
    return Text(kind.code, language, made.title, [_longer(row, language) for row in made.body], 6, TODAY)


def _longer(row: dict[str, str], language: str) -> dict[str, str]:
    """Return a section with forty lines more of the kind that it ends with, each with the mark of its claim."""
    lines = row["text"].splitlines()
    marked = [line for line in lines if MARKS.search(line) and not row["code"].endswith(".S")]
    if not marked or row["code"] not in {"COMM_BRIEF.5", "COMM_BRIEF.7", "MIN_BRIEF.5", "UPDATE.1", "QUESTION.4"}:
        return row
    last = marked[-1]
    place = len(lines) - lines[::-1].index(last)
    return {**row, "text": "\n".join([*lines[:place], *[last] * FACTS, *lines[place:]])}


def without_repeated_heads(text: Text, pages: list[str]) -> list[str]:
    """Return the pages without the head of a table that goes on there: it stands above the rows of each page."""
    heads = [
        letters("".join(piece.text for cell in line.cells for piece in cell))
        for section in paper_words(text.kind, text.language, text.title, text.body).sections
        for block in section.blocks
        for line in block.lines
        if line.is_head
    ]
    return [pages[0], *(_without_head(page, heads) for page in pages[1:])]


def _without_head(page: str, heads: list[str]) -> str:
    """Return a page without the head of a table that it begins with; in Arabic its cells come in another order."""
    same = next((head for head in heads if sorted(page[: len(head)]) == sorted(head)), "")
    return page[len(same) :]


@needs_a_printer
@each_composed
@each_language
def test_pdf_docx_and_plain_text_say_what_was_signed(kind: Kind, language: str) -> None:
    text = a_heavy_text(kind, language)
    expected = [letters(line.removeprefix("– ")) for line in signed_lines(text)]
    assert [letters(line) for line in read_docx(opened(text))] == expected
    assert [letters(line) for line in read_text(draw("txt", text, COPY))] == expected
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf(text, COPY), capture_output=True, check=True, timeout=60
    )
    raw = [letters(page) for page in run.stdout.decode().split("\f") if page.strip()]
    pages = without_repeated_heads(text, raw)
    drawn = [letters(line) for line in signed_lines(text)]
    count = len(pages)
    said = sum(map(len, pages)) - sum(len(str(page)) + len(str(count)) for page in range(1, count + 1))
    around = [(said - sum(map(len, drawn))) // count + len(str(page)) + len(str(count)) for page in range(1, count + 1)]
    found = "".join(page[:-end] for page, end in zip(pages, around, strict=True))
    place = 0
    for line in drawn:
        here = found[place : place + len(line)]
        same = here == line if words.direction(language) == "ltr" else sorted(here) == sorted(line)
        assert same, (line, here)
        place += len(line)
    assert place == len(found), "and nothing else"


@needs_a_printer
def test_the_heavy_paper_is_heavy_and_the_head_of_its_table_stands_on_each_page_that_it_reaches() -> None:
    text = a_heavy_text(registry.find("COMM_BRIEF"), "en")
    rows = {row["code"]: row["text"] for row in text.body}
    assert rows["COMM_BRIEF.5"].count("\n| ") > 2 * FACTS // 2 and rows["COMM_BRIEF.7"].count("Charge of ") >= 6
    assert "J. K. Alder, U.S." in rows["COMM_BRIEF.S"] and re.search(r"\[A\d+\]", rows["COMM_BRIEF.5"])
    assert "[B" in rows["COMM_BRIEF.5"], "both cases stand in it"
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf(text, COPY), capture_output=True, check=True)
    pages = run.stdout.decode().split("\f")
    assert sum(page.startswith("Date Event Source\n") for page in pages) >= 2 and len(pages) > 4


def test_the_numbers_of_paragraphs_and_sources_are_the_same_in_every_form() -> None:
    text = a_heavy_text(registry.find("COMM_BRIEF"), "en")
    plain = draw("txt", text, COPY).decode()
    paragraphs = [int(found) for found in re.findall(r"^(\d+)\. ", plain.partition("\n-- \n")[0], re.MULTILINE)]
    numbers = [number for number in paragraphs if number > 1]
    assert numbers[:20] == list(range(2, 22)), "numbered through"
    docx = opened(text)
    cells = (cell.text for table in docx.tables for row in table.rows for cell in row.cells)
    in_docx = "\n".join([*(line.text for line in docx.paragraphs), *cells])
    for number in numbers:
        assert re.search(rf"^{number}\. ", in_docx, re.MULTILINE), number


@each_language
def test_the_docx_of_a_heavy_paper_holds_headings_lists_and_tables_of_the_format_itself(language: str) -> None:
    text = a_heavy_text(registry.find("COMM_BRIEF"), language)
    document = opened(text)
    styles = [line.style.name for line in document.paragraphs]
    assert styles[0] == "Heading 1" and styles.count("Heading 1") == 1 and styles.count("Heading 2") >= 10
    assert any(line._p.find(f".//{qn('w:numId')}") is not None for line in document.paragraphs)
    people, *others = document.tables
    assert [cell.text for cell in people.rows[0].cells] == [
        words.say(f"table.{name}", language) for name in ("who", "held", "place")
    ]
    assert len(people.rows) == 3 and len(others) == 2
    for table in others:
        first, *rows = table.rows
        columns = [words.say(f"table.{name}", language) for name in ("when", "event", "source")]
        assert [cell.text for cell in first.cells] == columns
        assert first._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None and len(rows) > 10
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
        assert all(len(row.cells) == 3 and row.cells[2].text.strip().isdigit() for row in rows)
