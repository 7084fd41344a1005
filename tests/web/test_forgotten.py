"""Nobody is forgotten: since when nothing was done for each case, and how much went to the busiest tenth."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.trail import record
from casework.models import Case
from tests.advocacy.counted import a_counted_plan
from tests.factories import a_case, a_prisoner
from tests.people import a_person, signed_in
from web.pages.load import forgotten_page, forgotten_sheet
from web.pages.load.forgotten import busiest_tenth

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def worked(case: Case, *, ago: int, times: int = 1, verb: str = "casework.event.added", actor: Any = "lead") -> None:
    """Write into the trail that somebody did something for the case so many days ago."""
    with time_machine.travel(timezone.now() - ago * DAY, tick=False):
        for _time in range(times):
            record(actor=case.lead if actor == "lead" else actor, verb=verb, case=case)


def page(client: Any, person: Any, address: str = "/load/forgotten/") -> str:
    answer = signed_in(client.__class__(), person).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_case_for_which_nothing_was_done_the_longest_stands_first() -> None:
    cases = {name: a_case(codename=name, at=timezone.now() - 100 * DAY) for name in ("Heron", "Quince", "Alder")}
    worked(cases["Quince"], ago=40)
    worked(cases["Heron"], ago=3)
    rows = forgotten_page(cases["Heron"].lead).rows
    assert [(row.case.split()[0], row.days) for row in rows] == [("Alder", 100), ("Quince", 40), ("Heron", 3)]


def test_a_look_and_what_the_system_did_are_no_work() -> None:
    case = a_case(at=timezone.now() - 100 * DAY)
    worked(case, ago=30)
    worked(case, ago=2, verb="casework.identity.viewed")
    worked(case, ago=1, actor=None)
    assert [row.days for row in forgotten_page(case.lead).rows] == [30]
    worked(case, ago=0, actor=a_person("rui"))
    assert [(row.days, row.words) for row in forgotten_page(case.lead).rows] == [(0, "today")]


def test_a_case_without_a_dated_step_and_three_weeks_without_work_is_stalled(client: Any) -> None:
    stalled, dated = a_case(codename="Heron"), a_case(codename="Quince")
    a_counted_plan(dated, began=timezone.now() - 30 * DAY)
    for case in (stalled, dated):
        worked(case, ago=25)
    found = {row.case.split()[0]: row.is_stalled for row in forgotten_page(stalled.lead).rows}
    assert found == {"Heron": True, "Quince": False}
    assert ">Stalled</span>" in page(client, stalled.lead)


def test_nobody_reads_of_a_case_that_they_may_not_see(client: Any) -> None:
    sam, ana = a_person("sam"), a_person("ana")
    for number in range(12):
        worked(a_case(codename=f"Sedge {number}", lead=sam), ago=1)
    mine = a_case(codename="Heron", lead=ana)
    worked(mine, ago=2)
    for address in ("/load/forgotten/", "/load/forgotten/sheet/"):
        text = page(client, ana, address)
        assert "Heron" in text and "Sedge" not in text and "busiest" not in text and "other case" not in text
    assert "of what was done in 90 days" in page(client, sam)


def test_under_ten_cases_nothing_is_said_of_a_tenth() -> None:
    cases = [a_case(codename=f"Sedge {number}") for number in range(9)]
    worked(cases[0], ago=1, times=5)
    ana, now = a_person("ana"), timezone.now()
    assert busiest_tenth(ana, now=now) == ""
    a_case(codename="Sedge 9")
    assert busiest_tenth(ana, now=now) == "Of 10 cases, the busiest one had 100 % of what was done in 90 days."


def test_the_share_of_the_busiest_tenth_counts_the_work_of_ninety_days() -> None:
    cases = [a_case(codename=f"Sedge {number}") for number in range(25)]
    ana = a_person("ana")
    assert busiest_tenth(ana, now=timezone.now()) == "", "nothing was done"
    worked(cases[5], ago=95, times=50)
    worked(cases[0], ago=60, times=6)
    worked(cases[1], ago=89, times=3)
    worked(cases[2], ago=10, times=1)
    for _time in range(9):
        worked(cases[3], ago=5, verb="casework.identity.viewed")
    said = busiest_tenth(ana, now=timezone.now())
    assert said == "Of 25 cases, the busiest 2 had 90 % of what was done in 90 days."


def test_the_sheet_holds_codenames_and_days_and_no_name(client: Any) -> None:
    ana = a_person("ana")
    for number in range(43):
        case = a_case(codename=f"Sedge {number:02}")
        worked(case, ago=50 - number)
    a_prisoner(case, "Wilhelmina Sturdivant")
    text = page(client, ana, "/load/forgotten/sheet/")
    assert "For inside only." in text and "50 days ago" in text and "And 3 other cases." in text
    assert "Sturdivant" not in text and len(forgotten_sheet(ana).rows) == 40


def test_the_list_goes_on_by_key_and_asks_as_often_for_twenty_cases_as_for_two(
    client: Any, django_assert_num_queries: Any
) -> None:
    ana, first = a_person("ana"), forgotten_page(a_person("ana"))
    for number in range(30):
        worked(a_case(codename=f"Sedge {number:02}"), ago=60 - number)
        if number in (11, 29):
            forgotten_page(ana)
            with django_assert_num_queries(16):
                first = forgotten_page(ana)
    answer = signed_in(client, ana).get("/load/forgotten/" + first.next_url)
    text = answer.content.decode()
    names = {row.case.split()[1] for row in first.rows} | {f"{number:02}" for number in range(25, 30)}
    assert len(names) == 30 and all(f"Sedge {number:02}" in text for number in range(25, 30))
    assert "Sedge 24" not in text and "First page" in text
