"""What the bench measures is really asked for, really counted, and judged as PERFORMANCE says."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bench import budgets
from bench.load import Person
from bench.pages import acts
from bench.pages.costs import Cost, cost_of, figures
from bench.rows import cases
from casework.models import Case
from sealing import keys

BENCH = Path(__file__).resolve().parent.parent.parent / "bench"


def a_row(name: str, cpu: float, **more: Any) -> budgets.Row:
    """A row of figures as the pages give it."""
    return {"name": name, "cpu": cpu, "bytes": 1000, "opened": 26, **more}


@pytest.mark.django_db(transaction=True)  # requests keep or close their connection, as they are served
@pytest.mark.urls("bench.urls")
def test_each_act_answers_and_creating_creates(settings: Any) -> None:
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]  # without the table of its log
    ana = cases.make(30)
    keys.forget_keys()
    before = Case.objects.count()
    asked = acts.pages(ana, 30)
    del asked["admin create (baseline)"]
    for name, act in asked.items():
        answer = act()
        assert answer.status in (200, 302), name
        assert answer.status == 302 or len(answer.body) > 40, name
    assert Case.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_an_act_that_does_not_answer_as_meant_is_no_measure() -> None:
    browser = acts.Browser(cases.make(1))
    with pytest.raises(RuntimeError, match="answered 404"):
        browser.get("/cases/AAAA-2222/").must_be(200)


@pytest.mark.django_db
@pytest.mark.postgresql_only
def test_work_of_the_database_counts_although_it_is_done_elsewhere() -> None:
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM generate_series(1, 300000)")

    cost = cost_of(ask)
    assert cost.database is not None and cost.database > cost.web > 0


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_on_sqlite_the_database_works_in_the_process_that_asks() -> None:
    assert cost_of(lambda: Case.objects.count()).database == 0.0


def test_figures_are_medians_and_know_when_the_database_was_not_seen() -> None:
    costs = [Cost(clock=n, web=n / 10, database=1.0) for n in range(1, 101)] + [Cost(50.0, 5.0, None)]
    found = figures(Cost(900.0, 90.0, 9.0), costs)
    assert (found.first, found.p50, found.p95) == (900.0, 50.0, 95.0)
    assert found.web == 5.0 and found.database == 1.0 and found.cpu == 6.0


def test_a_budget_is_met_at_its_bound_and_not_beyond() -> None:
    rows = [a_row(budgets.ADMIN_LIST, 20.0), a_row(budgets.GUARDIAN_LIST, 20.0)]
    for cpu, is_met in ((10.0, True), (10.1, False)):
        judged = budgets.judge([*rows, a_row("list", cpu)], engine="sqlite", is_grown=False)[-1]["budgets"]
        assert [row["is_met"] for row in judged if "admin list" in row["words"]] == [is_met]
    for cpu, is_met in ((8.0, True), (8.1, False)):
        judged = budgets.judge([*rows, a_row("list", cpu)], engine="sqlite", is_grown=True)[-1]["budgets"]
        assert [row["is_met"] for row in judged if "guardian list" in row["words"]] == [is_met]


def test_a_heavy_page_and_one_that_opens_too_little_are_told() -> None:
    rows = [a_row(budgets.ADMIN_LIST, 20.0), a_row(budgets.GUARDIAN_PAGE, 20.0)]
    (case,) = budgets.judge([*rows, a_row("case", 1.0, bytes=25_001, opened=19)], engine="sqlite", is_grown=True)[2:]
    assert [row["is_met"] for row in case["budgets"]] == [True, True, False, False]


def test_only_our_own_pages_must_not_grow() -> None:
    small, grown = [a_row("list", 10.0), a_row(budgets.ADMIN_LIST, 10.0)], [a_row("list", 13.1)]
    ours, theirs = budgets.growth(small, [*grown, a_row(budgets.ADMIN_LIST, 90.0)])
    assert [row["is_met"] for row in ours["budgets"]] == [False] and theirs["budgets"] == []


def test_every_budget_is_of_a_row_that_is_measured() -> None:
    code = "".join(path.read_text() for path in BENCH.rglob("*.py") if path.name != "budgets.py")
    named = {name for table in (budgets.ALWAYS, budgets.SMALL, budgets.GROWN) for name in table}
    assert not [name for name in named if f'"{name}"' not in code]
    others = {
        b.other
        for table in (budgets.ALWAYS, budgets.SMALL, budgets.GROWN)
        for row in table.values()
        for b in row
        if isinstance(b, budgets.Ratio)
    }
    assert not [name for name in others if not re.search(re.escape(name.split(",")[0]), code)]


def test_people_of_the_load_ask_in_the_shares_that_are_told() -> None:
    class Chance:
        """A random number that is no chance."""

        def __init__(self, drawn: float) -> None:
            self.drawn = drawn

        def random(self) -> float:
            return self.drawn

        def choice(self, one_of: list[str]) -> str:
            return one_of[0]

    asked = [Person("", ["K7QF-29MD"], Chance(at / 10))._address() for at in range(10)]  # type: ignore[arg-type]
    assert asked.count("/cases/") == asked.count("/cases/K7QF-29MD/") == 4 and asked.count("/") == 2
