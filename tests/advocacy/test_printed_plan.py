"""The plan on one sheet: steps by track and date, for inside, without what may name somebody."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import milestones
from advocacy.actions.plans import make_plan
from advocacy.models import Plan
from casework.models import Case
from tests.factories import a_case, a_prisoner, on_case
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    case = a_case()
    a_prisoner(case, "Jan Novak")
    return make_plan(actor=case.lead, case=case, template="SIX_WEEK", starts_at=timezone.now())


def sheet(client: Client, case: Case, query: str = "") -> str:
    answer = client.get(reverse("advocacy:plan_print", args=[case.reference]) + query)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("<footer")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def test_the_sheet_has_each_step_with_date_owner_state_and_room_to_write(client: Client, plan: Plan) -> None:
    signed_in(client, plan.case.lead)
    first, second = plan.milestones.order_by("due_at", "key")[:2]
    leila = on_case(plan.case, "leila", "liaison")
    milestones.assign(actor=plan.case.lead, milestone=second, version=second.version, owner=leila)
    first = milestones.write_note(actor=plan.case.lead, milestone=first, version=first.version, note="Ring Mrs Novak.")
    milestones.complete(
        actor=plan.case.lead, milestone=first, version=first.version, evidence="Jan Novak signed the list."
    )
    words = sheet(client, plan.case)
    assert words.count("INTERNAL – not to leave") == 2 and plan.case.codename in words
    for row in plan.milestones.all():
        assert (row.title or "") in words
    assert words.count("Notes by hand") == len({row.track for row in plan.milestones.all()})
    assert words.count("☑") == 1 and words.count("☐") == plan.milestones.count() - 1
    assert re.search(r"☐ [^☐]*Leila Open", words) and "Ana Done" in words
    assert f"1 of {plan.milestones.count()} done." in words
    assert "Novak" not in words, "neither the name nor what was noted or proved"


def test_steps_stand_in_the_order_of_their_dates_and_dropped_ones_do_not_stand(client: Client, plan: Plan) -> None:
    signed_in(client, plan.case.lead)
    one, other = plan.milestones.filter(track="core").order_by("due_at", "key")[:2]
    words = sheet(client, plan.case)
    assert words.index(one.title or "") < words.index(other.title or "")
    milestones.drop(actor=plan.case.lead, milestone=one, version=one.version, reason="Not needed.")
    assert (one.title or "") not in sheet(client, plan.case)


def test_late_steps_say_so_and_the_tab_leads_to_the_sheet_of_the_plan_it_shows(client: Client, plan: Plan) -> None:
    case = plan.case
    signed_in(client, case.lead)
    row = plan.milestones.order_by("due_at").first()
    assert row is not None
    plan.milestones.filter(pk=row.pk).update(due_at=timezone.now() - dt.timedelta(days=3))
    assert "3 days late" in sheet(client, case)
    other = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    tab = client.get(reverse("advocacy:plan", args=[case.reference]) + f"?plan={other.pk}").content.decode()
    link = reverse("advocacy:plan_print", args=[case.reference]) + f"?plan={other.pk}"
    assert link in tab
    assert str(other.get_template_display()) in sheet(client, case, f"?plan={other.pk}")


def test_a_reader_prints_it_and_a_stranger_finds_nothing(client: Client, plan: Plan) -> None:
    reader = signed_in(Client(), on_case(plan.case, "dara", "reader"))
    assert "Notes by hand" in sheet(reader, plan.case)
    stranger = signed_in(Client(), a_person("sam"))
    assert stranger.get(reverse("advocacy:plan_print", args=[plan.case.reference])).status_code == 404
    assert "No plan yet" in sheet(signed_in(client, plan.case.lead), a_case())


def test_its_queries_do_not_grow_with_the_plan(
    client: Client, plan: Plan, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    signed_in(client, plan.case.lead)
    sheet(client, plan.case)
    few = plan.milestones.order_by("-due_at")
    kept = {row.pk for row in few[:2]}
    with django_assert_max_num_queries(45) as long:
        sheet(client, plan.case)
    plan.milestones.exclude(pk__in=kept).update(dropped_at=timezone.now())
    with django_assert_num_queries(len(long)):
        sheet(client, plan.case)
