"""DOCX and plain text say what was signed, in its order, with the same lines around them as the PDF, and nothing else."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from papers.composing import words
from papers.composing.printed_runs import directed, direction_of
from papers.formats.names import PaperFormat
from papers.formats.registry import FORMATS, draw
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf.paper import CopyLine, Text, running_lines
from papers.pdf.rendering import CannotPrint
from tests.factories import a_contact
from tests.materials.packets import a_full_packet
from tests.materials.test_signed_is_printed import (
    COPY,
    TODAY,
    a_packet_with_two_addressees,
    a_text,
    each_kind,
    each_language,
    letters,
    signed_lines,
)

pytestmark = pytest.mark.django_db
W = qn("w:val")
each_written = pytest.mark.parametrize("name", [PaperFormat.DOCX, PaperFormat.TEXT])


def signed(text: Text) -> list[str]:
    """Return the signed lines; the sign of a bullet is drawn by the program, not by us."""
    return [letters(line.removeprefix("– ")) for line in signed_lines(text)]


def opened(text: Text, copy: CopyLine | None = COPY) -> Any:
    return Document(io.BytesIO(draw("docx", text, copy)))


def marker(document: Any, paragraph: Any, counts: dict[str, int]) -> str:
    """Return the number that a program draws before an item of a list, counted from the file alone."""
    place = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if place is None:
        return ""
    number = place.get(W)
    counts[number] = counts.get(number, 0) + 1
    numbering = document.part.numbering_part._element
    kind = numbering.num_having_numId(int(number)).abstractNumId.val
    level = next(row for row in numbering.findall(qn("w:abstractNum")) if row.get(qn("w:abstractNumId")) == str(kind))
    pattern = level.find(f"{qn('w:lvl')}/{qn('w:lvlText')}").get(W)
    return pattern.replace("%1", str(counts[number])) if "%1" in pattern else ""


def numbered(document: Any) -> list[str]:
    """Return each item of a list that counts, with its number."""
    counts: dict[str, int] = {}
    shown = [(marker(document, part, counts), part.text) for part in document.paragraphs]
    return [number + text for number, text in shown if number]


def read_docx(document: Any) -> Iterator[str]:
    """Yield each line in the order of the file, a row of a table as one; its head is a name of columns and no line."""
    counts: dict[str, int] = {}
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            heads = {words.say("table.what", language) for language in words.NAMES}
            rows = part.rows[1:] if part.rows[0].cells[-1].text in heads else part.rows  # else its head was signed
            yield from ("".join(cell.text for cell in row.cells) for row in rows)
        else:
            yield marker(document, part, counts) + part.text


def read_text(data: bytes) -> Iterator[str]:
    """Yield each line between the running lines: marks of lists and numbers of sources as print draws them."""
    _head, _gap, rest = data.decode().partition("\n\n")
    body, _end, _foot = rest.rpartition("\n-- \n")
    for line in filter(str.strip, body.splitlines()):
        source = re.match(r"\[(\d+)\] ", line)
        plain = re.sub(r"[ \t]\[([\d, ]+)\]", r"\1", line[source.end() :] if source else line.removeprefix("- "))
        yield source[1] + plain if source else plain


@each_kind
@each_language
def test_the_docx_says_in_its_order_what_was_signed(kind: Kind, language: str) -> None:
    text = a_text(kind, language)
    assert [letters(line) for line in read_docx(opened(text))] == signed(text)


@each_kind
@each_language
def test_the_plain_text_says_in_its_order_what_was_signed(kind: Kind, language: str) -> None:
    text = a_text(kind, language)
    assert [letters(line) for line in read_text(draw("txt", text, COPY))] == signed(text)


@each_kind
@each_language
def test_every_page_carries_handling_copy_number_and_dates_as_the_pdf_does(kind: Kind, language: str) -> None:
    text = a_text(kind, language)
    around = running_lines(text, COPY)
    (section,) = opened(text).sections
    assert not section.different_first_page_header_footer
    head = "\n".join(line.text for line in section.header.paragraphs)
    foot = "\n".join(line.text for line in section.footer.paragraphs).replace("\u00a0", " ")
    plain = draw("txt", text, COPY).decode()
    for line in filter(None, (around.confidence, around.copy_line)):
        assert line in head and line in plain
    for line in ("K7QFA-29MDT", *around.about):
        assert line.replace("\u00a0", " ") in foot and line.replace("\u00a0", " ") in plain.rpartition("\n-- \n")[2]
    fields = [row.get(qn("w:instr")) for row in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@each_kind
@each_language
def test_a_draft_says_so_and_has_no_number(kind: Kind, language: str) -> None:
    text = a_text(kind, language)
    (section,) = opened(text, None).sections
    draft = words.say("print.draft", language)
    around = [line.text for part in (section.header, section.footer) for line in part.paragraphs]
    assert around[0].startswith(draft) and "K7QFA" not in "".join(around)
    plain = draw("txt", text, None).decode()
    assert plain.startswith(draft) and f"\n-- \n{draft}" in plain and "K7QFA" not in plain


def test_headings_lists_and_tables_are_real_ones() -> None:
    document = opened(a_text(registry.find("MIN_BRIEF"), "en"))
    styles = [part.style.name for part in document.paragraphs]
    assert styles[0] == "Heading 1" and styles.count("Heading 1") == 1 and styles.count("Heading 2") >= 5
    headings = [part.text for part in document.paragraphs if part.style.name == "Heading 2"]
    assert headings[:2] == ["Why now", "Key facts"] and headings[-1] == "Sources"
    for table in document.tables:
        first = table.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert [cell.text for cell in table.rows[0].cells] == ["Date", "What is said"]
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    assert document.tables, "dated facts stand in a table"


def test_numbers_of_asks_and_of_sources_each_count_from_one_as_lists() -> None:
    asks = numbered(opened(a_text(registry.find("SUPPORTER"), "en", a_packet_with_two_addressees())))
    assert [line[:2] for line in asks] == ["1.", "2."] and "By 15\u00a0December\u00a02026." in asks[0]
    first, *sources = numbered(opened(a_text(registry.find("MIN_BRIEF"), "en")))
    assert first.startswith("1.") and [line[0] for line in sources] == [str(n + 1) for n in range(len(sources))] != []


@each_kind
def test_an_arabic_paper_runs_from_right_to_left_as_a_whole(kind: Kind) -> None:
    document = opened(a_text(kind, "ar"))
    (section,) = document.sections
    assert section._sectPr.find(qn("w:bidi")) is not None and document.core_properties.language == "ar"
    default = document.styles.element.find(f".//{qn('w:lang')}")
    assert default.get(W) == default.get(qn("w:bidi")) == "ar"
    lines = [*document.paragraphs, *section.header.paragraphs, *section.footer.paragraphs]
    lines += [line for table in document.tables for cell in table._cells for line in cell.paragraphs]
    for line in lines:
        is_bidi = line._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
        is_around = line.style.name in {"header", "footer", "Header", "Footer"}
        assert is_bidi == (is_around or direction_of(line.text, "rtl") == "rtl"), line.text
        for run in filter(lambda run: run.text, line.runs):
            spoken = run._r.rPr.find(qn("w:lang"))
            assert spoken.get(qn("w:bidi") if run.font.rtl else W) == ("ar" if run.font.rtl else "en")
            assert not run.font.rtl or not re.search("[a-z]", run.text)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)


def test_an_english_paper_marks_an_arabic_name_as_what_it_is() -> None:
    body = [{"code": "HOLDING.1", "heading": "What is known", "text": "He is أحمد (A. K.), 34."}]
    document = opened(Text("HOLDING", "en", "A line", body, 1, TODAY))
    runs = [(run.text, bool(run.font.rtl)) for run in document.paragraphs[2].runs]
    assert runs == [("He is ", False), ("أحمد", True), (" (A.\u00a0K.), 34.", False)]
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is None


@pytest.mark.parametrize(
    ("text", "base", "parts"),
    [
        ("", "rtl", []),
        ("3.", "rtl", ["rtl"]),
        ("قال في 3 مايو", "rtl", ["rtl"]),
        ("النسخة 3، Minister’s office", "rtl", ["rtl", "ltr"]),
        ("Copy 3, مكتب", "ltr", ["ltr", "rtl"]),
    ],
)
def test_a_line_is_cut_where_its_direction_changes_and_loses_nothing(text: str, base: str, parts: list[str]) -> None:
    cut = directed(text, base)
    assert [way for _part, way in cut] == parts and "".join(part for part, _way in cut) == text


def in_all_parts(data: bytes) -> str:
    """Return every part of a DOCX as it stands and as it reads without its elements, its names and its comment."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        raw = {name: packed.read(name).decode() for name in packed.namelist()}
        rest = [packed.comment.decode(), *(repr((row.comment, row.extra)) for row in packed.infolist())]
    plain = [re.sub(r"<[^>]+>", "", part) for part in raw.values()]
    return "\n".join([*raw, *raw.values(), *plain, *rest])


@each_written
@each_language
def test_a_protected_name_stands_nowhere_in_it_and_a_public_word_does(name: str, language: str) -> None:
    case = a_full_packet()
    a_contact(case, "Mara Ilves")
    text = a_text(registry.find("MIN_BRIEF"), language, case)
    body = [{**row, "text": row["text"] + "\nA public word: cormorant."} if row["text"] else row for row in text.body]
    data = draw(name, Text(text.kind, language, text.title, body, 6, TODAY), COPY)
    said = in_all_parts(data) if name == "docx" else data.decode()
    assert "cormorant" in said, "what stands there is found"
    for word in ("Mara", "Ilves", case.reference, case.codename, case.lead.name, case.lead.username, "/work", "amparo"):
        assert not re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", said, re.IGNORECASE), word


def test_the_file_tells_no_author_no_hour_and_no_program() -> None:
    data = draw("docx", a_text(registry.find("MIN_BRIEF"), "en"), COPY)
    properties = Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is None and properties.modified is None
    assert properties.title == "Briefing · Paper K7QFA-29MDT" and properties.language == "en"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        assert {row.date_time for row in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            ElementTree.fromstring(packed.read(name))  # noqa: S314  -- our own file, made a line above
    assert sorted(names) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/header1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


@each_written
def test_the_same_paper_gives_the_same_bytes_at_another_hour(name: str) -> None:
    text = a_text(registry.find("MIN_BRIEF"), "ar")
    with time_machine.travel(dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)):
        first = draw(name, text, COPY)
    with time_machine.travel(dt.datetime(2027, 2, 1, 17, tzinfo=dt.UTC)):
        assert draw(name, text, COPY) == first
    other = CopyLine(4, COPY.recipient, COPY.paper_number, COPY.use_until)
    assert draw(name, text, other) != first


@each_written
@pytest.mark.parametrize("bad", ["\x07", "\x00", "\ufffe"])
def test_a_sign_that_no_program_shows_is_refused_in_a_sentence(name: str, bad: str) -> None:
    body = [{"code": "HOLDING.1", "heading": "What is known", "text": f"He{bad} is held."}]
    with pytest.raises(CannotPrint, match="control character"):
        draw(name, Text("HOLDING", "en", "A line", body, 1, TODAY), COPY)


def test_a_letter_without_a_font_here_leaves_as_docx_and_text_but_not_as_pdf() -> None:
    body = [{"code": "HOLDING.1", "heading": "What is known", "text": "ᚠ"}]
    text = Text("HOLDING", "en", "A line", body, 1, TODAY)
    assert "runic letter" in FORMATS["pdf"].why_not(text, COPY)
    assert not FORMATS["docx"].why_not(text, COPY) and "ᚠ" in draw("txt", text, COPY).decode()


def test_every_format_of_a_copy_is_drawn_and_no_other() -> None:
    assert set(FORMATS) == set(PaperFormat.values)
