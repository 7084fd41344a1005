"""The practice data is what a new user sees first: three cases in different states, and nobody who exists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.sign_in.factors import has_factor
from accounts.signing import may_sign_now
from advocacy.models import Milestone
from casework.models import Case, PossibleTwin
from directory.models import Recipient
from materials.review.readiness import why_not_ready
from safety.models import Hold, RiskAssessment
from tests.advocacy.alarms import as_typed
from tests.advocacy.journeys import a_written
from tests.people import signed_in
from web.demo import load

pytestmark = pytest.mark.django_db


def test_the_practice_office_is_whole_and_each_case_is_in_another_state() -> None:
    people = load("a long practice password")
    mine = Case.objects.visible_to(people["ana"]).order_by("codename")
    assert [case.codename for case in mine] == ["Marram", "Plover", "Sorrel"]
    assert all(case.country == "XPR" for case in Case.objects.all())
    assert [RiskAssessment.objects.filter(case=case).count() for case in mine] == [0, 1, 1]
    assert [Hold.objects.over(case).standing().exists() for case in mine] == [False, True, False]
    assert Milestone.objects.open().filter(case__codename="Sorrel").exists()


def test_an_arabic_briefing_of_the_practice_office_is_ready_for_review() -> None:
    people = load("a long practice password")
    case = Case.objects.get(codename="Sorrel")
    material = a_written(case, language="ar")
    assert why_not_ready(material) == []
    assert not {row["what"] for row in material.withheld["rows"] if row["why"] == "not-translated"}
    text = "".join(row["text"] for row in material.body)
    assert material.title.startswith("فيدران أوسكولوف") and "استُجوب خمسة أيام من دون محامٍ" in text
    assert {row.signed_by for row in case.translations.all()} == {people["leila"]}


def test_practice_people_can_sign_in_and_sign_at_once() -> None:
    people = load("a long practice password")
    assert all(has_factor(person) and person.check_password("a long practice password") for person in people.values())
    assert may_sign_now(people["rui"]) is None
    assert not Case.objects.visible_to(people["admin"]).exists()
    assert [case.codename for case in Case.objects.visible_to(people["sam"])] == ["Bittern"]


def test_an_alarm_for_a_prisoner_of_the_practice_office_is_tied_to_the_case_it_has(
    client: Client, settings: Any
) -> None:
    settings.PRACTICE = True
    people = load("a long practice password")
    signed_in(client, people["sam"])
    typed = as_typed(*Recipient.objects.filter(passes_name_on=False), name="Vedran Oskolov", country="XPR")
    answer = client.post(reverse("advocacy:urgent"), typed)
    assert answer.status_code == 302, answer.content.decode()
    twin = PossibleTwin.objects.get()
    assert "Sorrel" in {twin.one.codename, twin.other.codename}
