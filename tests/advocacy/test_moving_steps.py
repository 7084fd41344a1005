"""Moving a step offers to move what waits for it, and says what is due too early when nobody wishes that."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.milestones import complete, open_after
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone, MilestoneDependency, Plan, Reminder
from audit.models import Entry
from tests.factories import a_case
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def a_plan() -> Plan:
    """A six-week plan in which only three steps wait: 2 for 1, and 3 for 2."""
    case = a_case()
    start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=10)
    plan = make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=start)
    plan.milestones.exclude(key__in=["1", "2", "3", "4"]).delete()
    MilestoneDependency.objects.filter(milestone__plan=plan).delete()
    rows = {row.key: row for row in plan.milestones.all()}
    MilestoneDependency.objects.create(milestone=rows["2"], needs=rows["1"])
    MilestoneDependency.objects.create(milestone=rows["3"], needs=rows["2"])
    return plan


def dates(plan: Plan) -> dict[str, dt.datetime]:
    return dict(plan.milestones.values_list("key", "due_at"))


def move(client: Any, row: Milestone, *, days: int, **ticks: str) -> Any:
    to = row.due_at + dt.timedelta(days=days)
    data = {"version": row.version, "on": to.date().isoformat(), "hour": to.strftime("%H:%M"), **ticks}
    return client.post(reverse("advocacy:move_milestone", args=[row.case.reference, row.pk]), data, follow=True)


def test_the_page_of_a_step_names_what_would_move_with_it(client: Any) -> None:
    plan = a_plan()
    signed_in(client, plan.case.lead)
    rows = {row.key: row for row in plan.milestones.all()}
    page = client.get(reverse("advocacy:milestone", args=[plan.case.reference, rows["1"].pk])).content.decode()
    assert "Move the 2 steps that wait for it by as much" in page
    assert f"{rows['2'].title} (" in page and f"{rows['3'].title} (" in page
    last = client.get(reverse("advocacy:milestone", args=[plan.case.reference, rows["3"].pk])).content.decode()
    assert "by as much" not in last, "nothing waits for it"


def test_what_waits_moves_by_as_much_with_its_reminders_and_the_trail_says_so(client: Any) -> None:
    plan = a_plan()
    signed_in(client, plan.case.lead)
    before = dates(plan)
    first = plan.milestones.get(key="1")
    assert move(client, first, days=3, is_with_following="on").status_code == 200
    by = dt.timedelta(days=3)
    assert dates(plan) == {key: at + by if key in {"1", "2", "3"} else at for key, at in before.items()}
    third = plan.milestones.get(key="3")
    assert {reminder.due_at for reminder in Reminder.objects.filter(milestone=third, dropped_at=None)} == {third.due_at}
    assert third.version == 2, "a form that was opened before is told of it"
    assert Entry.objects.latest("sequence").verb == "advocacy.milestone.moved"


def test_without_the_tick_the_others_stay_and_the_page_says_what_is_too_early(client: Any) -> None:
    plan = a_plan()
    signed_in(client, plan.case.lead)
    before = dates(plan)
    first, second = plan.milestones.get(key="1"), plan.milestones.get(key="2")
    page = move(client, first, days=30).content.decode()
    after = dates(plan)
    assert {key for key in before if before[key] != after[key]} == {"1"}
    assert "2 steps wait for this one and are due before it" in page and second.title in page


def test_a_step_that_is_over_neither_moves_nor_is_named() -> None:
    plan = a_plan()
    first, second = plan.milestones.get(key="1"), plan.milestones.get(key="2")
    complete(actor=plan.case.lead, milestone=second, version=second.version, evidence="Done by telephone")
    assert [row.key for row in open_after(first)] == ["3"]


def test_nothing_moves_along_into_the_past(client: Any) -> None:
    plan = a_plan()
    signed_in(client, plan.case.lead)
    first = plan.milestones.get(key="1")
    first.due_at += dt.timedelta(days=60)
    first.save(update_fields=["due_at"])
    before = dates(plan)
    refused = move(client, first, days=-50, is_with_following="on")
    assert refused.status_code == 422 and "would be due in the past" in refused.content.decode()
    assert dates(plan) == before, "the step itself stays too"
    assert move(client, first, days=-50).status_code == 200
    assert dates(plan)["1"] == before["1"] - dt.timedelta(days=50)
