"""How long somebody takes to answer: equal to what others worked out, with those who still wait counted as waiting."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from advocacy.waiting import FEWEST, Wait, Waits, wait

# Weeks in remission of 21 patients on 6-mercaptopurine: Freireich and others, Blood 21 (1963), pages 699-716; the
# example by which the estimate is taught. The second number says whether the remission had ended.
REMISSION = (
    *((6, True), (6, True), (6, True), (6, False), (7, True), (9, False), (10, True), (10, False), (11, False)),
    *((13, True), (16, True), (17, False), (19, False), (20, False), (22, True), (23, True), (25, False)),
    *((32, False), (32, False), (34, False), (35, False)),
)
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
ASKED_ON = dt.date(2026, 3, 2)

waits = st.lists(st.builds(Wait, days=st.integers(0, 120), is_answered=st.booleans()), max_size=60)


def test_the_estimate_of_a_published_example_is_what_was_printed_and_its_median_is_23() -> None:
    found = Waits(Wait(*each) for each in REMISSION)
    assert {step.days: round(step.silent, 3) for step in found.steps} == PRINTED
    assert found.median() == 23
    assert (len(found), found.answered, found.still_waiting, found.longest) == (21, 9, 12, 35)


@settings(deadline=None)
@given(waits)
def test_the_estimate_is_what_an_independent_library_says(each: list[Wait]) -> None:
    found = Waits(each)
    if not found.answered:
        assert found.steps == () and found.median() is None
        return
    days = [one.days for one in each]
    theirs = ecdf(CensoredData.right_censored(days, [not one.is_answered for one in each])).sf
    for step in found.steps:
        assert step.silent == pytest.approx(float(theirs.evaluate(step.days)), abs=1e-12)
    for day in (0, 30, 60, 90):
        silent = found.silent_after(day)
        if silent is not None:
            assert silent == pytest.approx(float(theirs.evaluate(day)), abs=1e-12)


@settings(deadline=None)
@given(waits)
def test_where_all_answered_shares_and_median_are_a_plain_count(each: list[Wait]) -> None:
    found = Waits(Wait(one.days, True) for one in each)
    for day in (0, 30, 60, 90):
        counted = Fraction(sum(one.days <= day for one in each), len(each)) if each else None
        said = found.answered_within(day)
        assert (said is None) if counted is None else said == pytest.approx(float(counted))
    half = sorted(one.days for one in each)[(len(each) - 1) // 2] if len(each) >= FEWEST else None
    assert found.median() == half


@settings(deadline=None)
@given(waits, st.integers(0, 120))
def test_the_order_in_which_waits_are_told_changes_nothing_and_shares_never_grow_back(
    each: list[Wait], day: int
) -> None:
    found = Waits(each)
    assert found.steps == Waits(reversed(each)).steps
    shares = [step.silent for step in found.steps]
    assert shares == sorted(shares, reverse=True) and all(-1e-9 <= share < 1 for share in shares)
    silent = found.silent_after(day)
    assert silent is None or found.answered_within(day) == 1 - silent


def test_who_never_answers_makes_an_office_slower_and_not_quicker() -> None:
    answered = [Wait(days, True) for days in (2, 4, 6, 8, 10)]
    assert Waits(answered).median() == 6
    assert Waits([*answered, *[Wait(40, False)] * 4]).median() == 10
    assert Waits([*answered, *[Wait(40, False)] * 6]).median() is None, "more than half are silent"
    assert Waits([*answered, *[Wait(40, False)] * 5]).answered_within(30) == pytest.approx(0.5)


def test_of_days_that_nobody_has_waited_for_nothing_is_said() -> None:
    young = Waits([Wait(3, True), Wait(12, False), Wait(20, False)])
    assert young.answered_within(20) == pytest.approx(1 / 3)
    assert young.answered_within(21) is None and young.answered_within(30) is None
    assert Waits([Wait(3, True), Wait(9, True)]).answered_within(90) == 1, "all have answered"
    assert Waits([]).answered_within(0) is None and Waits([]).answered_within(30) is None, "nothing was counted"


def test_with_four_approaches_there_is_too_little_to_say_of_a_median() -> None:
    four = [Wait(5, True)] * (FEWEST - 1)
    assert Waits(four).median() is None
    assert Waits([*four, Wait(5, True)]).median() == 5


@pytest.mark.parametrize(
    ("answered_on", "today", "waited"),
    [
        (None, ASKED_ON, Wait(0, False)),
        (None, ASKED_ON + dt.timedelta(9), Wait(9, False)),
        (ASKED_ON + dt.timedelta(4), ASKED_ON + dt.timedelta(9), Wait(4, True)),
        (ASKED_ON, ASKED_ON, Wait(0, True)),
        (ASKED_ON - dt.timedelta(1), ASKED_ON, Wait(0, True)),
        (None, ASKED_ON - dt.timedelta(3), Wait(0, False)),
    ],
)
def test_a_wait_ends_with_the_first_answer_or_today(answered_on: dt.date | None, today: dt.date, waited: Wait) -> None:
    assert wait(ASKED_ON, answered_on, today) == waited
