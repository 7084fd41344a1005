"""Every hour is typed and shown on the office's clock; what is kept is universal time."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from advocacy import reminder_sweep
from advocacy.actions.milestones import move_start
from advocacy.actions.plans import make_plan
from advocacy.actions.reminders import remind_times
from advocacy.models import Milestone, Plan
from config.environment import Environment
from tests.factories import a_case
from tests.people import signed_in

pytestmark = pytest.mark.django_db
ABROAD = "Asia/Manila"  # eight hours ahead of universal time, the whole year
WITH_SUMMER = "Europe/Lisbon"  # the clocks go back on 25 October 2026


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


def test_an_hour_that_is_typed_is_office_time_and_is_shown_again_as_typed(client: Any, settings: Any) -> None:
    settings.TIME_ZONE = ABROAD
    case = a_case()
    signed_in(client, case.lead)
    address = reverse("advocacy:plan_new", args=[case.reference])
    assert "Office time: Manila." in client.get(address).content.decode()
    client.post(address, {"template": "FALLBACK", "on": "2027-03-02", "hour": "07:00"})
    plan = Plan.objects.get(case=case)
    assert plan.starts_at == at(2027, 3, 1, 23)
    step = reverse("advocacy:milestone", args=[case.reference, plan.milestones.earliest("due_at").pk])
    page = client.get(step).content.decode()
    assert 'value="2027-03-02"' in page and "2 March 2027" in page and "1 March 2027" not in page


def test_an_hour_may_be_typed_in_persian_figures(client: Any, settings: Any) -> None:
    settings.TIME_ZONE = ABROAD
    case = a_case()
    signed_in(client, case.lead)
    address = reverse("advocacy:plan_new", args=[case.reference])
    client.post(address, {"template": "FALLBACK", "on": "۲۰۲۷-۰۳-۰۲", "hour": "۰۹:۳۰"})
    assert Plan.objects.get(case=case).starts_at == at(2027, 3, 2, 1, 30)
    answer = client.post(address, {"template": "SIX_WEEK", "on": "2027-03-02", "hour": "half past nine"})
    assert 'value="half past nine"' in answer.content.decode()
    assert "Write the hour as hours and minutes, for example 14:30." in answer.content.decode()


def test_today_begins_and_ends_with_the_office_day(client: Any, settings: Any) -> None:
    settings.TIME_ZONE = ABROAD
    case = a_case()
    with time_machine.travel(at(2027, 3, 1, 17), tick=False):  # one in the morning of 2 March in Manila
        make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now() + dt.timedelta(hours=20))
        signed_in(client, case.lead)
        page = client.get("/").content.decode()
    assert "2 March 2027, 01:00" in page and "office time (Manila)" in page
    assert "Today, Tuesday 2 March" in page and "Monday 1 March" not in page


def test_a_reminder_on_the_day_comes_on_the_morning_of_the_office(settings: Any) -> None:
    settings.TIME_ZONE = ABROAD
    due = at(2027, 3, 1, 23)  # seven in the morning of 2 March in Manila
    times = remind_times(due, now=at(2027, 2, 1))
    assert times["0d"] == at(2027, 3, 1, 22), "at six in the morning there"
    assert times["1d"] == due - dt.timedelta(days=1)


def test_the_mail_of_a_reminder_names_the_office_day(settings: Any) -> None:
    settings.TIME_ZONE = ABROAD
    case = a_case()
    now = timezone.now()
    due = timezone.localtime(now + dt.timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)
    make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=due, now=now - dt.timedelta(days=9))
    Milestone.objects.exclude(key="1").delete()
    reminder_sweep.sweep_reminders()
    (sent, *_others) = mail.outbox
    assert f"due on {due.day} " in sent.subject and "07:00" in sent.body


def test_a_step_weeks_away_keeps_its_hour_when_the_clocks_change(settings: Any) -> None:
    settings.TIME_ZONE = WITH_SUMMER
    case = a_case()
    start = at(2026, 10, 19, 8)  # nine in the morning, summer time
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=start, now=start)
    hours = {timezone.localtime(row.due_at).hour for row in plan.milestones.all()}
    assert hours == {9}
    move_start(actor=case.lead, plan=plan, starts_at=at(2026, 10, 26, 9))  # nine in the morning, winter time
    assert {timezone.localtime(row.due_at).hour for row in plan.milestones.all()} == {9}


def test_hours_of_an_alarm_are_hours_that_pass_also_when_the_clocks_change(settings: Any) -> None:
    settings.TIME_ZONE = WITH_SUMMER
    case = a_case()
    start = at(2026, 10, 24, 20)
    plan = make_plan(actor=case.lead, case=case, template="URGENT_72H", starts_at=start, now=start)
    assert plan.milestones.latest("due_at").due_at == start + dt.timedelta(hours=72)


def test_a_zone_that_is_none_is_told_in_a_sentence() -> None:
    asked = Environment({"AMPARO_TIME_ZONE": "Lisbon time"})
    assert asked.time_zone("AMPARO_TIME_ZONE") == "UTC"
    assert asked.faults == [
        "AMPARO_TIME_ZONE must be a time zone such as Europe/Lisbon or Asia/Manila, and is 'Lisbon time'."
    ]
    assert Environment({}).time_zone("AMPARO_TIME_ZONE") == "UTC"
    named = Environment({"AMPARO_TIME_ZONE": ABROAD})
    assert named.time_zone("AMPARO_TIME_ZONE") == ABROAD and not named.faults
