"""A day on which the office is closed: its country's holidays, none where it names no country or one that nobody knows."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from advocacy.actions.plans import make_plan
from config.environment import Environment
from directory.dates import working_days
from tests.factories import a_case
from tests.people import a_person, signed_in

CARNATION, CHRISTMAS, A_FRIDAY = dt.date(2028, 4, 25), dt.date(2026, 12, 25), dt.date(2026, 12, 11)


@pytest.fixture(autouse=True)
def lisbon(settings: Any) -> Any:
    """The office works in Portugal."""
    settings.OFFICE_COUNTRY = "PRT"
    return settings


def test_the_office_is_closed_on_a_holiday_of_its_country_and_the_day_has_its_name() -> None:
    assert not working_days.is_open(CHRISTMAS, "XPR") and working_days.is_open(A_FRIDAY, "XPR")
    assert working_days.holiday_on(CHRISTMAS) == "Christmas Day" and working_days.holiday_on(A_FRIDAY) == ""
    with translation.override("pt"):
        assert working_days.holiday_on(CHRISTMAS) == "Dia de Natal"
    with translation.override("ar"):
        assert working_days.holiday_on(CHRISTMAS) == "Christmas Day", "it is not known in Arabic"


@pytest.mark.parametrize("country", ["", "XPR", "QQQ"])
def test_an_office_without_a_country_that_is_known_has_no_holiday(lisbon: Any, country: str) -> None:
    lisbon.OFFICE_COUNTRY = country
    assert working_days.is_open(CHRISTMAS, "XPR") and working_days.holiday_on(CHRISTMAS) == ""


def test_what_falls_on_a_holiday_moves_to_the_next_day_on_which_both_work() -> None:
    noon = dt.datetime(2026, 12, 25, 12, tzinfo=dt.UTC)
    assert working_days.next_open(noon, "XPR") == noon + dt.timedelta(days=3), "Christmas is a Friday"


@pytest.mark.django_db
def test_no_step_of_a_plan_of_weeks_falls_on_a_holiday_of_the_office() -> None:
    case = a_case()
    starts_at = dt.datetime(2028, 4, 3, 9, tzinfo=dt.UTC)
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=starts_at)
    days = {timezone.localdate(row.due_at) for row in plan.milestones.all()}
    assert days and not [day for day in days if working_days.holiday_on(day)]
    assert CARNATION not in days


@pytest.mark.django_db
def test_without_its_country_some_step_of_that_plan_would_fall_on_the_holiday(lisbon: Any) -> None:
    lisbon.OFFICE_COUNTRY = ""
    case = a_case()
    found = set()
    for ahead in range(5):
        starts_at = dt.datetime(2028, 4, 3 + ahead, 9, tzinfo=dt.UTC)
        plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=starts_at)
        found |= {timezone.localdate(row.due_at) for row in plan.milestones.all()}
        plan.ended_at = timezone.now()
        plan.save()
    assert CARNATION in found


@pytest.mark.django_db
def test_the_calendar_shades_the_day_and_names_it(client: Client) -> None:
    signed_in(client, a_person("ana"))
    page = client.get("/calendar/", {"month": "2026-12"}).content.decode()
    assert "Office closed: <bdi>Christmas Day</bdi>" in page


@pytest.mark.parametrize("wrong", ["Portugal", "pt", "PT", "prt", "P T"])
def test_a_country_that_is_no_code_is_said_in_a_sentence(wrong: str) -> None:
    env = Environment({"AMPARO_COUNTRY": wrong})
    assert env.country("AMPARO_COUNTRY") == ""
    assert any("three letters of a country" in fault for fault in env.faults)
