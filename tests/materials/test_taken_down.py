"""Taking a page down is one person's act at once; another looks at it within 24 hours."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from materials.models import Material, PublicPage
from tests.factories import on_case
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.materials.test_public_pages import address, publish, supporters
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
ASKS = "Look at what was taken down"


def published(client: Client) -> Material:
    """Return a supporters' page that ana published; rui signs on its case, leila keeps its consents."""
    made = supporters()
    signed_in(client, a_person("ana"))
    publish(client, made)
    on_case(made.cases.get(), "leila", "liaison")
    return made


@pytest.fixture
def material(client: Client) -> Material:
    """A page that stood and that ana took down."""
    made = published(client)
    assert client.post(reverse("materials:take_down", args=[made.pk])).status_code == 302
    return made


def to(material: Material) -> str:
    return reverse("materials:taken_down", args=[material.pk])


def today(person: str) -> str:
    return signed_in(Client(), a_person(person)).get(reverse("web:today")).content.decode()


def test_it_is_gone_at_once_and_waits_for_who_signs_and_did_not_take_it_down(material: Material) -> None:
    page = PublicPage.objects.get()
    assert Client().get(address(page)).status_code == 410
    assert page.taken_down_at and page.down_review_due_at == page.taken_down_at + dt.timedelta(hours=24)
    text = today("rui")
    assert ASKS in text and to(material) in text and "late" not in text.split(ASKS)[1][:200]
    for person in ("ana", "leila", "sam"):
        assert ASKS not in today(person), person


def test_after_24_hours_it_is_late(material: Material) -> None:
    with triggers_off():
        PublicPage.objects.update(down_review_due_at=timezone.now() - dt.timedelta(hours=3, minutes=5))
    assert "3 hours late" in today("rui").split(ASKS)[1]


def test_another_looks_at_it_with_one_button_and_the_note_is_in_the_trail(material: Material) -> None:
    rui = signed_in(Client(), a_person("rui"))
    page = rui.get(to(material)).content.decode()
    assert "Record that I looked at it" in page and "It stays down in any case" in page
    assert rui.post(to(material), {"note": "It was right: his brother was summoned."}).status_code == 302
    row = PublicPage.objects.get()
    assert row.down_reviewed_by == a_person("rui") and row.down_reviewed_at
    entry = Entry.objects.get(verb="materials.page.looked_at")
    assert "his brother was summoned" in str(entry.detail)
    assert ASKS not in today("rui")
    again = rui.post(to(material))
    assert again.status_code == 302 and Entry.objects.filter(verb="materials.page.looked_at").count() == 1


def test_the_page_says_who_took_it_down_when_it_is_due_and_by_how_much_it_is_late(material: Material) -> None:
    rui = signed_in(Client(), a_person("rui"))
    page = rui.get(to(material)).content.decode()
    assert re.search(r"<dt>Taken down</dt>\s*<dd>\s*<bdi>Ana</bdi>,\s", page)
    assert "Your look is due" in page and " late<" not in page
    with triggers_off():
        PublicPage.objects.update(down_review_due_at=timezone.now() - dt.timedelta(hours=3, minutes=5))
    assert "3 hours late" in rui.get(to(material)).content.decode()


def test_what_was_taken_down_is_not_called_published_and_names_what_comes_next(material: Material) -> None:
    page = signed_in(Client(), a_person("ana")).get(reverse("materials:material", args=[material.pk])).content.decode()
    state = page.split('<div class="badges')[1].split("</div>")[0]
    assert "Taken down" in state and "Published" not in state
    assert "to be looked at by somebody else until" in page


def test_without_a_note_it_is_looked_at_too(material: Material) -> None:
    assert signed_in(Client(), a_person("rui")).post(to(material)).status_code == 302
    assert PublicPage.objects.get().down_reviewed_at


def test_who_took_it_down_does_not_look_at_it_even_when_they_sign(material: Material) -> None:
    ana = signed_in(Client(), a_person("ana"))
    assert ana.post(to(material)).status_code == 403
    with triggers_off():
        PublicPage.objects.update(taken_down_by=a_person("rui"))
    assert ASKS not in today("rui")
    answer = signed_in(Client(), a_person("rui")).post(to(material))
    assert answer.status_code == 422 and "Somebody else looks at it" in answer.content.decode()
    assert PublicPage.objects.get().down_reviewed_at is None


def test_the_database_asks_for_another_person(material: Material) -> None:
    with pytest.raises(IntegrityError, match="taking_down_is_looked_at_by_another"), transaction.atomic():
        PublicPage.objects.update(down_reviewed_by=a_person("ana"), down_reviewed_at=timezone.now())


def test_the_database_lets_nobody_move_the_hour_or_look_twice_or_before(material: Material) -> None:
    seen = {"down_reviewed_by": a_person("rui"), "down_reviewed_at": timezone.now()}
    later = timezone.now() + dt.timedelta(days=9)
    assert "down-review-due-at" in undone(lambda: PublicPage.objects.update(down_review_due_at=later))
    PublicPage.objects.update(**seen)
    assert "down-reviewed" in undone(lambda: PublicPage.objects.update(down_reviewed_at=later))
    with triggers_off():
        PublicPage.objects.update(taken_down_at=None, down_reviewed_by=None, down_reviewed_at=None)
    assert "down-reviewed" in undone(lambda: PublicPage.objects.update(**seen))
