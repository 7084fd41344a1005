"""Who sees over a thousand cases is counted for once a minute; what they see is asked at each request."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from accounts.caching import kept_for_a_person
from accounts.caching.kept_for_a_person import KeptForAPerson
from casework import access
from casework.access import settle_rights
from casework.access.kept_counts import CaseCounts
from casework.models import Case, Membership
from casework.pages import case_list
from safety.models import Hold
from sealing.queries import known_queries
from tests.factories import a_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let everybody who sees a case see many of them, and return the hour by which is counted."""
    hour = [0.0]
    monkeypatch.setattr(case_list, "sees_many", lambda user: Case.objects.visible_to(user).exists())
    monkeypatch.setattr(case_list, "KEPT", KeptForAPerson(lambda: hour[0]))
    return hour


def the_list(client: Client) -> str:
    answer = client.get("/cases/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def take_away(case: Case) -> None:
    Membership.objects.filter(case=case).update(ended_at=timezone.now())
    settle_rights(case, case.lead)


def test_options_and_counts_are_a_minute_old_at_most(client: Client, clock: list[float]) -> None:
    a_case(codename="Heron", country="XPR")
    signed_in(client, a_person("ana"))
    assert "1 of 1 cases" in the_list(client)
    a_case(codename="Quince", country="ZAF")
    later = the_list(client)
    assert "Quince" in later and "1 of 1 cases" in later and 'value="ZAF"' not in later
    clock[0] = 60.0
    assert "2 of 2 cases" in the_list(client) and 'value="ZAF"' in the_list(client)


def test_what_a_filter_leaves_is_a_minute_old_at_most_and_each_filter_is_counted(
    client: Client, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "ROWS", 1)
    for name, country in (("Heron", "XPR"), ("Quince", "XPR"), ("Alder", "ZAF"), ("Plover", "ZAF"), ("Sedge", "ZAF")):
        a_case(codename=name, country=country)
    signed_in(client, a_person("ana"))

    def left_by(query: str) -> str:
        return client.get(f"/cases/{query}").content.decode().partition(" of ")[0].rpartition(">")[2]

    assert [left_by(f"?country={code}") for code in ("XPR", "ZAF")] == ["2", "3"]
    assert left_by("?mine=1") == left_by("?country=XPR&country=ZAF") == "5"
    a_case(codename="Lantern", country="XPR")
    assert left_by("?country=XPR") == "2"
    clock[0] = 60.0
    assert left_by("?country=XPR") == "3"
    assert left_by("?country=XPR&mine=1") == "3"


def test_a_hold_and_a_right_that_was_taken_away_show_at_once(client: Client, clock: list[float]) -> None:
    heron, quince = a_case(codename="Heron", country="XPR"), a_case(codename="Quince", country="ZAF")
    signed_in(client, heron.lead)
    assert "Quince" in the_list(client)
    Hold.objects.create(scope="case", case=heron, kind="until_lifted", held_by=heron.lead, reason="Summoned.")
    assert "On hold" in the_list(client)
    take_away(quince)
    assert "Quince" not in the_list(client) and quince.reference not in the_list(client)
    take_away(heron)
    assert "Heron" not in the_list(client), "whoever sees no more than a thousand is counted for at once"
    assert 'value="ZAF"' not in the_list(client)


def test_the_counts_of_one_person_are_nobody_elses(client: Client, clock: list[float]) -> None:
    a_case(codename="Heron", country="XPR")
    a_case(codename="Quince", country="ZAF", lead=a_person("sam"))
    signed_in(client, a_person("ana"))
    the_list(client)
    text = the_list(signed_in(Client(), a_person("sam")))
    assert 'value="ZAF"' in text and 'value="XPR"' not in text


def test_the_counts_of_few_people_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_for_a_person, "MOST_PEOPLE", 2)
    kept: KeptForAPerson[CaseCounts] = KeptForAPerson(lambda: 0.0)
    asked: list[int] = []

    def count(person: int) -> CaseCounts:
        return kept.of(person, lambda: asked.append(person) or CaseCounts([], person))  # type: ignore[func-returns-value]

    assert [count(person).led for person in (1, 2, 1, 3, 2, 1)] == [1, 2, 1, 3, 2, 1]
    assert asked == [1, 2, 3, 1]


@pytest.fixture
def _two_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let two cases be many, in the texts of queries too, for as long as a test takes."""
    monkeypatch.setattr(access, "MANY", 1)
    for query in known_queries():
        query.forget()
    yield
    for query in known_queries():
        query.forget()


@pytest.mark.usefixtures("_two_are_many")
def test_whether_somebody_sees_many_is_asked_at_each_request() -> None:
    cases = [a_case(codename=name) for name in ("Heron", "Quince")]
    assert access.sees_many(cases[0].lead)
    take_away(cases[0])
    assert not access.sees_many(cases[0].lead)
