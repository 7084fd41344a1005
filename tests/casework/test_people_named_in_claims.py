"""Whom a claim names besides the prisoner is said when it is saved, and nothing is refused for it."""

import html
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Ask, Case, Claim, Demand
from tests.advocacy.alarms import a_recipient
from tests.casework.sheet import new_row, send
from tests.casework.test_claims import at
from tests.factories import a_case, a_claim, a_contact, a_detention, a_prisoner, on_case
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NAMED = "He shares a cell with Marwan Hadidi."
SAYS = "This claim names somebody else"
UNREAD = "Names of other people cannot be looked for here"


@pytest.fixture
def case() -> Case:
    made = a_case()
    a_prisoner(made, "Ilias Varanen")
    return made


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def saved(ana: Client, case: Case, sentence: str, *, change: bool = False) -> str:
    """The page of the claim that this sentence is saved as; the table says it first, where there is somebody."""
    row = {"c1-text": sentence} if change else new_row(text=sentence, discloses_nothing="on")
    answer = send(ana, case, row)
    assert answer.status_code == 200 and Claim.objects.filter(case=case).exists()
    claim = Claim.objects.latest("number")
    assert claim.text == sentence
    page = html.unescape(ana.get(at("claim", case, claim.pk)).content.decode())
    assert ("It names somebody else" in html.unescape(answer.content.decode())) == ('id="people-named"' in page)
    return page


def test_who_else_a_claim_names_is_said_after_saving_with_what_to_do(ana: Client, case: Case) -> None:
    page = saved(ana, case, NAMED)
    part = page.partition('id="people-named"')[2].partition("</section>")[0]
    assert SAYS in part and "<bdi>Marwan Hadidi</bdi>" in part
    assert "ask for their own consent" in part and "without the name" in part and "a signer" in part
    assert at("add_contact", case) in part and at("change_claim", case, Claim.objects.get().pk) in part
    assert UNREAD not in page


def test_it_is_said_after_a_change_too_and_is_gone_when_the_name_is(ana: Client, case: Case) -> None:
    claim = a_claim(case, "He shares a cell with another man.")
    assert SAYS not in html.unescape(ana.get(at("claim", case, claim.pk)).content.decode())
    assert SAYS in saved(ana, case, NAMED, change=True)
    assert SAYS not in saved(ana, case, "He shares a cell with a man.", change=True)


def test_several_people_are_each_named_once(ana: Client, case: Case) -> None:
    page = saved(ana, case, f"{NAMED} Ode Lindqvist saw Marwan Hadidi.")
    part = page.partition('id="people-named"')[2].partition("</section>")[0]
    assert "This claim names other people" in part
    assert part.count("Marwan Hadidi") == 1 and "Ode Lindqvist" in part


def _a_sister(case: Case) -> None:
    a_contact(case, "Marwan Hadidi")


def _another_form(case: Case) -> None:
    a_contact(case, "M. al-Hadidi", other_names="Marwan Hadidi")


def _an_addressee(case: Case) -> None:
    demand = Demand.objects.create(case=case, text="Let him go", aim="release")
    Ask.objects.create(case=case, demand=demand, to="Marwan Hadidi")


def _a_recipient(case: Case) -> None:
    a_recipient("Marwan Hadidi")


def _the_prisoner(case: Case) -> None:
    a_prisoner(case, "Marwan Hadidi")


KNOWN: dict[str, Any] = {
    "somebody around the prisoner": _a_sister,
    "another form of somebody's name": _another_form,
    "an addressee": _an_addressee,
    "an approved recipient": _a_recipient,
    "the prisoner": _the_prisoner,
}


@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)
def test_who_is_known_to_the_case_is_not_called_somebody_else(ana: Client, known: Any) -> None:
    case = a_case()
    known(case)
    assert SAYS not in saved(ana, case, NAMED)


def test_a_contact_of_another_case_and_a_removed_one_are_somebody_else(ana: Client, case: Case) -> None:
    a_contact(a_case(), "Marwan Hadidi")
    gone = a_contact(case, "Marwan Hadidi")
    gone.removed_at = timezone.now()
    gone.save()
    assert SAYS in saved(ana, case, NAMED)


def test_the_place_and_bodies_name_nobody(ana: Client, case: Case) -> None:
    a_detention(case, place="Old Mill, Brezje")
    assert SAYS not in saved(ana, case, "He is in Old Mill, Brezje, says the Ministry of Justice.")


def test_where_no_capitals_tell_a_name_the_page_says_that_nobody_looked(ana: Client, case: Case) -> None:
    page = saved(ana, case, "كان في الزنزانة مع مروان.")
    part = page.partition('id="people-not-looked-for"')[2].partition("</section>")[0]
    assert UNREAD in part and "Arabic or Persian: a name cannot be told from another word." in part
    assert SAYS not in page


def test_who_changes_no_claim_is_told_nothing_of_who_is_known(client: Client, case: Case) -> None:
    claim = a_claim(case, NAMED)
    omar = signed_in(client, on_case(case, "omar", "reader"))
    page = html.unescape(omar.get(at("claim", case, claim.pk)).content.decode())
    assert "Marwan Hadidi" in page and SAYS not in page and "people-named" not in page
