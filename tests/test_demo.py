"""The practice data is what a new user sees first: three cases in different states, and nobody who exists."""

import pytest

from accounts.sign_in.factors import has_factor
from accounts.signing import may_sign_now
from advocacy.models import Milestone
from casework.models import Case
from safety.models import Hold, RiskAssessment
from web.demo import load

pytestmark = pytest.mark.django_db


def test_the_practice_office_is_whole_and_each_case_is_in_another_state() -> None:
    people = load("a long practice password")
    mine = Case.objects.visible_to(people["ana"]).order_by("codename")
    assert [case.codename for case in mine] == ["Marram", "Plover", "Sorrel"]
    assert all(case.is_practice and case.country == "XPR" for case in Case.objects.all())
    assert [RiskAssessment.objects.filter(case=case).count() for case in mine] == [0, 1, 1]
    assert [Hold.objects.over(case).standing().exists() for case in mine] == [False, True, False]
    assert Milestone.objects.open().filter(case__codename="Sorrel").exists()


def test_practice_people_can_sign_in_and_sign_at_once() -> None:
    people = load("a long practice password")
    assert all(has_factor(person) and person.check_password("a long practice password") for person in people.values())
    assert may_sign_now(people["rui"]) is None
    assert not Case.objects.visible_to(people["admin"]).exists()
    assert [case.codename for case in Case.objects.visible_to(people["sam"])] == ["Bittern"]
