"""Rights, demands and asks through their pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Ask, Case, Demand, RightImplicated
from tests.factories import a_case, on_case
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


def demand(ana: Client, case: Case, text: str, *, leads: bool = True) -> Any:
    return ana.post(at("add_demand", case), {"text": text, "rank": "1", **({"is_lead": "on"} if leads else {})})


def test_a_demand_and_its_ask_are_written_changed_and_removed(ana: Client, case: Case) -> None:
    demand(ana, case, "Let a doctor see him.")
    row = Demand.objects.get(case=case)
    sent = {
        "demand": str(row.pk),
        "to": "Ministry of Justice",
        "text": "Allow a visit.",
        "by_0": "15",
        "by_1": "12",
        "by_2": "2026",
    }
    ana.post(at("add_ask", case), sent)
    ask = Ask.objects.get(case=case)
    assert (ask.to, ask.text, ask.by, ask.demand) == ("Ministry of Justice", "Allow a visit.", "2026-12-15", row)
    page = ana.get(at("asks", case)).content.decode()
    for words in ("Let a doctor see him.", "Allow a visit.", "Ministry of Justice", "15 December 2026"):
        assert words in page
    ana.post(at("change_ask", case, ask.pk), {**sent, "text": "Allow two visits.", "version": ask.version})
    ask.refresh_from_db()
    assert ask.text == "Allow two visits."
    refused = ana.post(at("remove", case, "demand", row.pk), follow=True)
    assert "Asks stand under this demand." in refused.content.decode()
    ana.post(at("remove", case, "ask", ask.pk))
    ana.post(at("remove", case, "demand", row.pk))
    assert "Let a doctor see him." not in ana.get(at("asks", case)).content.decode()
    ana.post(at("undo", case, "demand", row.pk))
    assert "Let a doctor see him." in ana.get(at("asks", case)).content.decode()


def test_two_demands_lead_and_a_third_does_not(ana: Client, case: Case) -> None:
    demand(ana, case, "Release him.")
    demand(ana, case, "Let a doctor see him.")
    answer = demand(ana, case, "Let his lawyer in.")
    assert answer.status_code == 422
    assert "Two demands lead already." in answer.content.decode()
    assert demand(ana, case, "Let his lawyer in.", leads=False).status_code == 302
    third = Demand.objects.get(is_lead=False)
    answer = ana.post(
        at("change_demand", case, third.pk), {"text": "x", "rank": "1", "is_lead": "on", "version": third.version}
    )
    assert answer.status_code == 422


def test_an_ask_needs_a_demand_of_its_own_case(ana: Client, case: Case) -> None:
    assert "A demand comes first" in ana.get(at("add_ask", case)).content.decode()
    other = a_case(lead=case.lead)
    demand(ana, other, "Elsewhere.")
    demand(ana, case, "Here.")
    sent = {"demand": str(Demand.objects.get(case=other).pk), "to": "x", "text": "y"}
    assert ana.post(at("add_ask", case), sent).status_code == 422
    assert not Ask.objects.exists()


def test_a_right_shows_its_articles_and_stands_once(ana: Client, case: Case) -> None:
    ana.post(at("add_right", case), {"right": "R_LIBERTY", "fact": "No warrant was shown."})
    page = ana.get(at("asks", case)).content.decode()
    assert "ICCPR 9" in page
    assert "ECHR 5" in page
    assert "No warrant was shown." in page
    assert ana.post(at("add_right", case), {"right": "R_LIBERTY"}).status_code == 422
    row = RightImplicated.objects.get()
    ana.post(at("change_right", case, row.pk), {"right": "R_COUNSEL", "version": row.version})
    row.refresh_from_db()
    assert row.right == "R_COUNSEL"
    ana.post(at("remove", case, "right", row.pk))
    assert "ICCPR 14" not in ana.get(at("asks", case)).content.decode()


def test_a_reader_sees_and_does_not_change_and_a_stranger_sees_nothing(client: Client, case: Case) -> None:
    signed_in(client, case.lead)
    demand(client, case, "Release him.")
    row = Demand.objects.get()
    signed_in(client, on_case(case, "tomas", "reader"))
    page = client.get(at("asks", case)).content.decode()
    assert "Release him." in page
    assert "Add a demand" not in page
    for name in ("add_demand", "add_ask", "add_right"):
        assert client.get(at(name, case)).status_code == 403
    signed_in(client, a_person("sam"))
    for name, args in (("asks", []), ("add_demand", []), ("change_demand", [row.pk]), ("add_right", [])):
        assert client.get(at(name, case, *args)).status_code == 404
