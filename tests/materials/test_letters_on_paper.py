"""What a paper can print: every script of the cases we know of, joined as it is written; spaces and marks need no glyph."""

import logging
import re
import shutil
import subprocess
import sys
import unicodedata
from typing import Any

import pytest
from django.test import Client
from fontTools.ttLib import TTFont

from casework.models import Name
from materials.actions import materials
from materials.review.readiness import why_not_ready
from papers.composing.composing import compose
from papers.pdf import rendering
from papers.pdf.families import FAMILIES
from papers.pdf.fonts import FOLDER, families_for, letters_of, letters_without_font, needs_glyph, sheet_for_browsers
from papers.pdf.paper import sheet
from papers.pdf.rendering import pdf
from tests.materials.packets import a_full_packet
from tests.materials.test_pdf import COPY, TODAY, a_text, read
from tests.people import a_person, signed_in
from tools.machine import ROOT

needs_pango = pytest.mark.skipif(not rendering.is_available(), reason="needs pango")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
WORDS = {
    "Burmese": "မောင်အောင်မြန်မာ",
    "Tibetan": "བསྟན་འཛིན",
    "Ethiopic": "ርዕዮት ዓለሙ",
    "Khmer": "ស្ត្រី ព្រះ",
    "Devanagari": "क्षत्रिय विद्यार्थी श्री",
    "Bengali": "বিশ্ববিদ্যালয়",
    "Gurmukhi": "ਜਗਤਾਰ ਸਿੰਘ",
    "Gujarati": "સંજીવ શ્રી",
    "Odia": "ଦାମୋଦର କ୍ଷ",
    "Tamil": "ஜெயகுமாரி",
    "Telugu": "వరవర శ్రీ",
    "Kannada": "ಗೌರಿ ಕ್ಷ",
    "Malayalam": "സ്ത്രീ",
    "Sinhala": "ශ්‍රී ක්‍රි",
    "Georgian": "ზვიად ᲛᲘ",
    "Armenian": "Մխիթար և",
    "Hangul": "김대중 쀍",
    "Thai": "ผู้ต้องขัง",
    "Lao": "ສົມບັດ",
    "Hebrew": "גרשון",
    "Thaana": "އިބްރާހިމް",
    "Arabic": "إلياس سید علی‌نقی ئۇيغۇر",
    "More Arabic": "ڄام ڻاڻو ٻولي",
    "Han": "陈卫 陳衛",
    "More Han": "㐂 𠮷田",
    "Signs": "Lower Tarn → Upper Tarn",
    "Shapes": "☐ no; ✓ yes",
    "Emoji": "he wrote 😡",
    "More Latin": "⅓ of it at 4 ℃",
}
READ_BACK = {"Ethiopic", "Armenian", "Hangul", "Lao", "Hebrew", "More Arabic", "Han", "More Han", "Signs", "Shapes"}
each_script = pytest.mark.parametrize("script", WORDS)


@each_script
@needs_pango
@needs_poppler
def test_each_script_is_drawn_with_its_own_font_and_no_letter_is_a_box(
    script: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendering.press()
    monkeypatch.setattr(logging.getLogger("weasyprint"), "filters", [])
    monkeypatch.setattr(logging.getLogger("weasyprint"), "propagate", True)
    data = pdf(a_text(title=WORDS[script]), COPY)
    assert ".notdef" not in caplog.text
    fonts = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True, timeout=60).stdout.decode()
    assert f"Amparo-{script.replace(' ', '-')}" in fonts
    if script in READ_BACK:
        assert WORDS[script].split()[0] in re.sub("[\u202a-\u202c]", "", read(data))


@pytest.mark.parametrize(
    ("family", "scripts", "features"),
    [
        ("Devanagari", {"dev2"}, {"half", "rphf", "akhn"}),
        ("Bengali", {"bng2"}, {"half", "rphf"}),
        ("Khmer", {"khmr"}, {"blwf", "pref"}),
        ("Burmese", {"mym2"}, {"blws", "abvs"}),
        ("Sinhala", {"sinh"}, {"akhn", "rphf"}),
        ("Tibetan", {"tibt"}, {"blws"}),
        ("More Arabic", {"arab"}, {"init", "medi", "fina"}),
        ("Arabic", {"arab"}, {"init", "medi", "fina"}),
    ],
)
def test_the_fonts_hold_what_joins_the_letters_of_their_script(
    family: str, scripts: set[str], features: set[str]
) -> None:
    chosen = next(one for one in FAMILIES if one.name == f"Amparo {family}")
    with TTFont(FOLDER / chosen.file_of(700)) as font:
        table: Any = font["GSUB"].table
        assert scripts <= {row.ScriptTag for row in table.ScriptList.ScriptRecord}
        assert features <= {row.FeatureTag for row in table.FeatureList.FeatureRecord}


def test_a_word_whose_letters_the_first_arabic_font_lacks_is_drawn_by_one_font_that_has_them_all() -> None:
    rules = (ROOT / "static" / "print.css").read_text()
    assert (
        'class="more-arabic"' in sheet(a_text(title="ڄام"), COPY) and '.more-arabic { --arabic: "Amparo More' in rules
    )
    assert 'class="more-arabic"' not in sheet(a_text(title="سید علی‌نقی پروانه"), COPY)


def test_no_space_and_no_mark_of_format_needs_a_glyph_and_every_letter_does() -> None:
    unseen = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) in {"Zs", "Zl", "Zp"}]
    assert (
        letters_without_font("".join([*unseen, *"\u202a\u202b\u202c\u2066\u2069\u200b\u200d\ufeff\ufe0f\u061c"])) == []
    )
    visible = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n))[0] in "LNPS"]
    hangul_fillers = set("\u115f\u1160\u3164\uffa0")
    assert {letter for letter in visible if not needs_glyph(letter)} == hangul_fillers
    assert needs_glyph("\u0600") and needs_glyph("\u06dd"), "number signs of Arabic are drawn"


def test_what_no_font_here_draws_is_still_told() -> None:
    assert letters_without_font("Vedran \u16a0\U00012000 က") == ["\u16a0", "\U00012000"]


def test_each_letter_of_each_file_is_looked_for_where_it_is() -> None:
    by_blocks = {
        letter for one in FAMILIES for letter in letters_of(one) if not one.blocks or one.is_looked_at({letter})
    }
    for family in FAMILIES:
        lost = {chr(letter) for letter in letters_of(family) - by_blocks if letter >= 32 and needs_glyph(chr(letter))}
        assert lost <= {"\x7f", "\ufffc"}, family.name


def test_the_sheets_of_paper_and_print_view_name_every_family() -> None:
    assert (FOLDER / "fonts.css").read_text() == sheet_for_browsers()
    named = set(re.findall(r'"(Amparo [A-Za-z ]+)"', (ROOT / "static" / "print.css").read_text()))
    assert named == {family.name for family in FAMILIES}


def test_a_plain_paper_opens_one_font() -> None:
    assert [family.name for family in families_for("Ilias Varanen, at 9\u202fh")] == ["Amparo Latin"]


@needs_pango
def test_the_printer_writes_no_word_of_a_paper_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    html = sheet(a_text(title="Vedran \u16a0\u16a0"), COPY)
    assert rendering.press().draw(html, "en").startswith(b"%PDF") and "\u16a0" not in caplog.text and not caplog.records


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\v"])
def test_every_sign_that_ends_a_line_ends_it_on_paper(end: str) -> None:
    body = [{"code": "MIN_BRIEF.7", "heading": "What the authorities say", "text": f"Held{end}next"}]
    drawn = sheet(a_text(body=body), COPY)
    assert re.search(r"Held.*</p>.*<p.*next", drawn, re.DOTALL) and end not in drawn


def a_packet_with_the_legal_name(name: str) -> Any:
    case = a_full_packet()
    Name.objects.filter(case=case, script="Arab").delete()
    Name.objects.filter(case=case).update(kind="transliteration")
    Name.objects.create(case=case, person=case.persons.get(), script="Zyyy", value=name)
    return case


@pytest.mark.django_db
def test_a_form_of_the_name_that_cannot_be_printed_is_left_out_and_listed(client: Client) -> None:
    case = a_packet_with_the_legal_name("\u16a0\u16a2\u16a6")
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en", today=TODAY)
    assert "\u16a0" not in made.title + str(made.body)
    assert {(row.what, row.why) for row in made.withheld} >= {("name:Zyyy", "no-font")}
    written = materials.write(actor=a_person("ana"), cases=[case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    assert not [reason for reason in why_not_ready(written) if "font" in reason]
    signed_in(client, a_person("ana"))
    page = client.get(f"/materials/{written.pk}/").content.decode()
    assert "Name in its own letters" in page and "no font here can print it" in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ርዕዮት ዓለሙ", "ზვიად", "גרשון", "गणेश मान सिंह", "ڄام ڻاڻو", "陳衛 𠮷"])
def test_a_legal_name_in_its_own_letters_stands_after_the_latin_one_and_prints(name: str) -> None:
    case = a_packet_with_the_legal_name(name)
    made = compose([case], kind="MIN_BRIEF", audience="AU_DIPLO", language="en", today=TODAY)
    assert f"({name})" in made.title and not [row for row in made.withheld if row.what.startswith("name")]
    assert rendering.why_not(a_text(title=made.title, body=made.body), COPY) == ""
