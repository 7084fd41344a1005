"""The printed paper: its own fonts, no network, no names in its metadata, the same bytes for the same words."""

import contextlib
import datetime as dt
import io
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
import pytest
from django.conf import settings

from papers.composing.composing import compose
from papers.pdf import rendering
from papers.pdf.fetcher import FetchRefused, own_file
from papers.pdf.fonts import FOLDER, letters_without_font
from papers.pdf.paper import CopyLine, Text, sheet
from papers.pdf.rendering import CannotPrint, pdf
from tests.materials.packets import a_full_packet
from tools.machine import ROOT

needs_pango = pytest.mark.skipif(not rendering.is_available(), reason="needs pango")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
TODAY = dt.date(2026, 11, 20)
COPY = CopyLine(3, "Minister’s office", "K7QFA-29MDT", dt.date(2026, 12, 4))
SECTIONS = [
    {"code": "MIN_BRIEF.1", "heading": "Handling", "text": "In confidence. Return or destroy after use."},
    {"code": "MIN_BRIEF.2", "heading": "The person", "text": "Held since about 14 March 2025: about 616 days."},
    {"code": "MIN_BRIEF.3", "heading": "We ask", "text": "We ask the Minister:\n- Let a doctor see him."},
    {
        "code": "MIN_BRIEF.5",
        "heading": "Key facts",
        "text": "- 14 March 2025: He was arrested. [1]\n- May 2025: He was tried. [1][2]",
    },
    {"code": "MIN_BRIEF.S", "heading": "Sources", "text": "- court record (A1) [1][2]\n- a witness (C2) [2]"},
]


def a_text(language: str = "en", **changed: Any) -> Text:
    chosen = {"kind": "MIN_BRIEF", "title": "Ilias Varanen, newspaper editor", "body": SECTIONS, **changed}
    return Text(chosen["kind"], language, chosen["title"], chosen["body"], 6, TODAY)


def read(data: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True, timeout=60
    ).stdout.decode()


@needs_pango
@needs_poppler
def test_a_copy_carries_both_its_numbers_recipient_and_use_until() -> None:
    words = read(pdf(a_text(), COPY))
    for expected in (
        "Copy 3, Minister’s office",
        "IN CONFIDENCE",
        "Paper K7QFA-29MDT",
        "revision 6",
        "facts as of 20",
        "use until 4",
        "Page 1 of 1",
        "Return or destroy",
    ):
        assert expected in words, expected
    assert "DRAFT" not in words


@needs_pango
@needs_poppler
def test_a_draft_says_so_on_every_page_and_has_no_number() -> None:
    long = [
        *SECTIONS,
        {"code": "MIN_BRIEF.6", "heading": "Legal position", "text": "\n".join(["The court did not hear him."] * 120)},
    ]
    data = pdf(a_text(body=long), None)
    pages = len(pikepdf.open(io.BytesIO(data)).pages)
    words = read(data)
    assert pages > 1 and words.count("DRAFT, NOT CLEARED") == pages and "Copy" not in words
    assert f"Page {pages} of {pages}" in words


@needs_pango
def test_the_file_is_tagged_names_nobody_and_is_the_same_each_time() -> None:
    data = pdf(a_text(), COPY)
    assert data == pdf(a_text(), COPY)
    with pikepdf.open(io.BytesIO(data)) as paper:
        assert paper.Root.MarkInfo.Marked and "/StructTreeRoot" in paper.Root and str(paper.Root.Lang) == "en"
        said = {str(key): str(value) for key, value in paper.docinfo.items()}
        with paper.open_metadata() as metadata:
            said |= {key: str(value) for key, value in metadata.items()}
    assert "pdfuaid:part" in str(said) or any("ua" in key.casefold() for key in said)
    everything = str(said)
    for secret in ("Varanen", "Minister", "2026", "root", "localhost"):
        assert secret not in everything, secret
    assert not {key for key in said if "Author" in key or "Date" in key}


@needs_pango
def test_only_fonts_of_ours_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(pdf(a_text(title="Ilias 中国 Вильнюс Ładny Αθήνα"), COPY))) as paper:
        names = {str(found.BaseFont) for page in paper.pages for found in page.Resources.Font.values()}
    assert names and all("+Amparo-" in name for name in names)


@needs_pango
@needs_poppler
def test_source_numbers_stand_where_claims_were_and_no_mark_is_left() -> None:
    html = sheet(a_text(), COPY)
    assert "<sup>1</sup>" in html and "<sup>1, 2</sup>" in html and "[1]" not in html
    assert "[" not in read(pdf(a_text(), COPY))


@needs_pango
@needs_poppler
@pytest.mark.django_db
def test_an_arabic_briefing_is_one_page_from_right_to_left() -> None:
    case = a_full_packet()
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="ar", today=TODAY)
    text = Text("MIN_BRIEF", "ar", made.title, made.body, 6, TODAY)
    data = pdf(text, COPY)
    assert len(pikepdf.open(io.BytesIO(data)).pages) == 1
    assert 'dir="rtl"' in sheet(text, COPY)
    assert "Amparo-Arabic" in str(
        subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True, timeout=60).stdout
    )


def test_a_letter_that_no_font_draws_is_refused_in_a_sentence() -> None:
    assert letters_without_font("Ilias إلياس 伊利亚斯 Илья Ηλίας ‘’“” – №") == []
    with (
        mock.patch("papers.pdf.rendering.press") as press,
        pytest.raises(CannotPrint, match="runic letter") as refused,
    ):
        pdf(a_text(title="\u16a0"), None)
    assert refused.value.code in {"cannot-print", "no-printer"} and not press.called


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/healthz",
        "https://example.org/a.woff2",
        "ftp://example.org/a.woff2",
        "file:///etc/passwd",
        "file://host/etc/passwd",
        f"file://{settings.BASE_DIR}/static/app.css",
        f"file://{settings.BASE_DIR}/static/fonts/../../config/settings.py",
        f"file://{settings.BASE_DIR}/static/fonts/FONTS.toml",
        f"file://{settings.BASE_DIR}/static/fonts/noto-sans-latin-400.woff2?x",
    ],
)
def test_nothing_but_our_own_files_is_loaded(url: str) -> None:
    with pytest.raises(FetchRefused):
        own_file(url)


def test_our_own_sheet_and_fonts_are_loaded() -> None:
    base = Path(settings.BASE_DIR) / "static"
    for path in (base / "print.css", base / "fonts" / "noto-sans-latin-400.woff2"):
        assert own_file(path.as_uri()) == path


@needs_pango
def test_typed_markup_is_printed_as_typed_and_loads_nothing() -> None:
    evil = '<img src="http://127.0.0.1:9/x"> <style>@import "file:///etc/passwd"</style>'
    html = sheet(a_text(title=evil), CopyLine(1, evil, "K7QFA-29MDT"))
    assert "<img" not in html.casefold().replace("&lt;img", "") and "&lt;style&gt;" in html
    assert pdf(a_text(title="A <b>bold</b> name"), COPY).startswith(b"%PDF")


@needs_pango
def test_a_paper_that_takes_too_long_is_broken_off_and_the_next_one_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendering.LONGEST_SECONDS == 60
    monkeypatch.setattr(rendering, "LONGEST_SECONDS", 1)
    words = "The court did not hear him, and nobody told his family of it. " * 30
    long = [{"code": f"MIN_BRIEF.{n}", "heading": "Legal position", "text": words} for n in range(60)]
    with pytest.raises(CannotPrint, match="took too long") as refused:
        pdf(a_text(body=long), COPY)
    assert refused.value.code == "took-too-long"
    assert signal.alarm(0) == 0, "no alarm is left behind"
    monkeypatch.setattr(rendering, "LONGEST_SECONDS", 60)
    assert pdf(a_text(), COPY).startswith(b"%PDF")


def test_the_alarm_rings_again_when_the_first_ring_falls_where_python_only_prints_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "LONGEST_SECONDS", 0.01)
    monkeypatch.setattr(rendering, "RINGS_AGAIN_SECONDS", 0.01)
    with pytest.raises(TimeoutError), rendering.time_limit():
        with contextlib.suppress(TimeoutError):  # as a finalizer and the collector of garbage do
            signal.pause()
        assert signal.getitimer(signal.ITIMER_REAL)[1], "it rings again"
        signal.pause()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0), "no alarm is left behind"


@needs_pango
def test_a_paper_that_nests_too_deep_is_a_sentence_and_the_next_one_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<html><body>" + "<div>" * 3_000 + "x" + "</div>" * 3_000
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "sheet", lambda text, copy: deep)
        with pytest.raises(CannotPrint, match="nested too deeply"):
            pdf(a_text(), COPY)
    assert pdf(a_text(), COPY).startswith(b"%PDF")


def test_a_text_that_is_too_long_is_refused_before_it_is_drawn() -> None:
    for many in (a_text(title="x" * 120_001), a_text(body=[SECTIONS[0] | {"text": "x" * 120_001}])):
        assert "too long" in rendering.why_not(many, COPY)
        with pytest.raises(CannotPrint):
            pdf(many, COPY)
    assert rendering.why_not(a_text(), COPY) == ""


def test_without_pango_it_says_what_is_missing() -> None:
    with (
        mock.patch("papers.pdf.rendering.is_available", return_value=False),
        pytest.raises(CannotPrint, match="pango"),
    ):
        pdf(a_text(), COPY)


def test_the_fonts_are_those_that_were_vendored() -> None:
    import hashlib
    import tomllib

    rows = tomllib.loads((FOLDER / "FONTS.toml").read_text())["file"]
    assert {Path(row["path"]).name for row in rows} == {path.name for path in FOLDER.glob("*.woff*")}
    for row in rows:
        path = Path(settings.BASE_DIR) / row["path"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
        assert (Path(settings.BASE_DIR) / row["licence_file"]).exists() and row["licence"] == "OFL-1.1"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("On 2 June 2025 he", "On 2\u00a0June\u00a02025 he"),
        ("In June 2025 he", "In June\u00a02025 he"),
        ("art. 14 of it", "art.\u00a014 of it"),
        ("Colony no. 4, Lower Tarn", "Colony no.\u00a04, Lower Tarn"),
        ("I. A. Varanen may speak", "I.\u00a0A.\u00a0Varanen may speak"),
        ("في 2 يونيو 2025 حُكم", "في 2\u00a0يونيو\u00a02025 حُكم"),
        ("المادة 14 منه", "المادة\u00a014 منه"),
        ("Four years may pass. 12 people saw it", "Four years may pass. 12 people saw it"),
    ],
)
def test_no_line_ends_inside_a_date_an_article_or_initials(said: str, kept: str) -> None:
    section = {"code": "MIN_BRIEF.7", "heading": "What the authorities say", "text": said}
    assert kept in sheet(a_text(body=[section]), COPY)


def test_facts_without_any_date_leave_no_empty_column() -> None:
    def drawn(text: str) -> str:
        return sheet(a_text(body=[{"code": "MIN_BRIEF.5", "heading": "Key facts", "text": text}]), COPY)

    assert 'class="when"' not in drawn("- He was arrested.\n- He was tried.")
    assert drawn("- May 2025: He was tried.\n- He was ill.").count('class="when"') == 2


def test_what_not_to_say_stands_behind_a_bar_and_what_to_say_in_quotation_marks() -> None:
    body = [
        *SECTIONS,
        {"code": "MIN_BRIEF.8", "heading": "Please do not", "text": "- say who asked."},
        {"code": "MIN_BRIEF.9", "heading": "You could say", "text": "- We follow this case."},
    ]
    html = sheet(a_text(body=body), COPY)
    assert html.count('class="bar"') == 1 and html.index('class="bar"') < html.index("say who asked.")
    assert html.count("<q>") == 1 and "<q>We follow this case.</q>" in html


def test_the_handling_line_stands_once_beneath_the_title() -> None:
    handling = "In confidence. For the recipient’s office only. Return or destroy after use."
    body = [SECTIONS[0] | {"text": handling}, *SECTIONS[1:]]
    html = sheet(a_text(body=body), COPY)
    assert html.count("or the recipient’s office only") == html.count("Return or destroy") == 1
    assert html.index("</h1>") < html.index(handling) < html.index("Held since")
    assert html.count("IN CONFIDENCE") == 1, "every page says so in its head"


def test_the_ask_is_bold_in_the_only_box_with_its_day_beside_it() -> None:
    body = [
        *SECTIONS[:2],
        SECTIONS[2] | {"text": "We ask the Minister:\n- Let a doctor see him. By 15 December 2026.\n- Release him."},
        *SECTIONS[3:],
    ]
    for copy in (COPY, None):
        html = sheet(a_text(body=body), copy)
        box = html[html.index('<section class="asks">') :].partition("</section>")[0]
        seen = " ".join(box.split())
        assert "<b>Let a doctor see him.</b></bdi> <bdi>By 15 December 2026.</bdi>" in seen
        assert "<b>Release him.</b>" in box and 'class="draft"' not in html
    rules = (ROOT / "static" / "print.css").read_text()
    boxes = [line for line in rules.splitlines() if " border: " in f" {line}" and not line.startswith("  .view")]
    assert len(boxes) == 1 and boxes[0].startswith("section.asks ")


def test_an_attribution_is_no_date_and_a_line_in_another_script_keeps_its_own_direction() -> None:
    facts = "- بحسب his lawyer: He was questioned. [1]\n- مارس 2025: أوقفه ضباط. [1]"
    body = [*SECTIONS[:3], SECTIONS[3] | {"text": facts}, SECTIONS[4]]
    html = sheet(a_text("ar", body=body), COPY)
    seen = re.sub(r">\s+<", "><", html.replace("\u00a0", " "))
    assert '<span class="when"></span><span class="what" dir="rtl">بحسب his lawyer: He was questioned.' in seen
    assert '<span class="when">مارس 2025:</span><span class="what" dir="rtl">أوقفه ضباط.' in seen
    assert '<p dir="ltr">Held since about' in html
