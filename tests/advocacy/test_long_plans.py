"""A plan that goes on for months shows eight weeks at a time, this week first."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.plans import make_plan
from advocacy.models import Plan
from tests.factories import a_case
from tests.people import signed_in

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def a_long_plan(*, started: dt.timedelta = dt.timedelta(0)) -> Plan:
    """A plan of six weeks with one step that was moved into the twentieth."""
    case = a_case()
    plan = make_plan(
        actor=case.lead,
        case=case,
        template="SIX_WEEK",
        starts_at=timezone.now() - started,
        now=timezone.now() - started,
    )
    plan.milestones.filter(key="23").update(due_at=plan.starts_at + WEEK * 19 + dt.timedelta(hours=1))
    return plan


def lanes(client: Any, plan: Plan, query: str = "") -> str:
    address = reverse("advocacy:plan", args=[plan.case.reference])
    page = client.get(f"{address}?plan={plan.pk}{query}").content.decode()
    return str(page[page.index('<table class="lanes"') : page.index("</table>", page.index('<table class="lanes"'))])


def test_a_step_that_is_far_away_stands_in_its_own_week(client: Any) -> None:
    plan = a_long_plan()
    signed_in(client, plan.case.lead)
    near, far = plan.milestones.get(key="1"), plan.milestones.get(key="23")
    first, last = lanes(client, plan), lanes(client, plan, "&weeks=3")
    assert str(near.pk) in first and str(far.pk) not in first and "Week 8" in first and "Week 9" not in first
    assert str(far.pk) in last and str(near.pk) not in last and "Week 20" in last and "Week 16" not in last


def test_the_weeks_of_now_are_shown_first_and_the_others_are_links(client: Any) -> None:
    plan = a_long_plan(started=WEEK * 10)
    signed_in(client, plan.case.lead)
    assert "Week 11, now" in lanes(client, plan)
    page = client.get(reverse("advocacy:plan", args=[plan.case.reference])).content.decode()
    assert 'weeks=2" aria-current="page">Weeks 9–16' in page
    assert "Weeks 1–8" in page and "Weeks 17–20" in page
    plan.milestones.filter(key="23").update(due_at=plan.starts_at + WEEK * 16 + dt.timedelta(hours=1))
    assert ">Week 17<" in client.get(reverse("advocacy:plan", args=[plan.case.reference])).content.decode()


def test_weeks_that_are_none_show_those_of_now(client: Any) -> None:
    plan = a_long_plan()
    signed_in(client, plan.case.lead)
    for wrong in ("0", "99", "x", "²"):
        assert "Week 1, now" in lanes(client, plan, f"&weeks={wrong}")


def test_a_plan_of_hours_that_goes_on_has_a_column_for_what_comes_after(client: Any) -> None:
    case = a_case()
    plan = make_plan(
        actor=case.lead, case=case, template="URGENT_72H", starts_at=timezone.now() - WEEK, now=timezone.now() - WEEK
    )
    signed_in(client, case.lead)
    assert "After hour 72, now" in lanes(client, plan)


def test_who_asks_for_a_plan_that_runs_already_is_shown_it(client: Any) -> None:
    case = a_case()
    plan = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    signed_in(client, case.lead)
    answer = client.get(reverse("advocacy:plan_new", args=[case.reference]) + "?template=FALLBACK")
    assert answer.status_code == 302 and answer.url.endswith(f"/plan/?plan={plan.pk}")
