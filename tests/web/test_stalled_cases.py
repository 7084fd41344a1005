"""A case on which nobody has done anything for three weeks is said to be stalled, and whoever leads it is asked for a step."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit import labels
from audit.models import Entry
from audit.trail import record
from casework.models import Case
from safety.actions.holds import hold
from tests.advocacy.counted import a_counted_plan
from tests.factories import a_case
from tests.people import a_person, signed_in
from web.pages.case_tasks import standings_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
A_LOOK = re.compile(r"\.(viewed|printed|read|scanned|downloaded|exported|found|seen|opened_to_read)$")
WORK_ALL_THE_SAME = {"casework.twin.found"}  # the system's, which is nobody's work whatever it is called


def standing_after(case: Case, days: int) -> Any:
    return standings_of(case.lead, [case], at=timezone.now() + days * DAY)[case.pk]


def a_worked_case(**fields: Any) -> Case:
    case = a_case(**fields)
    record(actor=case.lead, verb="casework.event.added", case=case)
    return case


@pytest.mark.parametrize(("days", "stalled"), [(20, 0), (21, 21), (23, 23)])
def test_three_weeks_without_work_and_without_a_dated_step_are_a_standstill(days: int, stalled: int) -> None:
    assert standing_after(a_worked_case(), days).stalled_days == stalled


def test_a_dated_step_is_no_standstill() -> None:
    case = a_worked_case()
    a_counted_plan(case, began=timezone.now())
    assert standing_after(case, 40).stalled_days == 0


def test_what_may_hurt_somebody_comes_before_a_standstill() -> None:
    case = a_worked_case()
    hold(actor=case.lead, case=case, kind="until_lifted", reason="His brother was summoned.")
    assert standing_after(case, 40).stalled_days == 0


def test_a_look_is_no_work_and_what_the_system_did_is_not_either() -> None:
    case = a_worked_case()
    done = standing_after(case, 0).done_at
    with time_machine.travel(timezone.now() + 5 * DAY):
        record(actor=case.lead, verb="casework.identity.viewed", case=case)
        record(actor=None, verb="casework.claim.changed", case=case)
        assert standings_of(case.lead, [case], at=timezone.now())[case.pk].done_at == done
        record(actor=a_person("rui"), verb="casework.claim.changed", case=case)
        assert standings_of(case.lead, [case], at=timezone.now())[case.pk].done_at > done


def test_every_verb_that_sounds_like_a_look_is_one() -> None:
    sounding = {
        verb for verb in labels.known() if A_LOOK.search(verb) and verb.split(".")[0] in {"casework", "materials"}
    }
    assert sounding - WORK_ALL_THE_SAME == labels.looks() - WORK_ALL_THE_SAME
    assert labels.looks() <= set(labels.known()), "and each of them has words"


def test_today_asks_for_a_step_of_a_stalled_case(client: Any) -> None:
    case = a_worked_case(codename="Tansy")
    fresh = client.__class__()
    assert "Stalled: no step" not in signed_in(fresh, case.lead).get("/").content.decode()
    with time_machine.travel(timezone.now() + 23 * DAY):
        text = signed_in(client, case.lead).get("/").content.decode()
        assert (
            "Stalled: no step that can go on now has a date. Give it one." in text
            and f"/cases/{case.reference}/plan/" in text
        )
        assert '<span class="soon">23 days ago</span>' in text
        record(actor=case.lead, verb="casework.event.added", case=case)
        text = client.get("/").content.decode()
        assert "Stalled" not in text and ">today</td>" in text


def test_the_last_work_is_asked_once_for_all_cases(django_assert_num_queries: Any) -> None:
    cases = [a_worked_case(codename=name) for name in ("Heron", "Quince", "Tansy")]
    assert Entry.objects.done().count() >= 3
    standings_of(cases[0].lead, cases[:1], at=timezone.now())
    with django_assert_num_queries(8):
        standings_of(cases[0].lead, cases[:1], at=timezone.now())
    with django_assert_num_queries(8):
        standings_of(cases[0].lead, cases, at=timezone.now())
