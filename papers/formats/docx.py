"""A paper as DOCX: the same words in the same order as the PDF, with headings, lists and tables of the format itself.

The one module that knows python-docx (docs/decisions/0014-docx-by-python-docx.md). Of the library's own template nothing
is kept but the empty package: its author, dates, picture, fonts and four hundred styles go.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from papers.composing import words
from papers.composing.marks import TextPiece
from papers.composing.paper_blocks import PaperLine, PaperSection, PaperWords, paper_words
from papers.composing.printed_runs import PrintedRun, directed, direction_of, printed_runs
from papers.formats.plain_text import why_not
from papers.letterhead import Letterhead
from papers.pdf.joining import joined
from papers.pdf.paper import CopyLine, RunningLines, Text, logo_words, running_lines
from papers.pdf.rendering import CannotPrint

HERE = Path(__file__).resolve().parent
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows: the same for every paper
BULLETS, ASKS, SOURCES = range(3)  # the lists of word_lists.xml
LISTS = {"asks": ASKS, "sources": SOURCES}
STYLES = {"asks": "Asked", "sources": "Sources"}
KEPT = ("/styles", "/numbering", "/settings", "/header", "/footer")
WHEN, WHAT = Mm(38), Mm(128)
WIDTHS: dict[int, list[Any]] = {2: [WHEN, WHAT], 3: [WHEN, Mm(108), Mm(20)]}
OF_SCRIPT = {"ltr": "en", "rtl": "ar"}  # in which language a name in the other direction is most likely read aloud


def docx(text: Text, copy: CopyLine | None) -> bytes:
    """Return the paper as DOCX without author, date or host; a draft (no copy) says so on every page.

    The same paper gives the same bytes on the same libraries. Raises CannotPrint with a sentence.
    """
    if sentence := why_not(text, copy):
        raise CannotPrint("cannot-print", sentence)
    around = running_lines(text, copy)
    paper = paper_words(text.kind, text.language, text.title, text.body)
    return _packed(_Writer(paper, around, text).document)


class _Writer:
    """Writes one paper into an empty document."""

    def __init__(self, paper: PaperWords, around: RunningLines, text: Text) -> None:
        self.paper, self.base = paper, paper.direction
        self.document: Any = _empty(paper, around)
        self._running(around)
        if text.letterhead:
            self._letterhead(text.letterhead, logo_words(text))
        for section in paper.opening:
            self._section(section)
        self._line(_paragraph(self.document, "Heading1"), printed_runs(paper.title))
        for section in paper.sections:
            self._section(section)

    def _running(self, around: RunningLines) -> None:
        """Write what stands on every page: DRAFT and handling, copy; number, revision and dates, page."""
        section = self.document.sections[0]
        handling = " · ".join(line for line in (around.draft, around.confidence) if line)
        number = "".join(around.paper_number) if around.paper_number else ""
        foot = " · ".join(part for part in (number, *around.about) if part)
        for part, style, lines in (
            (section.header, "Header", (handling, around.copy_line)),
            (section.footer, "Footer", (foot,)),
        ):
            part.is_linked_to_previous = False
            for empty in part.paragraphs:
                part._element.remove(empty._p)
            for line in filter(None, lines):
                self._line(_paragraph(part, style), [PrintedRun(line)], way=self.base, bold=line == handling)
        place = _paragraph(section.footer, "Footer")
        self._line(place, [PrintedRun(around.page[0])], way=self.base)
        for field, after in (("PAGE", around.page[1]), ("NUMPAGES", around.page[2])):
            place._p.append(_field(field))
            self._runs(place, [PrintedRun(after)], way=self.base)

    def _letterhead(self, letterhead: Letterhead, logo: str) -> None:
        """Write who the office is above the title, its logo first: a head that stands in no page's margin is read aloud."""
        if letterhead.logo:
            width, height = letterhead.logo.size
            picture = _paragraph(self.document, "Letterhead")
            self._line(picture, [], way=self.base)
            shape: Any = picture.add_run().add_picture(io.BytesIO(letterhead.logo.png), Mm(width), Mm(height))
            shape._inline.docPr.set("descr", logo)
            for named in (shape._inline.docPr, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
                named.set("name", "1")
        self._line(_paragraph(self.document, "Letterhead"), [PrintedRun(letterhead.name)], bold=True)
        for line in letterhead.address:
            self._line(_paragraph(self.document, "Letterhead"), [PrintedRun(line)])

    def _section(self, section: PaperSection) -> None:
        if section.heading:
            self._line(_paragraph(self.document, "Heading2"), printed_runs(section.heading))
        numbering: int | None = None
        is_small = section.role == "handling" and not section.heading
        style = "Handling" if is_small else STYLES.get(section.role, "Normal")
        for block in section.blocks:
            if block.is_table:
                self._table([self._row(line) for line in block.lines], has_head=block.lines[0].is_head)
            elif not block.is_list:
                for line in block.lines:
                    marker = [PrintedRun(f"{line.marker} ")] if line.marker else []
                    runs = [*marker, *printed_runs(line.pieces, self.paper.numbers)]
                    self._line(_paragraph(self.document, style), runs, bold=section.role == "asks")
            elif section.role == "dated":
                heads = [words.say(f"table.{column}", self.paper.language) for column in ("when", "what")]
                rows = [self._cells([line.date, line.pieces]) for line in block.lines]
                self._table([[[PrintedRun(head)] for head in heads], *rows], has_head=True)
            else:
                is_counted = section.role != "asks" or any(line.marker for line in block.lines)
                numbering = numbering or self._list(LISTS.get(section.role, BULLETS) if is_counted else BULLETS)
                for line in block.lines:
                    self._item(section, line, numbering)

    def _item(self, section: PaperSection, line: PaperLine, numbering: int) -> None:
        style = STYLES.get(section.role, "ListBullet")
        numbers = None if section.is_sources else self.paper.numbers
        runs = printed_runs(line.pieces, numbers)
        if section.role == "spoken":
            before, _mark, after = words.say("print.quoted", self.paper.language, said="\x00").partition("\x00")
            runs = [PrintedRun(before), *runs, PrintedRun(after)]
        item = _paragraph(self.document, style)
        way = self._line(item, runs, bold=section.role == "asks", numbering=numbering)
        if line.until:
            self._runs(item, [PrintedRun(" "), *printed_runs(line.until, numbers)], way=way)

    def _row(self, line: PaperLine) -> list[list[PrintedRun]]:
        """Return the cells of a row, its number before the first."""
        cells = self._cells(line.cells)
        return [[PrintedRun(f"{line.marker} "), *cells[0]], *cells[1:]] if line.marker else cells

    def _cells(self, cells: Iterable[list[TextPiece]]) -> list[list[PrintedRun]]:
        return [printed_runs(cell, self.paper.numbers) for cell in cells]

    def _table(self, rows: list[list[list[PrintedRun]]], *, has_head: bool) -> None:
        """Draw rows of cells as a table; its head says what the columns are, on each page that it reaches."""
        widths = WIDTHS[len(rows[0])] if len(rows[0]) in WIDTHS else [(WHEN + WHAT) // len(rows[0])] * len(rows[0])
        table = self.document.add_table(rows=0, cols=len(widths))
        table._tbl.tblStyle_val = "TableGrid"
        table.autofit = False
        if self.base == "rtl":
            table._tbl.tblPr.find(qn("w:tblStyle")).addnext(OxmlElement("w:bidiVisual"))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for place, cells in enumerate(rows):
            is_head = has_head and place == 0
            row = table.add_row()
            marks = row._tr.get_or_add_trPr()
            marks.append(OxmlElement("w:cantSplit"))
            if is_head:
                marks.append(OxmlElement("w:tblHeader"))
            for cell, runs, width in zip(row.cells, cells, widths, strict=False):
                cell.width = width
                self._line(cell.paragraphs[0], runs, bold=is_head)

    def _list(self, kind: int) -> int:
        """Begin a list and return its number: each counts from one."""
        numbering = self.document.part.numbering_part._element
        made = numbering.add_num(kind)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _line(
        self,
        paragraph: Paragraph,
        runs: list[PrintedRun],
        *,
        way: str = "",
        bold: bool = False,
        numbering: int | None = None,
    ) -> str:
        """Fill a paragraph, and return which way it reads: as its first letter does; it lies on the side of the document."""
        way = way or direction_of("".join(run.text for run in runs), self.base)
        marks: Any = paragraph._p.get_or_add_pPr()
        if numbering is not None:
            marks.append(_with(OxmlElement("w:numPr"), _value("w:ilvl", 0), _value("w:numId", numbering)))
        if way == "rtl":
            marks.append(OxmlElement("w:bidi"))
        if way != self.base:
            marks.append(_value("w:jc", "right"))  # in a line that runs the other way this is the side of the document
        self._runs(paragraph, runs, way=way, bold=bold)
        return way

    def _runs(self, paragraph: Paragraph, runs: Iterable[PrintedRun], *, way: str, bold: bool = False) -> None:
        for run in runs:
            for part, here in directed(run.text if run.is_numbers else joined(run.text), way):
                drawn = paragraph.add_run(part)
                if bold:
                    drawn.font.bold = drawn.font.cs_bold = True
                if run.is_numbers:
                    drawn.font.superscript = True
                marks: Any = drawn._r.get_or_add_rPr()
                if here == "rtl":
                    drawn.font.rtl = True
                spoken = self.paper.language if here == self.base else OF_SCRIPT[here]
                marks.append(_named("w:lang", **{"w:bidi" if here == "rtl" else "w:val": spoken}))


def _empty(paper: PaperWords, around: RunningLines) -> Any:
    """Return a document with our styles, lists and page, and nothing of the library's own template."""
    document: Any = Document()
    package = document.part.package
    for rels in (package.rels, document.part.rels):
        for key in [
            key for key, rel in rels.items() if not rel.reltype.endswith(("/officeDocument", "/core-properties", *KEPT))
        ]:
            rels.pop(key)
    _replace(document.part._styles_part, "word_styles.xml")
    _replace(document.part.numbering_part, "word_lists.xml")
    _replace(document.part._settings_part, "word_settings.xml")
    _replace(package._core_properties_part, "word_core.xml")
    document.core_properties.title = around.document_title
    document.core_properties.language = paper.language
    spoken = document.styles.element.find(f".//{qn('w:lang')}")
    for place in ("w:val", "w:bidi"):
        spoken.set(qn(place), paper.language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.left_margin = section.right_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
    for attribute in list(section._sectPr.attrib):
        del section._sectPr.attrib[attribute]
    if paper.direction == "rtl":
        section._sectPr.find(qn("w:cols")).addnext(OxmlElement("w:bidi"))
    return document


def _paragraph(place: Any, style: str) -> Paragraph:
    """Add an empty paragraph of a style of word_styles.xml, by its id."""
    made: Paragraph = place.add_paragraph()
    marks: Any = made._p.get_or_add_pPr()
    marks.append(_value("w:pStyle", style))
    return made


def _replace(part: Any, file: str) -> None:
    part._element = parse_xml((HERE / file).read_bytes())


def _field(name: str) -> Any:
    """Return a field that the program counts: the page, or how many there are."""
    return _with(_named("w:fldSimple", **{"w:instr": name}), OxmlElement("w:r"))


def _value(tag: str, value: object) -> Any:
    return _named(tag, **{"w:val": str(value)})


def _named(tag: str, **attributes: str) -> Any:
    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def _with(outer: Any, *inner: Any) -> Any:
    for element in inner:
        outer.append(element)
    return outer


def _packed(document: Any) -> bytes:
    """Return the bytes of a document, its parts in a fixed order and without the hour at which they were made."""
    first, last = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(last, "w") as packed:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            packed.writestr(entry, made.read(name))
    return last.getvalue()
