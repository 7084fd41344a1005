"""The pages that are asked for most compile no query once they are warm, and are never a request behind the truth."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.utils import timezone

from accounts.models import User
from advocacy.actions.plans import make_plan
from casework.access import settle_rights
from casework.models import Case, CaseGroup, Membership
from safety.models import Hold
from tests.factories import a_case, a_claim, a_consent, a_detention, a_prisoner, a_twin, on_case, put_on
from tests.gate.ready import a_signed_assessment, make_ready
from tests.people import a_person, signed_in
from work.models import Notice

pytestmark = pytest.mark.django_db

Ask = Callable[[Client], str]
WORDS = "Sorrel"


def a_full_case(codename: str = WORDS) -> Case:
    """Return a case with something of each kind that a hot page shows."""
    case = a_case(codename=codename)
    rui = on_case(case, "rui", "reviewer")
    a_prisoner(case, "Jan Novak")
    a_detention(case, place="Central prison", charge="Article 1")
    a_claim(case)
    a_consent(case, lasts=dt.timedelta(days=5))
    a_signed_assessment(case, author=case.lead, signer=rui)
    make_plan(
        actor=case.lead,
        case=case,
        template="SIX_WEEK",
        starts_at=timezone.now() - dt.timedelta(days=3),
        now=timezone.now() - dt.timedelta(days=3),
    )
    return case


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


def search(client: Client) -> str:
    """Search for the codename, and return the list that it leads to: the words typed stand in it, so it ends before them."""
    answer = client.post("/cases/search/", {"words": WORDS[:4]}, follow=True)
    return answer.content.decode() if answer.status_code == 200 and answer.request["PATH_INFO"] == "/cases/" else "away"


def pages_of(case: Case) -> dict[str, Ask]:
    return {
        "list": lambda client: read(client, "/cases/"),
        "filtered list": lambda client: read(client, "/cases/?country=XPR&status=DS_UNKNOWN"),
        "case": lambda client: read(client, f"/cases/{case.reference}/"),
        "tasks": lambda client: read(client, f"/cases/{case.reference}/tasks/"),
        "Today": lambda client: read(client, "/?of=cases"),
        "search": search,
    }


NAMES = ("list", "filtered list", "case", "tasks", "Today", "search")


def compiled_by(act: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what Django compiles while this is done."""
    found: list[str] = []
    plain = SQLCompiler.as_sql

    def counting(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        found.append(str(self.query.model))
        return plain(self, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(SQLCompiler, "as_sql", counting)
        act()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_warm_page_compiles_nothing_for_anybody(client: Client, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_case()
    make_ready("MIN_BRIEF", "AU_DIPLO")
    ask = pages_of(case)[name]
    assert WORDS in ask(signed_in(client, case.lead))
    cold = Client()
    signed_in(cold, a_person("rui"))
    ask(client)  # what a search keeps in memory it made at the first; what was done since is asked from the second on
    assert compiled_by(lambda: ask(client), monkeypatch) == []
    ask(cold)
    assert compiled_by(lambda: ask(cold), monkeypatch) == []


def test_the_page_of_notices_compiles_nothing_once_it_is_warm(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_case()
    told = {"user": case.lead, "kind": "casework.member.added", "case_id": case.pk, "made_at": timezone.now()}
    Notice.objects.create(**told, dedup="1", read_at=timezone.now())
    signed_in(client, case.lead)
    assert case.reference in read(client, "/notices/")
    assert compiled_by(lambda: read(client, "/notices/"), monkeypatch) == []
    assert "Mark all as read" not in read(client, "/notices/")
    Notice.objects.create(**told, dedup="2")
    assert "Mark all as read" in read(client, "/notices/")


def test_counting_would_see_a_query_that_is_compiled(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled_by(lambda: list(User.objects.all()), monkeypatch) != []


@pytest.mark.parametrize("name", NAMES)
def test_a_right_taken_away_shows_at_the_next_request(client: Client, name: str) -> None:
    case, leila = a_full_case(), a_person("leila")
    put_on(case, leila, "reader")
    ask = pages_of(case)[name]
    signed_in(client, leila)
    assert f"{WORDS}" in ask(client) and case.reference in ask(client)
    Membership.objects.filter(user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    assert case.reference not in ask(client)


@pytest.mark.parametrize("name", NAMES)
def test_a_right_whose_time_is_over_shows_at_the_next_request(
    client: Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, leila = a_full_case(), a_person("leila")
    put_on(case, leila, "reader")
    Membership.objects.filter(user=leila).update(until=timezone.now() + dt.timedelta(minutes=5))
    settle_rights(case, leila)
    ask = pages_of(case)[name]
    signed_in(client, leila)
    assert case.reference in ask(client) and case.reference in ask(client)
    later = timezone.now() + dt.timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert case.reference not in ask(client)


@pytest.mark.parametrize("name", NAMES)
def test_a_closed_account_is_let_in_no_more(client: Client, name: str) -> None:
    case = a_full_case()
    ask = pages_of(case)[name]
    signed_in(client, case.lead)
    assert case.reference in ask(client) and case.reference in ask(client)
    User.objects.filter(pk=case.lead_id).update(is_active=False)
    assert case.reference not in ask(client)


@pytest.mark.parametrize("name", NAMES)
def test_an_ended_session_is_let_in_no_more(client: Client, name: str) -> None:
    case = a_full_case()
    ask = pages_of(case)[name]
    signed_in(client, case.lead)
    assert case.reference in ask(client) and case.reference in ask(client)
    client.session.delete()
    assert case.reference not in ask(client)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scope", ["case", "group", "country", "office"])
def test_a_hold_shows_at_the_next_request_and_its_end_at_the_one_after(
    client: Client, name: str, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_full_case()
    group = CaseGroup.objects.create(codename="Together")
    Case.objects.filter(pk=case.pk).update(group=group)
    ask = pages_of(case)[name]
    signed_in(client, case.lead)
    assert "On hold" not in ask(client) and "On hold" not in ask(client)
    of = {"case": {"case": case}, "group": {"group": group}, "country": {"country": "XPR"}, "office": {}}[scope]
    ends_at = timezone.now() + dt.timedelta(minutes=5)
    given = {"kind": "precaution", "ends_at": ends_at, "held_by": case.lead, "reason": "His brother was called."}
    Hold.objects.create(scope=scope, **given, **of)
    assert ("His brother was called." if name == "Today" else "On hold") in ask(client)
    monkeypatch.setattr(timezone, "now", lambda: ends_at + dt.timedelta(seconds=1))
    assert "On hold" not in ask(client) and case.reference in ask(client)


def test_a_twin_and_a_new_fact_show_at_the_next_request(client: Client) -> None:
    case = a_full_case()
    ask = pages_of(case)["case"]
    signed_in(client, a_person("rui"))
    before = ask(client)
    a_twin(case)
    a_claim(case, "He was moved to another prison.")
    assert "He was moved to another prison." in ask(client)
    assert "may be about the same person" in ask(client) and "may be about the same person" not in before


def test_the_next_person_of_the_same_process_sees_nothing_of_the_one_before(client: Client) -> None:
    case = a_full_case()
    stranger = signed_in(Client(), a_person("sam"))
    signed_in(client, case.lead)
    for name, ask in pages_of(case).items():
        assert case.reference in ask(client), name
        assert case.reference not in ask(stranger), name
