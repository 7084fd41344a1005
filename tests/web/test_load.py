"""The load: by owner, what slips, what blocks; of the cases that the reader may see, and of no other."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Absence
from advocacy.actions.milestones import assign, complete, drop, move
from advocacy.actions.plans import end_plan
from advocacy.models import Milestone, MilestoneDependency, Plan
from casework.models import Case
from tests.advocacy.counted import a_counted_plan
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from web.pages.load import load_page
from web.pages.load.owners import OwnerLine

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_bare_plan(case: Case) -> Plan:
    """Return a plan of this case without any step."""
    plan = a_counted_plan(case, began=timezone.now())
    MilestoneDependency.objects.filter(milestone__plan=plan).delete()
    plan.milestones.all().delete()
    return plan


def a_step(plan: Plan, title: str, due: dt.timedelta, *, owner: Any = None, **fields: Any) -> Milestone:
    """Insert one step of the plan, due so far from now, of the lead of the case unless said otherwise."""
    return Milestone.objects.create(
        plan=plan,
        case=plan.case,
        stage=plan.stages.first(),
        key="1",
        track="core",
        title=title,
        owner=plan.case.lead if owner is None else owner or None,
        due_at=timezone.now() + due,
        **fields,
    )


def waits(row: Milestone, needs: Milestone) -> None:
    MilestoneDependency.objects.create(milestone=row, needs=needs)


def page(client: Any, person: Any, query: str = "") -> str:
    answer = signed_in(client.__class__(), person).get("/load/" + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def owners(person: Any, of: str = "office", **asked: Any) -> dict[str, tuple[int, ...]]:
    found = load_page(person, of=of, **asked).owners
    assert found
    rows = [row for row in found.rows if isinstance(row, OwnerLine)]
    return {row.name: (row.late, row.week, row.afterwards, row.waiting, row.all) for row in rows}


def titles(person: Any, which: str, of: str = "office", **asked: Any) -> list[str]:
    return [row.title for row in getattr(load_page(person, of=of, **asked), which).rows]


@pytest.fixture
def plan() -> Plan:
    return a_bare_plan(a_case(codename="Heron"))


def test_each_owner_stands_with_what_is_late_comes_and_waits(plan: Plan) -> None:
    ana, rui = plan.case.lead, on_case(plan.case, "rui", "researcher")
    first = a_step(plan, "Ask", -2 * DAY)
    a_step(plan, "Ring", 2 * DAY)
    waits(a_step(plan, "Write", 10 * DAY, owner=rui), first)
    a_step(plan, "Much later", 40 * DAY, owner=rui)
    a_step(plan, "Nobody's", DAY, owner=False)
    wanted = {"Nobody owns them": (0, 1, 0, 0, 1), "Ana": (1, 1, 0, 0, 2), "Rui": (0, 0, 1, 1, 2)}
    assert owners(ana) == wanted
    assert list(owners(ana)) == list(wanted), "steps of nobody first, then by name"
    assert owners(ana, of="mine") == {"Ana": (1, 1, 0, 0, 2)}
    complete(actor=ana, milestone=first, version=first.version, evidence="The letter")
    assert owners(ana)["Rui"] == (0, 0, 1, 0, 2), "what it waited for is done"


def test_what_is_over_counts_for_nobody(plan: Plan) -> None:
    ana = plan.case.lead
    gone = a_step(plan, "Dropped", DAY)
    drop(actor=ana, milestone=gone, version=gone.version, reason="Not needed")
    a_step(plan, "Of an ended plan", DAY)
    end_plan(actor=ana, plan=plan)
    assert owners(ana) == {}


def test_what_is_late_or_put_off_twice_slips_the_earliest_first(plan: Plan) -> None:
    ana = plan.case.lead
    a_step(plan, "In time", DAY)
    put_off = a_step(plan, "Put off", 3 * DAY)
    a_step(plan, "Late", -DAY)
    for by in (1, 1, -1):
        assert titles(ana, "slips") == (["Late", "Put off"] if by < 0 else ["Late"])
        put_off.refresh_from_db()
        move(actor=ana, milestone=put_off, version=put_off.version, due_at=put_off.due_at + by * DAY)
    put_off.refresh_from_db()
    assert put_off.moves == 2, "to be done earlier is not put off"
    slips = load_page(ana, of="office").slips
    assert slips and [row.note for row in slips.rows] == ["", "put off 2 times"]  # type: ignore[union-attr]


def test_what_blocks_most_stands_first(plan: Plan) -> None:
    ana = plan.case.lead
    one, two, free = (a_step(plan, title, 3 * DAY) for title in ("One waits", "Two wait", "Free"))
    for needs in (one, two, two):
        waits(a_step(plan, "After", 9 * DAY), needs)
    assert titles(ana, "blocks") == ["Two wait", "One waits"]
    after = two.opens.first()
    assert after
    drop(actor=ana, milestone=after.milestone, version=1, reason="Not needed")
    notes = [row.note for row in load_page(ana, of="office").blocks.rows]  # type: ignore[union-attr]
    assert notes == ["1 step waits for it"] * 2 and free.title not in titles(ana, "blocks")


def test_no_count_tells_of_a_case_that_one_may_not_see(client: Any, plan: Plan) -> None:
    ana, sam = plan.case.lead, a_person("sam")
    other = a_bare_plan(a_case(codename="Quince", lead=sam))
    late = a_step(other, "Of sam alone", -DAY)
    waits(a_step(other, "After", DAY), late)
    a_step(plan, "Of ana", -DAY)
    assert owners(ana) == {"Ana": (1, 0, 0, 0, 1)} and owners(sam) == {"Sam": (1, 1, 0, 1, 2)}
    for query in ("", "?of=office", f"?of=case&case={other.case.reference}", "?of=office&list=slips", "?list=blocks"):
        text = page(client, ana, query)
        assert "Quince" not in text and "Of sam alone" not in text and "Sam" not in text
    hidden, missing = (page(client, ana, f"?of=case&case={ref}") for ref in (other.case.reference, "ZZZZ-2345"))
    assert "There is no case of yours with this reference." in hidden
    differs = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{32}(?=\.)|[A-Z0-9]{4}-[A-Z0-9]{4}')
    assert differs.sub("", hidden) == differs.sub("", missing)


def test_the_load_of_one_case_is_of_that_case_alone(client: Any, plan: Plan) -> None:
    ana = plan.case.lead
    a_step(plan, "Of Heron", -DAY)
    a_step(a_bare_plan(a_case(codename="Quince")), "Of Quince", -DAY)
    text = page(client, ana, f"?of=case&case={plan.case.reference.lower()}")
    assert "Of Heron" in text and "Of Quince" not in text
    text = page(client, ana, "?of=case")
    assert "Reference of the case" in text and "Of Heron" not in text


def test_who_is_away_bears_a_mark_and_a_director_writes_it_from_there(client: Any, plan: Plan) -> None:
    ana, today = plan.case.lead, timezone.localdate()
    rui = on_case(plan.case, "rui", "researcher")
    dara = on_case(plan.case, "dara", "director")
    a_step(plan, "Ask", DAY, owner=rui)
    Absence.objects.create(user=rui, deputy=ana, written_by=rui, begins_on=today, ends_on=today + 2 * DAY)
    last = today + 2 * DAY
    text = page(client, ana, "?of=office")
    assert f"away until {last.day} {last:%B}, Ana stands in" in text
    assert f"/office/people/{rui.pk}/away/" not in text
    assert f"/office/people/{rui.pk}/away/" in page(client, dara, "?of=office")


def test_long_lists_go_on_by_key_and_no_row_is_lost_or_shown_twice(plan: Plan) -> None:
    ana = plan.case.lead
    root = a_step(plan, "Root", 300 * DAY)
    for number in range(120):
        waits(a_step(plan, f"Step {number:03}", -DAY if number % 2 else -2 * DAY), root)
    for number in range(110):
        needed = a_step(plan, f"Needed {number:03}", 30 * DAY)
        waits(a_step(plan, "After", 90 * DAY), needed)
    for which, wanted in (("slips", 120), ("blocks", 111)):
        seen: list[str] = []
        after, pages = "", 0
        while True:
            found = getattr(load_page(ana, of="office", chosen=which, after=after), which)
            seen += [row.title for row in found.rows]
            pages += 1
            if not found.next_url:
                break
            after = dict(part.split("=") for part in found.next_url[1:].split("&"))["after"]
            after = after.replace("%3A", ":").replace("%2B", "+").replace("+", " ").replace(" 00:00", "+00:00")
        assert pages == 3 and len(seen) == len(set(seen)) == wanted


def test_owners_go_on_by_name(client: Any, plan: Plan) -> None:
    for number in range(60):
        a_step(plan, "Ask", DAY, owner=a_person(f"person-{number:02}"))
    a_step(plan, "Nobody's", DAY, owner=False)
    ana = plan.case.lead
    text = page(client, ana, "?of=office")
    assert "More owners" in text and text.count("Person ") == 14, "fifteen rows, the first of which is nobody's"
    text = page(client, ana, "?of=office&list=owners")
    found = re.search(r'href="(\?of=office&amp;list=owners&amp;after=[^"]+)"', text)
    assert found and text.count("Person ") == 49
    rest = page(client, ana, found[1].replace("&amp;", "&"))
    assert rest.count("Person ") == 11 and "Person 59" in rest and "First page" in rest
    assert page(client, ana, "?of=office&list=owners&after=nonsense").count("Person ") == 49


def test_the_load_asks_as_often_for_twenty_steps_as_for_two(django_assert_num_queries: Any) -> None:
    ana = a_person("ana")
    for number in range(20):
        plan = a_bare_plan(a_case(codename=f"Sedge {number}"))
        row = a_step(plan, "Ask", -DAY, owner=a_person(f"person-{number % 7}"))
        waits(a_step(plan, "After", DAY), row)
        if number in (1, 19):
            load_page(ana, of="office")
            with django_assert_num_queries(9):
                load_page(ana, of="office")


def test_today_leads_there_and_nothing_is_written(client: Any, plan: Plan) -> None:
    ana = plan.case.lead
    row = a_step(plan, "Ask", -DAY)
    assign(actor=ana, milestone=row, version=row.version, owner=on_case(plan.case, "rui", "researcher"))
    assert 'href="/load/"' in signed_in(client, ana).get("/").content.decode()
    assert client.post("/load/").status_code == 405
