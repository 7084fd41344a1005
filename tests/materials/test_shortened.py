"""Shortening what a public page stands on is one person's act at once; another looks at it within 24 hours."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.models import Case, Consent
from materials.models import Material, PageShortening, PublicPage
from tests.factories import on_case
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.materials.test_public_pages import address, supporters
from tests.materials.test_taken_down import published, to, today
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
ASKS = "Look at what was shortened"


@pytest.fixture
def material(client: Client) -> Material:
    """A page that stands."""
    return published(client)


def act(name: str, sent: dict[str, Any]) -> None:
    """Do it to the consent as leila, in her browser."""
    row = Consent.objects.get()
    leila = signed_in(Client(), a_person("leila"))
    answer = leila.post(reverse(f"casework:{name}", args=[Case.objects.get().reference, row.pk]), sent)
    assert answer.status_code == 302, answer.content.decode()


def shorten() -> None:
    act("shorten_consent", {"until_on": (timezone.localdate() + dt.timedelta(days=5)).isoformat()})


def test_it_works_at_once_and_waits_for_who_signs_and_did_not_shorten_it(material: Material) -> None:
    page = PublicPage.objects.get()
    assert Client().get(address(page)).status_code == 200
    shorten()
    assert Client().get(address(page)).status_code == 410
    row = PageShortening.objects.get()
    assert row.shortened_by == a_person("leila") and row.review_due_at == row.shortened_at + dt.timedelta(hours=24)
    text = today("rui")
    assert ASKS in text and to(material) in text and "late" not in text.split(ASKS)[1][:200]
    for person in ("ana", "leila", "sam"):
        assert ASKS not in today(person), person


def test_an_answer_that_covers_less_waits_too_and_a_withdrawn_one_does_not(material: Material) -> None:
    act("narrow_consent", {"grants": ["CI_NAME:AU_SUPPORT"]})
    assert ASKS in today("rui")
    with triggers_off():
        PageShortening.objects.all().delete()
    act("withdraw_consent", {})
    assert ASKS not in today("rui") and not PageShortening.objects.exists()


def test_without_a_public_page_nobody_is_asked(client: Client) -> None:
    made = supporters()
    on_case(made.cases.get(), "leila", "liaison")
    shorten()
    assert ASKS not in today("rui") and not PageShortening.objects.exists()


def test_after_24_hours_it_is_late(material: Material) -> None:
    shorten()
    with triggers_off():
        PageShortening.objects.update(review_due_at=timezone.now() - dt.timedelta(hours=3, minutes=5))
    assert "3 hours late" in today("rui").split(ASKS)[1]


def test_another_looks_at_it_with_one_button_and_the_note_is_in_the_trail(material: Material) -> None:
    shorten()
    rui = signed_in(Client(), a_person("rui"))
    page = rui.get(to(material)).content.decode()
    assert (
        "A page was shortened: a second look" in page
        and "A consent behind it ends earlier or covers less" in page
        and "<bdi>Leila</bdi>, " in page
    )
    assert rui.post(to(material), {"note": "The family asked for it."}).status_code == 302
    row = PageShortening.objects.get()
    assert row.reviewed_by == a_person("rui") and row.reviewed_at
    assert "The family asked for it." in str(Entry.objects.get(verb="materials.page.looked_at").detail)
    assert ASKS not in today("rui")


def test_who_shortened_it_does_not_look_at_it_even_when_they_sign(material: Material) -> None:
    shorten()
    with triggers_off():
        PageShortening.objects.update(shortened_by=a_person("rui"))
    assert ASKS not in today("rui")
    answer = signed_in(Client(), a_person("rui")).post(to(material))
    assert answer.status_code == 422 and "You shortened it. Somebody else looks at it." in answer.content.decode()
    assert PageShortening.objects.get().reviewed_at is None


def test_the_database_asks_for_another_person_once(material: Material) -> None:
    shorten()
    now = timezone.now()
    with pytest.raises(IntegrityError, match="shortening_is_looked_at_by_another"), transaction.atomic():
        PageShortening.objects.update(reviewed_by=a_person("leila"), reviewed_at=now)
    PageShortening.objects.update(reviewed_by=a_person("rui"), reviewed_at=now)
    assert "reviewed" in undone(lambda: PageShortening.objects.update(reviewed_at=now + dt.timedelta(hours=1)))
