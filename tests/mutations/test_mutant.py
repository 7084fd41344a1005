"""How a mutant is made: it goes red when the code moves, it works at once wherever the code is known, and it leaves nothing."""

from inspect import isfunction, signature
from types import SimpleNamespace
from typing import Any

import pytest

from casework.evidence import naming
from papers.composing import judging
from tests.mutations import test_mutations_of_the_code as every
from tests.mutations.mutant import Mutant, NoMutant, applied, equivalent, in_module
from tests.mutations.playing import play_all
from web.pages import today_dates

grades = in_module("casework.evidence.publishability")
SOURCE = SimpleNamespace(secrecy="AT_EMBARGO", attribution="the radio")


def holds(_world: Any) -> None:
    """Hold whatever happens."""


def grades_are_bounded(_world: Any) -> None:
    from_code = in_module("casework.evidence.publishability")
    assert from_code and naming.is_decided(SimpleNamespace(secrecy="AT_DEEP", attribution=""))


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("credibility > 33", "credibility > 4", "fragment not found"),
        ("credibility <= 2", "credibility <= 3", "fragment found 2 times"),
        ("credibility > 3:", "credibility > 3 :", "nothing is changed"),
        ("credibility > 3:", "credibility > :", "no Python any more"),
        ("from typing import Any", "from typing import Text as Any", "neither in a function nor a constant"),
    ],
)
def test_a_mutant_that_cannot_be_made_says_why(was: str, now: str, told: str) -> None:
    with pytest.raises(NoMutant, match=told), applied(grades(was, now, "any rule", holds)):
        pass


def test_a_changed_function_is_changed_everywhere_and_only_for_a_while() -> None:
    mutant = in_module("casework.evidence.naming")(
        "and bool(source.attribution)", "and not source.attribution", "any rule", holds
    )
    source = SimpleNamespace(secrecy="AT_RECORD", attribution="the radio")
    assert judging.is_decided(source)
    with applied(mutant):
        assert not judging.is_decided(source) and not naming.is_decided(source)
    assert judging.is_decided(source)


def test_a_changed_constant_is_changed_where_it_was_imported_and_in_what_is_made_of_it() -> None:
    mutant = in_module("casework.evidence.naming")(
        'NOT_USED = frozenset({"AT_OFF", "AT_EMBARGO"})', 'NOT_USED = frozenset({"AT_OFF"})', "any rule", holds
    )
    before = judging.NOT_USED
    with applied(mutant):
        assert frozenset({"AT_OFF"}) == judging.NOT_USED == naming.NOT_USED
    assert judging.NOT_USED is naming.NOT_USED is before
    days = in_module("web.pages.today_dates")("DAYS = 7", "DAYS = 8", "any rule", holds)
    with applied(days):
        assert today_dates.DAYS == 8


def test_the_files_stay_as_they_are_also_when_a_scene_fails() -> None:
    mutant = in_module("casework.evidence.naming")("and bool(source.attribution)", "", "any rule", holds)
    code = naming.is_decided.__code__
    with pytest.raises(AssertionError), applied(mutant):
        raise AssertionError
    assert naming.is_decided.__code__ is code


@pytest.mark.django_db
def test_a_run_tells_who_lives_what_broke_and_which_equivalent_is_none() -> None:
    deep = in_module("casework.evidence.naming")(
        'frozenset({"AT_DEEP", "AT_CHATHAM"})', 'frozenset({"AT_CHATHAM"})', "a rule", grades_are_bounded
    )
    lives = grades("credibility > 3:", "credibility > 4:", "a rule", holds)
    breaks = in_module("casework.evidence.naming")(
        "return source.secrecy in NEVER_NAMED or", "return source.nothing or", "a rule", grades_are_bounded
    )
    played = play_all([deep, lives, breaks, equivalent(deep, "somebody said so")], SimpleNamespace())
    assert (played.asked, played.killed) == (3, 1)
    assert [len(rows) for rows in (played.alive, played.broken, played.no_equivalents)] == [1, 1, 1]
    untrue = play_all([Mutant("x", "", "", "", (lambda _world: pytest.fail("no"),))], SimpleNamespace())
    assert (untrue.asked, untrue.killed) == (1, 0) and "no" in untrue.told()[0]


def test_every_mutant_names_a_rule_and_a_scene_and_stands_in_one_subject_once() -> None:
    mutants = [mutant for _world, rows in every.SUBJECTS.values() for mutant in rows]
    assert [mutant.told for mutant in mutants if not (mutant.breaks and mutant.shown_by)] == []
    told = [(mutant.module, mutant.was, mutant.now) for mutant in mutants]
    assert [row for row in told if told.count(row) > 1] == []
    assert len(mutants) >= 400


def test_every_scene_is_named_by_a_mutant() -> None:
    used = {scene for _world, rows in every.SUBJECTS.values() for mutant in rows for scene in mutant.shown_by}
    modules = [vars(every)[name] for name in vars(every) if name.startswith("scenes_of_")]
    scenes = {
        one
        for module in modules
        for one in vars(module).values()
        if isfunction(one) and one.__module__ == module.__name__ and list(signature(one).parameters) == ["world"]
    }
    idle = scenes - used
    assert [one.__name__ for one in idle if signature(one).return_annotation in {None, "None"}] == []
