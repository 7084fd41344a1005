"""The mutation run of the table of acts: without a question of a verb, or without all of them, a cell goes red."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from functools import cache
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


@contextmanager
def standing(act: Act, world: ActWorld) -> Iterator[Any]:
    """Make what a row needs once for all its mutants, each of which is handed a copy; what stands is taken back."""
    with transaction.atomic():
        yield act.ready(world) if act.ready else None
        transaction.set_rollback(True)


def notices(
    act: Act, world: ActWorld, made: Any, mutant: AbstractContextManager[None], *, may_too: bool = False
) -> bool:
    """Say whether a cell of this row goes red under the mutant: somebody who is signed in, and may not, may.

    What is only found because nobody is no row of a table (a column refuses an anonymous person) proves nothing. With
    `may_too` also that somebody who may is refused: so a loop goes wrong for which one case is enough.
    """
    world.ready = deepcopy(made)
    with mutant:
        wrong = (cell for cell in cells(act) if cell.who != "nobody" and (may_too or not cell.may))
        return any(what_is_wrong(act, cell, world) for cell in sorted(wrong, key=lambda one: not one.is_case_right))


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


@cache
def sites_by_row() -> tuple[dict[str, list[Site]], dict[str, list[Site]]]:
    """Return the questions by the row that is tried first, and those that are told as asked elsewhere by their first two."""
    first: dict[str, list[Site]] = {}
    elsewhere: dict[str, list[Site]] = {}
    for site in sites():
        rows = rows_that_come_to(site)
        if str(site).startswith((*ASKED_ELSEWHERE,)):
            for act in rows[:2]:
                elsewhere.setdefault(str(act), []).append(site)
        else:
            first.setdefault(str(rows[0]) if rows else "", []).append(site)
    return first, elsewhere


def is_noticed(act: Act, world: ActWorld, made: Any, site: Site) -> bool:
    return notices(act, world, made, without(site), may_too=site.how != OUT)


def is_noticed_by_another(site: Site, world: ActWorld) -> bool:
    """Say whether a row beside the first notices that this question is gone."""
    for act in rows_that_come_to(site)[1:]:
        with standing(act, world) as made:
            if is_noticed(act, world, made, site):
                return True
    return False


def test_some_row_comes_to_every_question_and_what_is_told_of_one_is_about_one() -> None:
    first, _elsewhere = sites_by_row()
    assert first.get("", []) == [] and len(first) > 100
    for begins, why in ASKED_ELSEWHERE.items():
        assert why and [str(site).startswith(begins) for site in sites()].count(True) == 1, begins


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_each_question_that_is_taken_out_is_noticed(act: Act, world: ActWorld, mutant_count: MutantCount) -> None:
    own, elsewhere = (found.get(str(act), []) for found in sites_by_row())
    mutant_count.tried(SILENT)
    mutant_count.tried(TAKEN_OUT, len(own))
    with standing(act, world) as made:
        is_silence_noticed = notices(act, world, made, without_any())
        missed = [site for site in own if not is_noticed(act, world, made, site)]
        told_in_vain = [str(site) for site in elsewhere if is_noticed(act, world, made, site)]
    missed = [site for site in missed if not is_noticed_by_another(site, world)]
    mutant_count.killed(SILENT, int(is_silence_noticed))
    mutant_count.killed(TAKEN_OUT, len(own) - len(missed))
    assert is_silence_noticed, "asked nothing at all, and no cell went red"
    assert missed == [], "\n".join(str(site) for site in missed)
    assert told_in_vain == [], "the table notices what ASKED_ELSEWHERE says it misses"
