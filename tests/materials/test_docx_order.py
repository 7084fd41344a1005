"""The elements of a DOCX stand in the order of ISO/IEC 29500: a word processor calls a file in another order broken."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from docx.oxml.ns import nsmap

from papers.formats.registry import draw
from papers.kinds.kind import Kind
from tests.materials.test_signed_is_printed import COPY, a_text, each_kind, each_language

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # what is asked is the same on both engines
W = f"{{{nsmap['w']}}}"
# By hand from the schema of WordprocessingML (transitional), as far as we write them.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr bidi spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign rtl cs lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "pBdr": "top left bottom right",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference pgSz pgMar cols bidi docGrid",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "lvl": "start numFmt suff lvlText lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "numbering": "abstractNum num",
    "numPr": "ilvl numId",
    "settings": "removePersonalInformation removeDateAndTime defaultTabStop compat",
}


@each_kind
@each_language
def test_elements_stand_in_the_order_of_the_standard(kind: Kind, language: str) -> None:
    seen = set()
    with zipfile.ZipFile(io.BytesIO(draw("docx", a_text(kind, language), COPY))) as packed:
        trees = [ElementTree.fromstring(packed.read(n)) for n in packed.namelist() if n.startswith("word/")]  # noqa: S314
    for element in (part for tree in trees for part in tree.iter()):
        order = ORDER.get(element.tag.removeprefix(W), "").split()
        if order:
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert places == sorted(places), ElementTree.tostring(element)
            seen.add(element.tag)
    assert len(seen) >= 10


@each_kind
def test_every_list_and_style_that_is_used_is_there(kind: Kind) -> None:
    with zipfile.ZipFile(io.BytesIO(draw("docx", a_text(kind, "ar"), COPY))) as packed:
        parts = {name: ElementTree.fromstring(packed.read(name)) for name in packed.namelist()}  # noqa: S314
    styles = {row.get(f"{W}styleId") for row in parts["word/styles.xml"].iter(f"{W}style")}
    lists = {row.get(f"{W}numId") for row in parts["word/numbering.xml"].iter(f"{W}num")}
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for tag, known in (("pStyle", styles), ("tblStyle", styles), ("numId", lists)):
            assert {row.get(f"{W}val") for row in parts[name].iter(f"{W}{tag}")} <= known
