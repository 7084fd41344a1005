"""What the leak scan says on the pages: scripts it could not check, and recipient lines that name somebody."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from materials.actions import materials
from materials.models import Copy, Material
from safety.models import LeakScan
from tests.advocacy.journeys import a_written, cleared
from tests.directory.entries import chosen
from tests.factories import a_contact, a_source, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def in_review_beside(name: str, **fields: str) -> Material:
    """A text in review whose case has a contact of this name."""
    case = a_full_packet()
    a_contact(case, name, **fields)
    material = a_written(case)
    materials.send_to_review(actor=a_person("ana"), material=material)
    return material


def read(client: Client, material: Material) -> str:
    return html.unescape(client.get(reverse("materials:review", args=[material.pk])).content.decode())


def test_the_review_page_names_the_script_and_the_number_of_people_and_nobody(client: Client) -> None:
    material = in_review_beside("مريم الحراني")
    case = material.cases.get()
    assert LeakScan.objects.get().why == [{"script": "LATIN", "people": 1}]
    rui = signed_in(client, on_case(case, "rui", "reviewer"), fresh=True)
    page = read(rui, material)
    assert "Latin: 1 protected person has no stored name in this script." in page
    assert "The leak scan found no protected word." not in page
    assert "مريم" not in page
    assert rui.post(reverse("materials:read_for_names", args=[material.pk])).status_code == 302
    page = re.sub(r"<[^>]+>", "", read(rui, material))
    assert "Read for names by" in page, page
    assert LeakScan.objects.get().read_by == a_person("rui")


def test_who_is_noted_to_have_no_form_does_not_stop_the_text() -> None:
    in_review_beside("مريم الحراني", formless_in="LATIN")
    assert LeakScan.objects.get().verdict == "clean"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Mara Ilves", "The recipient line holds a protected word (name of somebody around the prisoner)."),
        ("M. Ilves, by hand", "name of somebody around the prisoner"),
        ("Joosep", "identity of a source"),
        ("駐日大使館", "cannot be checked"),
    ],
)
def test_a_recipient_line_that_names_somebody_makes_no_copy(client: Client, line: str, said: str) -> None:
    material = cleared()
    case = material.cases.get()
    a_contact(case, "Mara Ilves")
    a_source(case, identity="Joosep Tamm")
    ana = signed_in(client, a_person("ana"), fresh=True)
    answer = ana.post(reverse("materials:dispatch", args=[material.pk]), chosen(line))
    assert answer.status_code in {409, 422}
    assert said in html.unescape(answer.content.decode())
    assert not Copy.objects.exists()


def test_a_recipient_line_that_names_nobody_makes_one(client: Client) -> None:
    material = cleared()
    a_contact(material.cases.get(), "Mara Ilves")
    ana = signed_in(client, a_person("ana"), fresh=True)
    typed = chosen("The minister’s office")
    assert ana.post(reverse("materials:dispatch", args=[material.pk]), typed).status_code == 302
    assert Copy.objects.get().recipient_name == "The minister’s office"
