"""Measures the drawing of a paper beside WeasyPrint alone on the same sheet. Called through bench.started."""

import datetime as dt
import importlib
import io
import resource
from dataclasses import asdict
from typing import Any

import weasyprint

from bench.pages.costs import cost_of, figures
from bench.row import Row
from papers.composing import marks, sections
from papers.pdf import rendering
from papers.pdf.fetcher import SHEET
from papers.pdf.paper import Text, sheet

COMMISSION = "commission"
KINDS = {"2": "MIN_BRIEF", "21": "MIN_BRIEF", COMMISSION: "COMM_BRIEF"}
NOTES = {"2": 8, "21": 150, COMMISSION: 150}
PLAIN = {"2": 5, "21": 4, COMMISSION: 1}  # sentences without a note behind five in seven of those that have one
NAMES = {
    "2": "PDF, 2 pages, warm",
    "21": "PDF, 21 pages, 150 notes",
    COMMISSION: "PDF, commission's briefing, 150 notes",
}
ALONE = {size: f"WeasyPrint alone, {size if size == COMMISSION else f'{size} pages'} (baseline)" for size in NAMES}
IN_TABLE = 40
SENTENCE = "He was held without charge for {n} days, and the court of the district put the hearing off again{mark}. "


def text_of(size: str) -> Text:
    """Return a briefing of this size, whose sentences rest on numbered sources; the commission's has a chronology too."""
    kind, notes = KINDS[size], NOTES[size]
    sentences = [SENTENCE.format(n=n, mark=f" [{n}]") for n in range(1, notes + 1)]
    plain = SENTENCE.format(n="many", mark="") * PLAIN[size]
    paragraphs = [sentence + (plain if number % 7 > 1 else "") for number, sentence in enumerate(sentences, 1)]
    written = [section for section in sections.of(kind) if section.code != f"{kind}.1"]
    share = -(-len(paragraphs) // len(written))
    body = [
        {"code": section.code, "heading": section.name, "text": "\n\n".join(paragraphs[at * share : (at + 1) * share])}
        for at, section in enumerate(written)
    ]
    if size == COMMISSION:
        rows = [marks.row(f"{n} May 2025", SENTENCE.format(n=n, mark="") + f" [{n}]") for n in range(1, IN_TABLE + 1)]
        table = "\n".join([marks.row("Date", "Event", "Source", is_head=True), *rows])
        body = [{**row, "text": table} if row["code"] == f"{kind}.5" else row for row in body]
    sources = "\n".join(
        f"- Judgment number {n} of the district court, 14 March 2025 [{n}]" for n in range(1, notes + 1)
    )
    body.append({"code": f"{kind}.{sections.SOURCES}", "heading": "Sources", "text": sources})
    return Text(kind, "en", "An editor is held", body, 1, dt.date(2026, 11, 1))


def main(size: str, times: str) -> list[Row]:
    """Draw ours until it is warm and read the memory that took; then ours and the library alone in turn."""
    text = text_of(size)
    first = cost_of(lambda: ours_of(text))
    drawn = ours_of(text)
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first_alone = cost_of(lambda: alone(text))
    costs = [(cost_of(lambda: ours_of(text)), cost_of(lambda: alone(text))) for _ in range(int(times))]
    ours, theirs = figures(first, [one for one, _ in costs]), figures(first_alone, [other for _, other in costs])
    told = {"pages": _pages(drawn), "mib": round(mib, 1)}
    return [
        {"name": ALONE[size], **_rounded(theirs)},
        {"name": NAMES[size], **_rounded(ours), **told},
    ]


def _pages(drawn: bytes) -> int:
    """Count the pages, by a library that no worker loads: it comes when the memory was read."""
    reader = importlib.import_module("pypdf").PdfReader(io.BytesIO(drawn))
    return len(reader.pages)


def ours_of(text: Text) -> bytes:
    """Draw it as a worker does, without the limit of a minute: a slow machine is measured too."""
    return rendering.press().draw(sheet(text, None), text.language)


def alone(text: Text) -> bytes:
    """Draw the same sheet with the library as it comes: no fetcher of ours, no tags, nothing kept between papers."""
    drawn = weasyprint.HTML(string=sheet(text, None), base_url=rendering.HERE)
    return bytes(drawn.write_pdf(stylesheets=[weasyprint.CSS(filename=str(SHEET))]))


def _rounded(found: Any) -> dict[str, float]:
    return {**{key: round(value, 2) for key, value in asdict(found).items()}, "cpu": round(found.cpu, 2)}
