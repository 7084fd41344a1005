"""A copy's format is chosen when it is made, goes through the same gate, is sealed with its mark, and never changes."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from docx import Document

from audit.models import Entry
from materials.actions import dispatches
from materials.models import Copy
from papers.formats.names import PaperFormat
from safety.models import Clearance
from sealing.fields import save_each
from tests.advocacy.journeys import cleared
from tests.directory.entries import chosen
from tests.gate.near_misses import triggers_off
from tests.materials.packets import a_full_packet
from tests.materials.test_dispatches import to
from tests.people import a_person, signed_in
from work.models import Job

pytestmark = pytest.mark.django_db
each_written = pytest.mark.parametrize("name", [PaperFormat.DOCX, PaperFormat.TEXT])
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"), fresh=True)


def send(client: Client, material: Any, run: Any, name: str) -> Copy:
    with run(execute=True):
        answer = client.post(to("dispatch", material), {**chosen(), "format": name})
    assert answer.status_code == 302, answer.content.decode()
    return Copy.objects.latest("created_at")


def words_of(copy: Copy) -> str:
    data = bytes(copy.file or b"")
    if copy.format == "txt":
        return data.decode()
    document = Document(io.BytesIO(data))
    around = [
        line.text for part in (document.sections[0].header, document.sections[0].footer) for line in part.paragraphs
    ]
    return "\n".join([*around, *(line.text for line in document.paragraphs)])


@each_written
def test_a_copy_is_made_in_the_format_that_was_chosen(
    name: str, ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = cleared()
    copy = send(ana, material, django_capture_on_commit_callbacks, name)
    assert (copy.format, copy.number) == (name, 1) and copy.dispatched_at and dispatches.is_whole(copy)
    assert Job.objects.get().state == "done"
    said = words_of(copy)
    assert copy.paper_number in said and "Copy 1, Minister’s office" in said and "DRAFT" not in said
    assert "Varanen" in said
    page = ana.get(to("copy", copy)).content.decode()
    assert str(PaperFormat(name).label) in page and "Download the copy" in page
    assert f"{name.upper()} made" in ana.get(to("material", material)).content.decode()
    answer = ana.get(to("copy_file", copy))
    assert answer.content == copy.file and answer["Content-Type"] == TYPES[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{copy.paper_number}.{name}"'
    assert answer["Cache-Control"] == "no-store" and "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(verb="materials.copy.downloaded").count() == 1


def test_copies_of_one_dispatch_differ_in_format_and_are_numbered_together(
    ana: Client, django_capture_on_commit_callbacks: Any
) -> None:
    material = cleared()
    text, word = (send(ana, material, django_capture_on_commit_callbacks, name) for name in ("txt", "docx"))
    assert (text.number, word.number) == (1, 2) and text.dispatch == word.dispatch


@each_written
def test_no_format_goes_round_the_gate(name: str, ana: Client) -> None:
    material = cleared()
    save_each(Clearance.objects.all(), revoked_at=timezone.now())
    answer = ana.post(to("dispatch", material), {**chosen(), "format": name})
    assert answer.status_code == 409 and not Copy.objects.exists()
    assert f'value="{name}"' in answer.content.decode() and "checked" in answer.content.decode(), "it stays chosen"


def test_a_format_that_nobody_knows_is_refused_beside_its_field(ana: Client) -> None:
    answer = ana.post(to("dispatch", cleared()), {**chosen(), "format": "exe"})
    assert answer.status_code == 422 and 'id="id_format_error"' in answer.content.decode()
    assert not Copy.objects.exists()


def test_the_database_keeps_the_format_of_a_copy(ana: Client, django_capture_on_commit_callbacks: Any) -> None:
    copy = send(ana, cleared(), django_capture_on_commit_callbacks, "txt")
    with pytest.raises(IntegrityError, match="a_copy_is_append_only"), transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(format="docx")
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE materials_copy SET format = 'docx'")
    copy.refresh_from_db()
    assert not dispatches.is_whole(copy), "the same bytes as another kind of file are not what was made"
    assert ana.get(to("copy_file", copy)).status_code == 302
    with pytest.raises(IntegrityError), triggers_off(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE materials_copy SET format = 'exe'")


@each_written
def test_the_command_writes_a_draft_in_each_format(name: str, tmp_path: Any) -> None:
    path = tmp_path / "draft"
    call_command(
        "make_material",
        a_full_packet().reference,
        "--kind",
        "minister",
        "--format",
        name,
        "--out",
        str(path),
        "--as",
        "ana",
    )
    row = Copy(format=name, file=path.read_bytes())
    assert "DRAFT, NOT CLEARED" in words_of(row) and "Ilias Varanen" in words_of(row) and "Copy" not in words_of(row)


def test_the_command_hands_out_the_copy_of_the_format_that_was_asked_for(
    ana: Client, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    material = cleared()
    copy = send(ana, material, django_capture_on_commit_callbacks, "docx")
    asked = ["make_material", material.cases.get().reference, "--kind", "minister", "--cleared", "--as", "ana"]
    asked += ["--out", str(tmp_path / "x"), "--format"]
    call_command(*asked, "docx")
    assert (tmp_path / "x").read_bytes() == copy.file
    with pytest.raises(CommandError) as refused:
        call_command(*asked, "txt")
    assert refused.value.returncode == 1 and (tmp_path / "x").read_bytes() == copy.file
