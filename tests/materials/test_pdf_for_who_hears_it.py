"""PDF/UA, asked of the file by another library than the one that made it: what a screen reader needs is there and in order.

Neither veraPDF nor PAC stands here: these are the rules of ISO 14289-1 and ISO 32000-1 (14.8) that can be read from the
file, written out by hand. What NonStruct, Div, Part and Sect hold counts as if it stood where they stand.
"""

import dataclasses
import io
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from materials.leaving.frozen_text import letterhead_of
from papers.composing import words
from papers.kinds import registry
from papers.kinds.kind import Kind
from papers.pdf import rendering
from papers.pdf.paper import Text
from papers.pdf.rendering import pdf
from tests.factories import a_logo, an_office
from tests.materials.test_same_words import a_heavy_text
from tests.materials.test_signed_is_printed import COPY, a_text, each_kind, each_language

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not rendering.is_available(), reason="needs pango"),
]
GROUPS = {"NonStruct", "Div", "Part", "Sect", "Span"}
INSIDE = {  # by hand from ISO 32000-1, tables 336 and 337
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
HOLDS = {
    "L": {"LI", "Caption"},
    "LI": {"LBody", "Lbl"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "THead": {"TR"},
    "TBody": {"TR"},
}
KNOWN = GROUPS | set(INSIDE) | set(HOLDS) | {"Document", "P", "H1", "H2", "Link", "Figure"}
SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}


@dataclasses.dataclass
class Element:
    """One element of the tree of what is read, its groups passed over."""

    tag: str
    raw: Any
    parent: str
    kids: list["Element"]


def kids_of(raw: Any) -> list[Any]:
    found = raw.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def tree(raw: Any, parent: str = "") -> Element:
    """Return the tree below an element; `parent` is the nearest one that is no group."""
    tag = str(raw.S).lstrip("/")
    nearest = parent if tag in GROUPS else tag
    kids = [tree(kid, nearest) for kid in kids_of(raw) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return Element(tag, raw, parent, kids)


def every(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        yield from every(kid)


def held(element: Element) -> Iterator[Element]:
    """Yield what an element holds, groups opened."""
    for kid in element.kids:
        if kid.tag in GROUPS:
            yield from held(kid)
        else:
            yield kid


def marked(raw: Any) -> Iterator[tuple[Any, int]]:
    """Yield page and number of each piece of content that the tree holds."""
    for kid in kids_of(raw):
        if isinstance(kid, pikepdf.Dictionary):
            yield from marked(kid)
        elif isinstance(kid, int):
            yield raw.Pg.objgen, int(kid)


def whats_wrong(data: bytes, language: str) -> list[str]:
    """Return every rule that this file breaks, as sentences."""
    with pikepdf.open(io.BytesIO(data)) as paper:
        root = tree(paper.Root.StructTreeRoot.K[0])
        elements = list(every(root))
        return [
            *of_the_file(paper, language),
            *of_headings(elements),
            *of_nesting(elements),
            *of_tables(elements),
            *of_links(paper, elements, language),
            *(f"a figure without words: {one.raw.objgen}" for one in elements if one.tag == "Figure" and not alt(one)),
            *of_content(paper, root),
            *of_fonts(paper),
        ]


def alt(element: Element) -> str:
    return str(element.raw.get("/Alt", "")).strip()


def of_the_file(paper: Any, language: str) -> Iterator[str]:
    if not paper.Root.get("/MarkInfo", {}).get("/Marked") or paper.Root.MarkInfo.get("/Suspects"):
        yield "it does not say that it is tagged"
    if str(paper.Root.get("/Lang", "")) != language:
        yield "it says another language"
    if not paper.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "a reader shows the name of the file and not the title"
    with paper.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part")) != "1":
            yield "it does not say that it is PDF/UA-1"
        if not str(metadata.get("dc:title", "")).strip():
            yield "it has no title"
    yield from ("a page whose links come in no order" for page in paper.pages if page.get("/Tabs") != "/S")
    if "/RoleMap" in paper.Root.StructTreeRoot:
        yield "it has tags of its own"


def of_headings(elements: list[Element]) -> Iterator[str]:
    levels = [int(one.tag[1:]) for one in elements if one.tag[0] == "H" and one.tag[1:].isdigit()]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        yield f"it does not begin with the one heading of its title: {levels}"
    gaps = (later for earlier, later in pairwise(levels) if later > earlier + 1)
    yield from (f"a heading of level {later} stands after a gap" for later in gaps)


def of_nesting(elements: list[Element]) -> Iterator[str]:
    for one in elements:
        if one.tag not in KNOWN:
            yield f"no tag of the standard that we know: {one.tag}"
        if one.tag in INSIDE and one.parent not in INSIDE[one.tag]:
            yield f"{one.tag} in {one.parent}"
        if one.tag in HOLDS:
            wrong = {kid.tag for kid in held(one)} - HOLDS[one.tag]
            yield from (f"{one.tag} holds {tag}" for tag in sorted(wrong))
            if not one.kids:
                yield f"an empty {one.tag}"


def of_tables(elements: list[Element]) -> Iterator[str]:
    for table in (one for one in elements if one.tag == "Table"):
        cells = [one for one in every(table) if one.tag in {"TH", "TD"}]
        heads = {bytes(one.raw.ID) for one in cells if one.tag == "TH" and "/ID" in one.raw}
        rows = Counter(len(list(held(one))) for one in every(table) if one.tag == "TR")
        if len(rows) != 1:
            yield f"rows of different lengths: {rows}"
        for cell in cells:
            if cell.tag == "TH" and "/ID" not in cell.raw and "/Scope" not in cell.raw.get("/A", {}):
                yield "a head of a column that heads nothing"
            if cell.tag == "TD" and not {bytes(name) for name in cell.raw.get("/A", {}).get("/Headers", [])} & heads:
                yield "a cell without a head"


def of_links(paper: Any, elements: list[Element], language: str) -> Iterator[str]:
    inside = {
        kid.Obj.objgen for one in elements if one.tag == "Link" for kid in kids_of(one.raw) if "/Obj" in dictionary(kid)
    }
    for page in paper.pages:
        for note in page.get("/Annots", []):
            said = str(note.get("/Contents", ""))
            if note.objgen not in inside:
                yield f"a link outside the tree: {said}"
            if not is_said(said, language):
                yield f"a link that does not say where it leads: {said!r}"
            if "/StructParent" not in note:
                yield "a link that leads to no place in the tree"


def is_said(said: str, language: str) -> bool:
    number = "".join(sign for sign in said if sign.isdigit())
    return said in {words.say(f"print.to_{what}", language, number=number) for what in ("source", "note")}


def dictionary(kid: Any) -> Any:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def of_content(paper: Any, root: Element) -> Iterator[str]:
    """Everything that is drawn is read in the tree, once, or is an artifact."""
    read = Counter(marked(root.raw))
    drawn: set[tuple[Any, int]] = set()
    for page in paper.pages:
        inside: list[str] = []
        for command in pikepdf.parse_content_stream(page):
            name = str(command.operator)
            if name == "BDC" and "/MCID" in dictionary(command.operands[1]):
                number = int(command.operands[1].MCID)
                drawn.add((page.objgen, number))
                if (page.objgen, number) not in read:
                    yield f"content {number} that no element holds"
                inside.append("read")
            elif name in {"BDC", "BMC"}:
                inside.append("artifact" if str(command.operands[0]) == "/Artifact" else "other")
            elif name == "EMC":
                inside.pop()
            elif name in SHOWS and not {"read", "artifact"} & set(inside):
                yield f"{name} is neither read nor an artifact"
            if inside.count("read") > 1 or {"read", "artifact"} <= set(inside):
                yield "content that is read lies inside other content"
    yield from (f"content {where} that is not drawn" for where in set(read) - drawn)
    yield from (f"content {where} that is read twice" for where, times in read.items() if times > 1)


def of_fonts(paper: Any) -> Iterator[str]:
    for page in paper.pages:
        for font in page.Resources.get("/Font", {}).values():
            below = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(below.keys()):
                yield f"{font.BaseFont} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} does not say which letters it draws"


def under_letterhead(text: Text) -> Text:
    an_office()
    a_logo()
    return dataclasses.replace(text, letterhead=letterhead_of(text.kind))


@each_kind
@each_language
def test_every_paper_is_pdf_ua_as_far_as_a_program_can_see(kind: Kind, language: str) -> None:
    assert whats_wrong(pdf(under_letterhead(a_text(kind, language)), COPY), language) == []


@each_language
def test_a_heavy_paper_with_tables_over_pages_is_pdf_ua_too(language: str) -> None:
    data = pdf(under_letterhead(a_heavy_text(registry.find("COMM_BRIEF"), language)), COPY)
    assert whats_wrong(data, language) == []
    with pikepdf.open(io.BytesIO(data)) as paper:
        tags = Counter(one.tag for one in every(tree(paper.Root.StructTreeRoot.K[0])))
        assert tags["Table"] > 2 and tags["Link"] > 80 and tags["LI"] > 5 and tags["TH"] >= 6
        assert tags["Figure"] == 3, "the logo, and the chronology of each of the two cases"


def test_a_draft_is_read_like_a_copy() -> None:
    assert whats_wrong(pdf(a_text(registry.find("MIN_BRIEF"), "en"), None), "en") == []


def test_what_is_wrong_is_seen() -> None:
    with pikepdf.open(io.BytesIO(pdf(under_letterhead(a_text(registry.find("UPDATE"), "en")), COPY))) as paper:
        del paper.Root.Lang
        del paper.Root.ViewerPreferences
        for one in every(tree(paper.Root.StructTreeRoot.K[0])):
            if one.tag == "H2":
                one.raw.S = pikepdf.Name("/H3")
            if one.tag == "L":
                one.raw.S = pikepdf.Name("/P")
        page = paper.pages[0]
        page.Contents = paper.make_stream(page.Contents.read_bytes().replace(b"/Artifact", b"/Other"))
        out = io.BytesIO()
        paper.save(out)
    found = "\n".join(whats_wrong(out.getvalue(), "en"))
    for words_of_it in (
        "another language",
        "name of the file",
        "after a gap",
        "LI in P",
        "neither read nor an artifact",
    ):
        assert words_of_it in found, words_of_it
