"""The printer is never asked how narrow running text could be: it tries each word then, or each letter, and that took longest."""

from typing import Any

import pytest

from papers.pdf import rendering
from papers.pdf.paper import CopyLine
from papers.pdf.rendering import pdf
from tests.materials.test_long_papers import pages_of
from tests.materials.test_pdf import COPY, SECTIONS, a_text

preferred = pytest.importorskip("weasyprint.layout.preferred") if rendering.is_available() else None
pytestmark = pytest.mark.skipif(preferred is None, reason="needs pango")
SENTENCE = "He was held without charge, and the court of the district put the hearing off again. "
ASKS = "\n".join(f"- {SENTENCE}By {day} December 2026." for day in range(1, 9))
FACTS = "\n".join(f"- {day} March 2025: {SENTENCE}[1]" for day in range(1, 9))
SOURCES = "\n".join(
    f"- Judgment number {number} of the court of the district, read out (A1) [1]" for number in range(20)
)
LONG_COPY = CopyLine(3, "Committee on the Administration of Justice " * 3, COPY.paper_number, COPY.use_until)
WRITTEN = {"MIN_BRIEF.3": f"We ask the Minister:\n{ASKS}", "MIN_BRIEF.5": FACTS, "MIN_BRIEF.S": SOURCES}
BODY = [row | {"text": WRITTEN.get(row["code"], row["text"])} for row in SECTIONS]
PROSE = {"code": "MIN_BRIEF.6", "heading": "Legal position", "text": "\n\n".join([SENTENCE * 6] * 4)}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("code", "copy"), [("MIN_BRIEF", COPY), ("MIN_BRIEF", LONG_COPY), ("SUPPORTER", COPY)])
def test_the_printer_measures_no_more_than_the_first_word_of_a_line(
    code: str, copy: CopyLine, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = preferred.split_first_line

    def counted(text: str, *how: Any, **more: Any) -> Any:
        asked.append(text)
        return plain(text, *how, **more)

    monkeypatch.setattr(preferred, "split_first_line", counted)
    body = [row | {"code": row["code"].replace("MIN_BRIEF", code)} for row in [*BODY[:4], PROSE, BODY[4]]]
    data = pdf(a_text(language, body=body, kind=code), copy)
    lines = sum(len({round(top) for _left, top, _right, _word in page}) for page in pages_of(data))
    assert lines > 40 and len(asked) <= lines, f"{len(asked)} pieces of text were tried for {lines} lines"
