"""Materials by their title and copies by who got them, as the search over all cases finds them."""

from typing import Any

import pytest
from django.test import Client

from casework.finding import found as finding
from casework.finding.found import found_nearby
from casework.finding.kept_words import KeptWords
from materials.actions import dispatches
from materials.actions.materials import StatedDisclosures, edit
from materials.material_keys import MATERIAL_KEYS
from materials.models import Material, MaterialCase
from materials.pages.shelves import kind_in_words
from tests.advocacy.journeys import a_written, cleared
from tests.directory.entries import to_somebody
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "KEPT_WORDS", KeptWords())


def found(user: Any, typed: str, shelf: str) -> list[tuple[Any, str]]:
    nearby = found_nearby(user, typed, known=(), sees_many=False)
    return [(one.row, one.value) for on in nearby.shelves if on.shelf.name == shelf for one in on.values]


def titled(material: Material, title: str) -> Material:
    material.refresh_from_db()
    texts = {row["code"]: row["text"] for row in material.body or []}
    told = StatedDisclosures(is_nothing_further=True)
    return edit(actor=material.author, material=material, version=material.version, title=title, texts=texts, told=told)


def test_a_material_is_found_by_its_title_as_it_is_now_by_who_may_see_every_case_of_it(client: Client) -> None:
    material = titled(a_written(), "The lighthouse keeper of Westmark")
    case = material.cases.get()
    leila = on_case(case, "leila", "reader")
    assert found(leila, "Lighthause", "materials") == [(material.pk, "The lighthouse keeper of Westmark")]
    assert found(a_person("sam"), "lighthouse", "materials") == []
    signed_in(client, leila)
    page = client.post("/cases/search/", {"words": "lighthouse"}, follow=True).content.decode()
    assert f"/materials/{material.pk}/" in page and "keeper of Westmark" in page
    titled(material, "The windmill")
    assert found(leila, "lighthouse", "materials") == []
    assert found(leila, "windmill", "materials")
    MaterialCase.objects.create(material=material, case=a_case(lead=a_person("sam")))
    assert found(leila, "windmill", "materials") == []


def test_a_material_is_found_by_what_its_kind_is_called() -> None:
    material = a_written()
    for called in kind_in_words("MIN_BRIEF"):
        assert found(material.author, called, "materials") == [(material.pk, called)]
    assert found(a_person("sam"), kind_in_words("MIN_BRIEF")[0], "materials") == []


def test_a_copy_is_found_by_who_got_it_by_those_who_may_dispatch(client: Client) -> None:
    material = cleared()
    (copy,) = dispatches.dispatch(actor=material.author, material=material, to=[to_somebody("The Harbour Office")])
    assert [row for row, _name in found(material.author, "harbor office", "recipients")] == [copy.pk]
    case = material.cases.get()
    assert found(on_case(case, "leila", "reader"), "harbour", "recipients") == []
    assert found(a_person("sam"), "harbour", "recipients") == []
    signed_in(client, material.author)
    page = client.post("/cases/search/", {"words": "harbour"}, follow=True).content.decode()
    assert f"/copies/{copy.pk}/" in page


def test_more_materials_take_no_more_queries(django_assert_max_num_queries: Any) -> None:
    material = titled(a_written(), "The lighthouse")
    found(material.author, "lighthouse", "materials")
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(20) as asked:
            assert found(material.author, "lighthouse", "materials")
        counts.append(len(asked))
        for number in range(3):
            more = Material(kind="MIN_BRIEF", audience="AU_DIPLO", level="disclosure", author=material.author)
            more.last_editor = material.author
            more.save(force_insert=True)
            MaterialCase.objects.create(material=more, case=material.cases.get())
            MATERIAL_KEYS.make(more.pk)
            more.title = f"Lighthouse {number}"
            more.save()
    assert counts[0] == counts[1]
