"""The mutation run of the table of acts: without a question of a verb, or without all of them, a cell goes red."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction

from tests.mutation_counts import MutantCount
from tests.security.acts.calling import cells, what_is_wrong
from tests.security.acts.equivalents import ASKED_ELSEWHERE
from tests.security.acts.finding import function
from tests.security.acts.mutants import OUT, Site, reached_from, sites, without, without_any
from tests.security.acts.record import Act
from tests.security.acts.table import ACTS
from tests.security.acts.world import ActWorld, make_act_world

# Which questions an act asks is the same on both engines; the table itself runs on each.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
SILENT, TAKEN_OUT = "acts that ask nothing", "questions taken out of acts"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[ActWorld]:
    """One world for all; each call is taken back, and at the end everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_act_world()
        transaction.set_rollback(True)


def notices(act: Act, world: ActWorld, mutant: AbstractContextManager[None], *, may_too: bool = False) -> bool:
    """Say whether a cell of this row goes red under the mutant: somebody who is signed in, and may not, may.

    What is only found because nobody is no row of a table (a column refuses an anonymous person) proves nothing. With
    `may_too` also that somebody who may is refused: so a loop goes wrong for which one case is enough.
    """
    with transaction.atomic():
        world.ready = act.ready(world) if act.ready else None
        with mutant:
            wrong = (cell for cell in cells(act) if cell.who != "nobody" and (may_too or not cell.may))
            found = any(
                what_is_wrong(act, cell, world) for cell in sorted(wrong, key=lambda one: not one.is_case_right)
            )
        transaction.set_rollback(True)
    return found


def is_decorated(name: str) -> bool:
    """Say whether a verb begins with a scan, for whoever holds the right."""
    return function(name).__code__.co_name == "after_a_scan"


def rows_that_come_to(site: Site) -> list[Act]:
    """Return the rows whose act may come to this question, its own and those of its module first."""
    module = site.name.rpartition(".")[0]
    if site.is_nested:  # the decorator of the verbs by which a text is signed or leaves
        return [act for act in ACTS if is_decorated(act.name)]
    rows = [act for act in ACTS if site.name in reached_from(act.name)]
    return sorted(rows, key=lambda act: (act.name != site.name, not act.name.startswith(module)))


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_an_act_that_asks_nothing_is_noticed(act: Act, world: ActWorld, mutant_count: MutantCount) -> None:
    mutant_count.tried(SILENT)
    assert notices(act, world, without_any())
    mutant_count.killed(SILENT)


@pytest.mark.parametrize("site", [site for site in sites() if not str(site).startswith((*ASKED_ELSEWHERE,))], ids=str)
def test_a_question_that_is_taken_out_is_noticed(site: Site, world: ActWorld, mutant_count: MutantCount) -> None:
    mutant_count.tried(TAKEN_OUT)
    may_too = site.how != OUT
    assert any(notices(act, world, without(site), may_too=may_too) for act in rows_that_come_to(site))
    mutant_count.killed(TAKEN_OUT)


@pytest.mark.parametrize("begins", ASKED_ELSEWHERE)
def test_what_the_table_does_not_miss_is_told_with_what_asks_the_same(begins: str, world: ActWorld) -> None:
    (site,) = (site for site in sites() if str(site).startswith(begins))
    assert ASKED_ELSEWHERE[begins]
    assert not any(notices(act, world, without(site)) for act in rows_that_come_to(site)[:2]), "the table does miss it"
