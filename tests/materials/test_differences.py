"""What differs, sentence by sentence: from the last revision that left, and from what another audience would read."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from casework.models import Ask
from materials.actions import dispatches, materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from materials.pages.differences import sentence_rows
from papers.kinds import registry
from tests.advocacy.journeys import a_written, cleared
from tests.directory.entries import to_somebody
from tests.factories import on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"), fresh=True)


def page_of(client: Client, material: Material, against: str = "", status: int = 200) -> str:
    address = reverse("materials:differences", args=[material.pk])
    answer = client.get(address, {"against": against} if against else {})
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def marked(page: str, tag: str) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(rf"<{tag}>([^<]*)</{tag}>", page)]


def a_copy_left(material: Material) -> None:
    (copy,) = dispatches.dispatch(actor=material.author, material=material, to=[to_somebody("An office")])
    for row in (copy.dispatch, copy):
        dispatches.leave(actor=material.author, row=row)


def edited(material: Material, code: str, text: str) -> Material:
    material.refresh_from_db()
    texts = {row["code"]: row["text"] for row in material.body or []} | {code: text}
    return materials.edit(
        actor=material.author,
        material=material,
        version=material.version,
        title=material.title or "",
        texts=texts,
        told=StatedDisclosures(is_nothing_further=True),
    )


def test_a_revision_is_compared_with_the_last_that_left(ana: Client) -> None:
    material = cleared()
    code = registry.find("MIN_BRIEF").section_code("4")
    assert "There is nothing" not in page_of(ana, material)
    a_copy_left(material)
    assert "The words are the same." in page_of(ana, material, "left")
    before = next(row["text"] for row in material.body or [] if row["code"] == code)
    now = edited(material, code, f"{before}\nThe court sits on Monday.")
    page = page_of(ana, now, "left")
    assert f"Revision {material.revision}, the last that left" in page and marked(page, "ins") == [
        "The court sits on Monday.°"
    ]
    assert not marked(page, "del") and "<h3>Why now</h3>" in page and "<h3>Key facts</h3>" not in page
    assert marked(page_of(ana, now), "ins") == marked(page, "ins"), "it is the first choice"


def test_an_audience_is_compared_with_another_and_nothing_is_kept(ana: Client) -> None:
    case = a_full_packet()
    material = a_written(case)
    other = next(one for one in registry.find("MIN_BRIEF").audiences if one != material.audience)
    Ask.objects.create(
        case=case,
        demand=case.demands.get(),
        to=Ask.objects.first().to,
        text="Write to him",
        by="2026-12",
        audience=other,
    )
    before = (Material.objects.count(), material.revision, Entry.objects.filter(verb="materials.material.read").count())
    page = page_of(ana, material, other)
    assert any("Write to him" in words for words in marked(page, "del"))
    material.refresh_from_db()
    read = Entry.objects.filter(verb="materials.material.read").count()
    assert (Material.objects.count(), material.revision, read) == (before[0], before[1], before[2] + 1)


def test_what_another_audience_may_not_read_stands_only_in_these_words(ana: Client) -> None:
    case = a_full_packet(audiences=("AU_DIPLO",))
    page = page_of(ana, a_written(case), "AU_OWNGOV")
    assert any("Varanen" in words for words in marked(page, "ins"))
    assert not any("Varanen" in words for words in marked(page, "del"))


@pytest.mark.parametrize("against", ["left", "AU_NOBODY", "AU_PUBLIC", "x" * 500])
def test_what_cannot_be_compared_is_not_there(ana: Client, against: str) -> None:
    page_of(ana, a_written(), against, status=404)


def test_who_reads_and_does_not_write_is_shown_what_left_and_no_other_audience(client: Client) -> None:
    material = cleared()
    a_copy_left(material)
    other = next(one for one in registry.find("MIN_BRIEF").audiences if one != material.audience)
    rui = signed_in(client, a_person("rui"))
    page = page_of(rui, material)
    assert "the last that left" in page and other not in page
    page_of(rui, material, other, status=404)


def test_who_may_not_read_the_words_reads_no_difference(client: Client) -> None:
    material = cleared()
    on_case(material.cases.get(), "leon", "reader")
    answer = signed_in(client, a_person("leon")).get(reverse("materials:differences", args=[material.pk]))
    assert answer.status_code == 403 and b"Varanen" not in answer.content


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["A."], ["A."], [[("same", "A.")]]),
        (["A."], ["A.", "B."], [[("same", "A.")], [("ins", "B.")]]),
        (["A.", "B."], ["B."], [[("del", "A.")], [("same", "B.")]]),
        (["He was held."], ["He is held."], [[("same", "He "), ("del", "was "), ("ins", "is "), ("same", "held.")]]),
        (["A.", "B."], ["C."], [[("del", "A.")], [("del", "B.")], [("ins", "C.")]]),
        ([], [], []),
    ],
)
def test_each_sentence_stays_comes_goes_or_is_put_otherwise(before: Any, after: Any, expected: Any) -> None:
    rows = [[(piece.op, piece.text) for piece in row] for row in sentence_rows(before, after)]
    assert rows == expected
