"""Where pages end: on A4 and on Letter nothing hangs over the edge, no label and no number stands apart from its words."""

import re
import shutil
import subprocess
from itertools import product

import pytest
from weasyprint import CSS, HTML

from papers.composing import words
from papers.kinds import registry
from papers.pdf import rendering
from papers.pdf.paper import sheet
from tests.materials.test_long_papers import MARGIN, pages_of, width_of
from tests.materials.test_same_words import a_heavy_text
from tests.materials.test_signed_is_printed import COPY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not rendering.is_available(), reason="needs pango"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler"),
]
HEAD = {language: words.say("print.copy_for", language, number="", to="").split()[0] for language in words.NAMES}
SOURCES = {language: words.say("heading.COMM_BRIEF.S", language) for language in words.NAMES}
ISOLATES = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def drawn(kind: str, language: str, size: str) -> bytes:
    """Return a heavy paper on this size of sheet: a reader's printer may have another than ours."""
    press = rendering.press()
    html = sheet(a_heavy_text(registry.find(kind), language), COPY)
    press.load_fonts(html)
    other = CSS(string=f"@page {{ size: {size} }}", font_config=press.fonts)
    document = HTML(string=html, base_url=rendering.HERE, url_fetcher=press.fetcher)
    return bytes(document.write_pdf(stylesheets=[press.style, other], font_config=press.fonts))


def bodies(data: bytes, language: str) -> list[list[str]]:
    """Return the lines of each page as they are drawn, without head and foot, which are drawn last."""
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    pages = []
    for page in ISOLATES.sub("", run.stdout.decode()).split("\f"):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        if lines:
            end = next(place for place, line in enumerate(lines) if HEAD[language] in line)
            pages.append(lines[:end])
    return pages


@pytest.mark.parametrize(
    ("kind", "language", "size"),
    [*product(["QUESTION"], words.NAMES, ["A4", "letter"]), ("COMM_BRIEF", "en", "letter"), ("COMM_BRIEF", "ar", "A4")],
)
def test_a_page_ends_well_on_both_sizes_of_paper(kind: str, language: str, size: str) -> None:
    data = drawn(kind, language, size)
    for page in pages_of(data):
        for left, top, right, word in page:
            assert left >= MARGIN - 2 and right <= width_of(data) - MARGIN + 2 and top > 0, word
    pages = bodies(data, language)
    assert len(pages) > 2
    for lines in pages[:-1]:
        assert not lines[-1].endswith(":") and not lines[-1].startswith(":"), f"a label alone: {lines[-1]}"
        headings = {words.say(f"heading.{kind}.{place}", language) for place in range(1, 5)}
        assert lines[-1] not in headings
    last = pages[-1]
    place = next((number for number, line in enumerate(last) if line == SOURCES[language]), None)
    assert place is not None and place > 0, "the sources do not stand alone on the last page, and whole"


def test_no_number_of_a_source_begins_a_line() -> None:
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=drawn("UPDATE", "en", "A4"), capture_output=True, check=True
    )
    lines = run.stdout.decode().splitlines()
    assert sum("again.2" in line for line in lines) >= 40
    assert not [line for line in lines if re.fullmatch(r"\s*[\d, ]+", line) and line.strip()]
