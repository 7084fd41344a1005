"""The letterhead stands on screen, in PDF, DOCX and plain text, with its logo and what the logo is for who does not see it."""

import dataclasses
import datetime as dt
import io
import re
import subprocess
import zipfile
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from directory.actions.logo import change_logo, remove_logo
from directory.models import OfficeLogo
from materials.leaving.frozen_text import draft_of, letterhead_of
from papers.composing import words
from papers.formats.registry import draw
from papers.letterhead import BOX, Letterhead, Logo
from papers.pdf import rendering
from papers.pdf.paper import CopyLine, Text, sheet
from papers.pdf.rendering import pdf
from tests.advocacy.journeys import a_written
from tests.factories import a_logo, a_picture, an_office
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not rendering.is_available(), reason="needs pango")
each_language = pytest.mark.parametrize("language", words.NAMES)
TODAY = dt.date(2026, 11, 20)
COPY = CopyLine(3, "Minister’s office", "K7QFA-29MDT", dt.date(2026, 12, 4))
BODY = [{"code": "MIN_BRIEF.2", "heading": "The person", "text": "Held since about 14 March 2025."}]


def with_letterhead(language: str = "en", **changed: Any) -> Text:
    """Return a briefing under the letterhead and the logo of the office."""
    an_office()
    a_logo()
    letterhead = letterhead_of("MIN_BRIEF")
    assert letterhead
    letterhead = dataclasses.replace(letterhead, **changed)
    return Text("MIN_BRIEF", language, "Ilias Varanen, newspaper editor", BODY, 6, TODAY, letterhead)


def pictures_in(data: bytes) -> list[Any]:
    """Return each figure of a PDF that is read aloud, by its alternative text."""
    found: list[Any] = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
            found.append(str(element.Alt))
        kids = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                walk(kid)

    with pikepdf.open(io.BytesIO(data)) as paper:
        walk(paper.Root.StructTreeRoot)
    return found


@needs_pango
@each_language
def test_the_pdf_reads_the_letterhead_first_and_its_logo_aloud(language: str) -> None:
    data = pdf(with_letterhead(language), COPY)
    assert data == pdf(with_letterhead(language), COPY), "the same bytes"
    assert pictures_in(data) == [words.say("print.logo", language, name="Tarn Watch")]
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert read.startswith("Tarn Watch\n3 Harbour Lane · Port Tarn\nIlias Varanen")
    with pikepdf.open(io.BytesIO(data)) as paper:
        assert len(paper.pages) == 1 and len(paper.pages[0].get_images()) == 1


@each_language
def test_the_docx_holds_it_above_the_title_with_the_logo_and_its_words(language: str) -> None:
    data = draw("docx", with_letterhead(language), COPY)
    document = Document(io.BytesIO(data))
    assert [line.text for line in document.paragraphs[:4]] == [
        "",
        "Tarn Watch",
        "3 Harbour Lane",
        "Port Tarn",
    ]
    assert document.paragraphs[4].style.name == "Heading 1"
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == words.say("print.logo", language, name="Tarn Watch")
    assert 0 < shape.width.mm <= BOX[0] and round(shape.width.mm / shape.height.mm, 1) == 3.0
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        logo = OfficeLogo.at()
        assert logo and packed.read("word/media/image1.png") == logo.png
        assert {row.date_time for row in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data == draw("docx", with_letterhead(language), COPY)


@each_language
def test_the_plain_text_says_it_above_the_title(language: str) -> None:
    head = draw("txt", with_letterhead(language), COPY).decode().partition("\n\n")[0].splitlines()
    assert head[-1] == "Tarn Watch · 3 Harbour Lane · Port Tarn" and head[0] == words.say("print.confidence", language)


def test_the_print_view_shows_it_by_an_address_of_this_site_alone(client: Client) -> None:
    a_logo()
    case = a_full_packet()
    material = a_written(case)
    signed_in(client, a_person("ana"))
    answer = client.get(reverse("materials:material_print", args=[material.pk]))
    page = answer.content.decode()
    row = OfficeLogo.at()
    assert row
    [source] = re.findall(r'<img src="([^"]*)" alt="Logo of Tarn Watch">', page)
    assert source == reverse("directory:logo_picture", args=[row.pk]) and "data:" not in page
    assert "Tarn Watch" in page and "Port Tarn" in page
    assert "img-src 'self';" in answer["Content-Security-Policy"] + ";"
    assert client.get(source).content == row.png


def test_a_paper_keeps_the_logo_of_its_day_and_a_later_one_has_none() -> None:
    an_office()
    old = a_logo()
    change_logo(actor=a_person("admin"), data=a_picture((100, 100)))
    new = OfficeLogo.at()
    assert new and new != old

    def logo_at(moment: dt.datetime | None) -> Logo | None:
        found = letterhead_of("MIN_BRIEF", moment)
        return found.logo if found else None

    then, now = logo_at(new.made_at - dt.timedelta(days=1)), logo_at(None)
    assert then and then.png == old.png and now and now.png == new.png
    remove_logo(actor=a_person("admin"))
    assert logo_at(None) is None and logo_at(new.made_at) == now
    text = draft_of(a_written(a_full_packet()))
    assert text.letterhead and "<img" not in sheet(text, None)


def test_a_kind_that_names_no_contact_has_no_letterhead() -> None:
    an_office()
    a_logo()
    assert letterhead_of("PROTECTIVE_NOTICE") is None and letterhead_of("HOLDING") is None


@needs_pango
def test_what_the_office_calls_itself_is_printed_as_typed_and_closes_no_attribute() -> None:
    evil = '"><img src="https://example.org/x" alt="'
    text = with_letterhead(name=evil)
    assert sheet(text, COPY).count("<img") == 1 and pictures_in(pdf(text, COPY)) == [f"Logo of {evil}"]


def test_a_letter_of_the_letterhead_that_no_font_draws_is_refused_like_any_other() -> None:
    letterhead = Letterhead("ᚠ")
    text = Text("MIN_BRIEF", "en", "Title", BODY, 1, TODAY, letterhead)
    assert "runic letter" in rendering.why_not(text, COPY)
    bad = Text("MIN_BRIEF", "en", "Title", BODY, 1, TODAY, Letterhead("A\x07"))
    with pytest.raises(rendering.CannotPrint, match="control character"):
        draw("txt", bad, COPY)
