"""An event and the claim that proves it are typed once: each can be made from the other."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.actions.evidence import add_claim
from casework.models import Claim, TimelineEvent
from tests.casework.sheet import address, new_row, opened, send
from tests.factories import a_case, a_claim
from tests.packet.filling import boxes
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
WORDS = "He was taken to Colony 4."


def an_event(case: Any, **fields: Any) -> TimelineEvent:
    return TimelineEvent.objects.create(**{"case": case, "on": "2026-03-04", "event": WORDS, **fields})


def test_the_timeline_leads_to_a_claim_that_begins_with_the_words_and_date_of_the_event(client: Client) -> None:
    case = a_case()
    event = an_event(case)
    signed_in(client, a_person("ana"))
    url = reverse("casework:add_claim", args=[case.reference]) + f"?event={event.pk}"
    assert url in client.get(reverse("casework:case", args=[case.reference])).content.decode()
    assert client.get(url).url == address(case, f"event={event.pk}") + "#n1"
    row = opened(client, case, f"event={event.pk}")
    assert row["n1-text"] == WORDS and row["n1-on"] == "4 March 2026" and row["n1-event"] == str(event.pk)
    assert send(client, case, {}, query=f"event={event.pk}").status_code == 200
    claim = Claim.objects.get(case=case)
    event.refresh_from_db()
    assert event.claim == claim and (claim.text, claim.on) == (WORDS, "2026-03-04")
    assert url not in client.get(reverse("casework:case", args=[case.reference])).content.decode()


def test_a_claim_is_put_on_the_timeline_with_its_words_and_date_and_only_once(client: Client) -> None:
    case = a_case()
    claim = a_claim(case, WORDS, on="2026-03-04")
    signed_in(client, a_person("ana"))
    url = reverse("casework:add_event", args=[case.reference]) + f"?claim={claim.pk}"
    page = reverse("casework:claim", args=[case.reference, claim.pk])
    assert url in client.get(page).content.decode()
    row = boxes(client.get(url, follow=True))
    assert (row["e0-event"], row["e0-on"], row["e0-rests"]) == (WORDS, "4 March 2026", "1")
    an_event(case, claim=claim)
    assert url not in client.get(page).content.decode()


def test_an_event_of_another_case_gives_no_word_away_and_is_not_linked(client: Client) -> None:
    case, other = a_case(), a_case(lead=a_person("sam"))
    event = an_event(other, event="Something hidden")
    ana = a_person("ana")
    signed_in(client, ana)
    for key in (event.pk, uuid.uuid4(), "nothing"):
        page = client.get(reverse("casework:add_claim", args=[case.reference]) + f"?event={key}", follow=True)
        assert page.status_code == 200 and "Something hidden" not in page.content.decode()
        page = client.get(address(case, f"event={key}"))
        assert page.status_code == 200 and "Something hidden" not in page.content.decode()
    with pytest.raises(ValidationError, match="another case"):
        add_claim(actor=ana, case=case, values={"text": "He is held."}, event=event)
    event.refresh_from_db()
    assert event.claim is None and not Claim.objects.filter(case=case).exists()
    send(client, case, new_row(text="He is held.", event=str(event.pk)))
    event.refresh_from_db()
    assert event.claim is None and Claim.objects.get(case=case).text == "He is held."
