"""What happened, in the story: dates as far as they are known, in order; what an event rests on; taken out and brought back."""

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, TimelineEvent
from directory.dates.told import told_words
from packet.pages.events import place_of
from tests.factories import a_case, a_claim
from tests.packet.filling import at, boxes, event, fill, opened, words
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def test_events_stand_in_order_with_their_precision(ana: Client, case: Case) -> None:
    for sent in (
        event("Appeal hearing.", "26 November 2026", is_expected="on"),
        event("Arrested.", "about 14 March 2025"),
        event("Questioned.", "14 to 19 March 2025"),
        event("Moved.", "April 2025"),
    ):
        page = fill(ana, case, sent)
        assert page.status_code == 200, sent
    text = words(page).partition("What happened")[2]
    places = [text.index(said) for said in ("Arrested.", "Questioned.", "Moved.", "Appeal hearing.")]
    assert places == sorted(places)
    for said in (
        "about 14 March 2025",
        "between 14 and 19 March 2025",
        "April 2025, day not known",
        "26 November 2026, expected",
    ):
        assert said in text


def test_a_date_of_another_calendar_is_kept_as_it_was_told(ana: Client, case: Case) -> None:
    fill(ana, case, event("A coup.", "1332-5-28 solar"))
    row = TimelineEvent.objects.get()
    assert (row.on, told_words(row.on)) == ("1953-08-19", "1332-5-28, Solar Hijri (Persian, Afghan)")
    fill(ana, case, {f"e-{row.pk}-event": "The coup."}, place=place_of(row))
    row.refresh_from_db()
    assert (row.event, row.on) == ("The coup.", "1953-08-19")
    assert told_words(row.on) == "1332-5-28, Solar Hijri (Persian, Afghan)"


def test_an_event_leads_to_the_claim_that_proves_it_and_not_to_a_removed_one(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    address = reverse("casework:claim", args=[case.reference, claim.pk])
    page = fill(ana, case, event("Arrested.", "2025", rests="1"))
    part = page.content.decode().partition('class="timeline"')[2].partition("</ol>")[0]
    assert address in part and "claim 1" in part
    ana.post(reverse("casework:remove", args=[case.reference, "claim", claim.pk]))
    assert address not in ana.get(at(case)).content.decode()


def test_a_claim_of_another_case_cannot_be_chosen(ana: Client, case: Case) -> None:
    a_claim(a_case(lead=case.lead))
    answer = fill(ana, case, event("Arrested.", "2025", rests="1"))
    assert answer.status_code == 422 and not TimelineEvent.objects.exists()


def test_an_event_is_removed_from_its_open_row(ana: Client, case: Case) -> None:
    fill(ana, case, event("Arrested.", "2025"))
    row = TimelineEvent.objects.get()
    sent = opened(ana, case, place_of(row))
    page = ana.get(at(case, place_of(row))).content.decode()
    address = reverse("casework:remove", args=[case.reference, "event", row.pk])
    assert f'formaction="{address}"' in page
    gone = ana.post(address, sent, follow=True)
    assert "Arrested." not in words(gone).partition("Who the person is")[2]
    assert ana.get(reverse("casework:change_event", args=[case.reference, row.pk])).status_code == 404


def test_an_event_that_a_colleague_took_out_is_not_lost(ana: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025", event="Arrested.")
    base = opened(ana, case, place_of(row))
    ana.post(reverse("casework:remove", args=[case.reference, "event", row.pk]))
    page = fill(ana, case, {f"e-{row.pk}-event": "Arrested at home."}, base=base)
    assert "An event: Ana took it out of the packet on" in words(page) and "“Arrested at home.”" in words(page)
    assert not [name for name in boxes(page) if name.startswith(f"e-{row.pk}")]
