"""The worst single harm makes the level; a mitigation counts when somebody owns it."""

import pytest

from safety import questions
from safety.rating import VALIDITY, Level, RatedHarm, level_of, rate
from tests.safety.answers import calm_answers

LOW, MEDIUM, HIGH, CRITICAL = Level.LOW, Level.MEDIUM, Level.HIGH, Level.CRITICAL
MATRIX = {
    1: [LOW, LOW, LOW, LOW, HIGH],
    2: [LOW, LOW, MEDIUM, MEDIUM, HIGH],
    3: [LOW, MEDIUM, MEDIUM, HIGH, CRITICAL],
    4: [LOW, MEDIUM, HIGH, CRITICAL, CRITICAL],
    5: [MEDIUM, HIGH, HIGH, CRITICAL, CRITICAL],
}


@pytest.mark.parametrize("likelihood", MATRIX)
def test_each_cell_of_the_matrix_has_its_level(likelihood):
    assert [level_of(likelihood, impact) for impact in range(1, 6)] == MATRIX[likelihood]


def test_no_harm_named_is_low():
    assert rate([]).level == LOW
    assert rate([]).worst is None


def test_the_worst_harm_rules_and_never_an_average():
    mild = RatedHarm("HC_PRIVACY", 1, 1, 1, 1, has_owner=True)
    worst = RatedHarm("HC_FAMILY", 4, 4, 4, 4, has_owner=True)
    assert rate([mild, mild, worst, mild]) == rate([worst])
    assert rate([mild, worst]).level == CRITICAL


def test_a_threat_to_life_weighs_more_than_a_larger_product():
    life = RatedHarm("HC_LIFE", 1, 5, 1, 5, has_owner=False)
    family = RatedHarm("HC_FAMILY", 3, 3, 3, 3, has_owner=False)
    assert rate([family, life]).worst == life


def test_a_mitigation_with_an_owner_counts_and_without_one_does_not():
    owned = RatedHarm("HC_FAMILY", 4, 4, 1, 3, has_owner=True)
    nobodys = RatedHarm("HC_FAMILY", 4, 4, 1, 3, has_owner=False)
    assert rate([owned]).level == LOW
    assert rate([nobodys]).level == CRITICAL


def test_a_graver_level_is_valid_for_a_shorter_time():
    days = [VALIDITY[level].total_seconds() / 86400 for level in (LOW, MEDIUM, HIGH, CRITICAL)]
    assert days == [90, 45, 14, 3]


def test_there_are_twelve_rapid_and_thirty_seven_full_questions():
    assert len(questions.rapid()) == 12
    assert len(questions.full()) == 37


@pytest.mark.parametrize("code", ["RQ01", "RQ02", "RQ11", "RQ12"])
def test_a_hard_stop_is_also_one_when_it_is_not_known_or_not_answered(code):
    alarm = "yes" if code == "RQ02" else "no"
    assert not questions.has_hard_stop(calm_answers())
    for answer in (alarm, "not_known", ""):
        assert questions.has_hard_stop(calm_answers(**{code: answer})), answer


def test_answers_name_harms_in_the_order_of_the_vocabulary():
    assert questions.harms_named(calm_answers()) == ()
    assert questions.harms_named(calm_answers(RQ04="yes", RQ03="not_known")) == (
        "HC_CUSTODY",
        "HC_LEGAL",
        "HC_FAMILY",
        "HC_NEGOT",
    )
