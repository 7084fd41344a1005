"""All late steps and all of a week stand a page behind Today: every one of this person, once, and nobody else's."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from advocacy.models import Milestone, Plan, Stage
from casework.access import settle_rights
from casework.models import Membership
from tests.advocacy.counted import a_counted_plan
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from web.pages import steps

pytestmark = pytest.mark.django_db
LISTS = {"/late/": -dt.timedelta(hours=2), "/week/": dt.timedelta(days=1)}


def a_case_with_steps(codename: str, *ahead: dt.timedelta, **fields: Any) -> Any:
    """Return a case with a step at each of these distances from now, all of its lead."""
    case = a_case(codename=codename, **fields)
    plan = Plan.objects.create(case=case, template="SIX_WEEK", starts_at=timezone.now(), made_by=case.lead)
    stage = Stage.objects.create(plan=plan, case=case, track="core", number=1)
    for number, distance in enumerate(ahead):
        due = {"due_at": timezone.now() + distance, "title": f"{codename}, step {number}", "owner": case.lead}
        Milestone.objects.create(plan=plan, stage=stage, case=case, track="core", key=str(number), **due)
    return case


def titles(client: Any, address: str) -> list[str]:
    """Return the steps of this page and of every page that it leads to, in their order."""
    found: list[str] = []
    path = address.partition("?")[0]
    while address:
        page = client.get(address)
        assert page.status_code == 200
        found += re.findall(r"<bdi>([^<]+, step \d+)</bdi>", page.content.decode())
        address = path + page.context["next_url"] if page.context["next_url"] else ""
    return found


@pytest.mark.parametrize("path", LISTS)
def test_every_step_stands_once_however_many_have_the_same_hour(
    client: Any, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "ROWS", 3)
    steps._in_order.forget()
    a_case_with_steps("Heron", *[LISTS[path]] * 8)
    Milestone.objects.update(due_at=Milestone.objects.order_by("due_at")[0].due_at)
    signed_in(client, a_person("ana"))
    found = titles(client, path)
    assert sorted(found) == sorted(f"Heron, step {number}" for number in range(8))
    steps._in_order.forget()


def test_late_is_before_now_and_the_week_ends_with_its_seventh_day(client: Any) -> None:
    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    a_case_with_steps("Heron", -2 * day, -hour, hour / 60, 6 * day, 8 * day)
    signed_in(client, a_person("ana"))
    assert titles(client, "/late/") == ["Heron, step 0", "Heron, step 1"]
    assert titles(client, "/week/") == ["Heron, step 2", "Heron, step 3"]


@pytest.mark.parametrize("path", LISTS)
def test_mine_are_mine_and_those_of_my_cases_are_all_i_may_see(client: Any, path: str) -> None:
    case = a_case_with_steps("Heron", LISTS[path])
    a_case_with_steps("Quince", LISTS[path], lead=a_person("sam"))
    leila = on_case(case, "leila", "liaison")
    signed_in(client, leila)
    assert titles(client, path) == []
    assert titles(client, f"{path}?of=cases") == ["Heron, step 0"]
    Membership.objects.filter(case=case, user=leila).update(ended_at=timezone.now())
    settle_rights(case, leila)
    assert titles(client, f"{path}?of=cases") == []
    signed_in(client, case.lead)
    assert titles(client, path) == ["Heron, step 0"]
    Milestone.objects.update(dropped_at=timezone.now())
    assert titles(client, path) == []


@pytest.mark.parametrize("after", ["x", " ", "2026-11-01 x", "0001-01-01T00:00:00+14:00 " + "a" * 32, "\x00"])
def test_a_place_that_cannot_be_read_is_the_beginning(client: Any, after: str) -> None:
    a_case_with_steps("Heron", LISTS["/late/"])
    signed_in(client, a_person("ana"))
    page = client.get("/late/", {"after": after})
    assert page.status_code == 200 and "Heron, step 0" in page.content.decode()


@pytest.mark.parametrize("number", [25, 26, 27, 125, 126])
def test_today_shows_twenty_five_and_says_how_many_others_there_are(client: Any, number: int) -> None:
    a_case_with_steps("Heron", *[LISTS["/late/"]] * number, *[LISTS["/week/"]] * number)
    signed_in(client, a_person("ana"))
    page = client.get("/").content.decode()
    assert page.count("2 hours late") == 25
    left = {25: "", 26: "1 other<", 27: "2 others<", 125: "more than 75 others<", 126: "more than 75 others<"}[number]
    for words in ("Show all late steps, ", "Show all seven days, "):
        assert (words in page) is (number > 25) and (not left or f"{words}{left}" in page)
    assert 'href="/late/?of=cases"' not in page
    if number > 25:
        assert 'href="/late/?of=cases"' in client.get("/?of=cases").content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_a_long_list_asks_as_much_as_a_short_one(client: Any, path: str, django_assert_max_num_queries: Any) -> None:
    case = a_case_with_steps("Heron", LISTS[path])
    signed_in(client, case.lead)
    client.get(path)
    with django_assert_max_num_queries(8) as few:
        client.get(path)
    for name in ("Quince", "Alder", "Plover"):
        a_case_with_steps(name, *[LISTS[path]] * 3)
    with django_assert_max_num_queries(len(few)):
        client.get(path)


def test_a_real_plan_stands_there_with_its_hours(client: Any) -> None:
    case = a_case(codename="Heron")
    a_counted_plan(case, began=timezone.now() - dt.timedelta(days=3, hours=1))
    signed_in(client, case.lead)
    assert "3 days late" in client.get("/late/").content.decode()
    assert "all day" in client.get("/week/").content.decode()
