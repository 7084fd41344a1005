"""The timeline: dates as far as they are known, in order, changed and removed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case, TimelineEvent
from directory.dates.told import told_words
from tests.factories import a_case, a_claim, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def at(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def test_events_stand_in_order_with_their_precision(ana: Client, case: Case) -> None:
    for sent in (
        {"on_0": "26", "on_1": "11", "on_2": "2026", "event": "Appeal hearing.", "is_expected": "on"},
        {"on_0": "14", "on_1": "3", "on_2": "2025", "on_3": "on", "event": "Arrested."},
        {"on_2": "2025-03-14/2025-03-19", "event": "Questioned."},
        {"on_1": "4", "on_2": "2025", "event": "Moved."},
    ):
        assert ana.post(at("add_event", case), sent).status_code == 302, sent
    page = ana.get(at("timeline", case)).content.decode()
    places = [page.index(words) for words in ("Arrested.", "Questioned.", "Moved.", "Appeal hearing.")]
    assert places == sorted(places)
    for words in (
        "about 14 March 2025",
        "between 14 and 19 March 2025",
        "April 2025, day not known",
        "26 November 2026, expected",
    ):
        assert words in page


def test_a_date_of_another_calendar_is_kept_as_it_was_told(ana: Client, case: Case) -> None:
    sent = {"on_0": "28", "on_1": "5", "on_2": "1332", "on_4": "solar", "event": "A coup."}
    ana.post(at("add_event", case), sent)
    row = TimelineEvent.objects.get()
    assert row.on == "1953-08-19"
    assert told_words(row.on) == "1332-5-28, Solar Hijri (Persian, Afghan)"
    ana.post(
        at("change_event", case, row.pk),
        {"on_0": "19", "on_1": "8", "on_2": "1953", "event": "The coup.", "version": row.version},
    )
    row.refresh_from_db()
    assert (row.event, row.on) == ("The coup.", "1953-08-19")
    assert told_words(row.on) == "1332-5-28, Solar Hijri (Persian, Afghan)"


def test_a_faulty_date_keeps_what_was_typed(ana: Client, case: Case) -> None:
    answer = ana.post(
        at("add_event", case), {"on_0": "31", "on_1": "2", "on_2": "2025", "event": "Visited by his lawyer."}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "this month has no such day" in page
    assert "Visited by his lawyer." in page
    assert not TimelineEvent.objects.exists()


def test_an_event_leads_to_the_claim_that_proves_it_and_not_to_a_removed_one(ana: Client, case: Case) -> None:
    claim = a_claim(case)
    ana.post(at("add_event", case), {"on_2": "2025", "event": "Arrested.", "claim": str(claim.pk)})
    assert "claim 1" in ana.get(at("timeline", case)).content.decode()
    ana.post(at("remove", case, "claim", claim.pk))
    assert at("claim", case, claim.pk) not in ana.get(at("timeline", case)).content.decode()


def test_a_claim_of_another_case_proves_nothing_here(ana: Client, case: Case) -> None:
    other = a_claim(a_case(lead=case.lead))
    assert (
        ana.post(at("add_event", case), {"on_2": "2025", "event": "Arrested.", "claim": str(other.pk)}).status_code
        == 422
    )


def test_an_event_is_removed(ana: Client, case: Case) -> None:
    ana.post(at("add_event", case), {"on_2": "2025", "event": "Arrested."})
    row = TimelineEvent.objects.get()
    ana.post(at("remove", case, "event", row.pk))
    assert "Arrested." not in ana.get(at("timeline", case)).content.decode()
    assert ana.get(at("change_event", case, row.pk)).status_code == 404


def test_a_reader_reads_and_a_stranger_does_not(client: Client, case: Case) -> None:
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    signed_in(client, on_case(case, "tomas", "reader"))
    page = client.get(at("timeline", case)).content.decode()
    assert "Arrested." in page
    assert "Add an event" not in page
    assert client.get(at("add_event", case)).status_code == 403
    assert client.get(at("change_event", case, row.pk)).status_code == 403
    signed_in(client, a_person("sam"))
    for name, args in (("timeline", []), ("add_event", []), ("change_event", [row.pk])):
        assert client.get(at(name, case, *args)).status_code == 404


def test_the_number_of_queries_does_not_follow_the_number_of_events(
    ana: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    TimelineEvent.objects.create(case=case, on="2025", event="First.", claim=a_claim(case))
    ana.get(at("timeline", case))
    with django_assert_max_num_queries(40) as few:
        ana.get(at("timeline", case))
    for year in range(1990, 2000):
        TimelineEvent.objects.create(case=case, on=str(year), event=f"In {year}.", claim=a_claim(case))
    with django_assert_max_num_queries(len(few.captured_queries)):
        ana.get(at("timeline", case))
