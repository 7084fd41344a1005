"""Long words, long lists and long sections on paper: all of it inside the margins, and no page left empty before them."""

import io
import re
import shutil
import subprocess
from typing import Any

import pikepdf
import pytest

from papers.pdf import rendering
from papers.pdf.paper import CopyLine
from papers.pdf.rendering import pdf
from tests.materials.test_pdf import COPY, SECTIONS, a_text, read

pytestmark = [
    pytest.mark.skipif(not rendering.is_available(), reason="needs pango"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler"),
]
ADDRESS = f"https://court.example.org/case-files/2025/{'abcdefghij' * 25}?id=1&x={'9' * 40}"
MARGIN = 22 / 25.4 * 72
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def with_section(code: str, text: str) -> list[dict[str, str]]:
    rows = [{**row, "text": text} if row["code"] == f"MIN_BRIEF.{code}" else row for row in SECTIONS]
    if all(row["code"] != f"MIN_BRIEF.{code}" for row in rows):
        rows.insert(3, {"code": f"MIN_BRIEF.{code}", "heading": "Legal position", "text": text})
    return rows


def pages_of(data: bytes) -> list[list[tuple[float, float, float, str]]]:
    """Return (left, top, right, word) of every word, page by page."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True, timeout=60)
    return [
        [(float(left), float(top), float(right), word) for left, top, right, _bottom, word in WORD.findall(page)]
        for page in found.stdout.decode().split("<page ")[1:]
    ]


def width_of(data: bytes) -> float:
    with pikepdf.open(io.BytesIO(data)) as paper:
        return float(paper.pages[0].MediaBox[2])


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "changed",
    [
        {"title": f"Ilias {ADDRESS}"},
        {"body": with_section("2", ADDRESS)},
        {"body": with_section("3", f"We ask the Minister:\n- Read {ADDRESS}. By 15 December 2026.")},
        {"body": with_section("5", f"- March 2025: The record is at {ADDRESS} as published. [1]\n- May 2025: Tried. [1]")},
        {"body": with_section("5", f"- The record is at {ADDRESS} as published. [1]")},
        {"body": with_section("6", f"See {ADDRESS}.")},
        {"body": with_section("S", f"- {ADDRESS} (A1) [1]")},
    ],
    ids=["title", "person", "ask", "dated", "plain-list", "plain", "source"],
)  # fmt: skip
def test_a_word_longer_than_the_line_stays_inside_the_margins(changed: dict[str, Any], language: str) -> None:
    data = pdf(a_text(language, **changed), COPY)
    for page in pages_of(data):
        for left, _top, right, word in page:
            assert left >= MARGIN - 2 and right <= width_of(data) - MARGIN + 2, word
    assert read(data).replace("\n", "").replace(" ", "").count("abcdefghij") >= 20, "nothing of it is cut"


def test_a_long_name_of_a_recipient_stays_inside_the_margins_on_every_page() -> None:
    data = pdf(a_text(), CopyLine(3, "Committee on the Administration of Justice " * 4, "K7QFA-29MDT", COPY.use_until))
    words = pages_of(data)[0]
    for left, top, right, word in words:
        assert left >= MARGIN - 2 and right <= width_of(data) - MARGIN + 2 and top > 0, word
    assert [row[3] for row in words].count("Committee") == 4 and "CONFIDENCE" in {row[3] for row in words}


def test_a_label_from_the_right_keeps_its_place_beside_words_from_the_left() -> None:
    body = with_section("6", "The court did not hear him, and nobody told his family.")
    words = pages_of(pdf(a_text("ar", body=body), COPY))[0]
    label, first = (next(row for row in words if row[3] == word) for word in ("Legal", "court"))
    assert abs(label[1] - first[1]) < 3 and first[0] < label[0]


def test_a_label_keeps_its_place_beside_the_first_line_of_its_section() -> None:
    for text in ("- March 2025: He was arrested. [1]", f"- March 2025: It is at {ADDRESS}. [1]"):
        words = pages_of(pdf(a_text(body=with_section("5", text)), COPY))[0]
        label, date = (next(row for row in reversed(words) if row[3] == word) for word in ("Key", "March"))
        assert abs(label[1] - date[1]) < 3 and date[0] - label[0] > 30 / 25.4 * 72


def test_sixty_facts_begin_on_the_first_page_and_no_date_is_torn_from_its_fact() -> None:
    said = "- {0} March 2025: Fact number {1} is told in a sentence that needs more than a line of the paper. [1]"
    facts = "\n".join(said.format(number % 28 + 1, number) for number in range(60))
    body = [row for row in with_section("5", facts) if row["code"] != "MIN_BRIEF.2"]  # which tells of a day, too
    pages = pages_of(pdf(a_text(body=body), COPY))
    dates = [sum(row[3] == "2025:" for row in page) for page in pages]
    numbers = [sum(row[3] == "Fact" for row in page) for page in pages]
    assert dates == numbers and sum(dates) == 60 and dates[0] > 8
    for page in pages:
        tops = [row[1] for row in page if row[3] == "Fact"]
        assert sorted(row[1] for row in page if row[3] == "2025:") == pytest.approx(sorted(tops), abs=3)


def test_a_section_of_many_pages_begins_under_the_heading_of_the_first() -> None:
    pages = pages_of(pdf(a_text(body=with_section("6", "The court did not hear him. " * 700)), COPY))
    heads = [[row[3] for row in page].count("court") for page in pages]
    assert heads[0] > 40 and sum(heads) == 700 + 1 and "Legal" in [row[3] for row in pages[0]]
