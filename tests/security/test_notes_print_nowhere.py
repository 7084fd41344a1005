"""A note to colleagues stands where colleagues look for it, and nowhere else: on no paper, in no export, on no other page.

Every address of the table is opened, so that a new door is looked at as soon as it is there.
"""

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from advocacy.models import Milestone
from casework.models import Case, Claim
from notes.actions.notes import answer_note, write_note
from papers.pdf import rendering
from tests.materials import pdf_readers
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in
from tests.security.table import ROWS
from tests.security.world import World, make_world
from tools.machine import ROOT

pytestmark = pytest.mark.django_db
PLANTED = "Vlumberquast"
SHOWS_NOTES = {"web:case_tasks", "casework:claim", "advocacy:milestone", "notes:notes", "notes:note", "notes:change"}
ENDS_THE_SESSION = {"account_logout"}


def plant(case: Case, **about: Any) -> None:
    """Write a note with the planted word, and answer it with the word."""
    note = write_note(actor=case.lead, case=case, text=f"{PLANTED} on it", **about)
    answer_note(actor=case.lead, note=note, text=f"{PLANTED} again")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        about: list[dict[str, Any]] = [
            {},
            {"claim": Claim.objects.get(pk=made.parts["claim"])},
            {"milestone": Milestone.objects.get(pk=made.parts["step"])},
        ]
        for more in about:
            plant(made.case, **more)
        write_note(actor=made.people["reviewer"], case=made.case, text=f"@ana {PLANTED}")
        yield made
        transaction.set_rollback(True)


class Around(HTMLParser):
    """Whether a word stands in something of the class `notes`, each time that it stands anywhere."""

    VOID = frozenset({"br", "input", "link", "meta", "img", "hr"})

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word, self.open, self.found = word, [], []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in self.VOID:
            self.open.append("notes" in (dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.word in data:
            self.found.append(any(self.open))


def opened(world: World, who: str) -> dict[str, str]:
    """Return every page as somebody of the case gets it, by its name."""
    browser = signed_in(Client(), world.people[who], fresh=True)
    pages = {}
    for row in ROWS:
        if row.name not in ENDS_THE_SESSION:
            with transaction.atomic():
                answer = browser.get(reverse(row.name, args=world.args(row.parts)))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                transaction.set_rollback(True)
            pages[row.name] = body.decode(errors="replace")
    return pages


@pytest.mark.parametrize("who", ["coordinator", "reviewer"])
def test_no_page_but_those_of_notes_shows_a_word_of_one(world: World, who: str) -> None:
    pages = opened(world, who)
    shown = {name for name, text in pages.items() if PLANTED in text}
    assert {"web:case_tasks", "casework:claim", "advocacy:milestone", "notes:notes"} <= shown <= SHOWS_NOTES


def test_where_a_note_stands_on_a_page_a_printer_leaves_it_out(world: World) -> None:
    pages = opened(world, "coordinator")
    for name in SHOWS_NOTES:
        if PLANTED in pages[name]:
            page = Around(PLANTED)
            page.feed(pages[name])
            assert page.found and all(page.found), name
    sheet = (ROOT / "static" / "app.css").read_text()
    printed = sheet[sheet.rindex("@media print") :]
    hidden = printed[: printed.index("display: none")]
    assert ".notes" in hidden


def test_the_sheet_of_a_week_tells_of_no_note(world: World) -> None:
    sheet = signed_in(Client(), world.people["coordinator"]).get(reverse("web:week_sheet")).content.decode()
    assert PLANTED not in sheet and "Note on" not in sheet


def test_no_export_carries_a_note(world: World, tmp_path: Path) -> None:
    out = tmp_path / "cases.json"
    call_command("export_cases", "--format", "json", "--as", "ana", "--out", str(out))
    assert world.case.reference in out.read_text() and PLANTED not in out.read_text()


@pytest.mark.parametrize("kind", ["minister", "supporters"])
def test_no_paper_carries_a_note(tmp_path: Path, kind: str) -> None:
    case = a_full_packet()
    plant(case)
    plant(case, claim=case.claims.first())
    assert a_person("ana") == case.lead
    for form in ("txt", "docx", *(["pdf"] if rendering.is_available() else [])):
        path = tmp_path / f"draft.{form}"
        call_command(
            "make_material",
            case.reference,
            "--kind",
            kind,
            "--as",
            "ana",
            "--format",
            form,
            "--out",
            str(path),
            stdout=io.StringIO(),
        )
        words = read(path)
        assert "Ilias" in words or "DRAFT" in words.upper(), form
        assert PLANTED not in words, form


def read(path: Path) -> str:
    """Return everything that a paper says, also in its parts."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return path.read_text() if path.suffix == ".txt" else pdf_text(path)


def pdf_text(path: Path) -> str:
    return pdf_readers.by_pypdf(path.read_bytes())
