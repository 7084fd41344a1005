"""Random walks through everything that can be done: no path leads to a dispatch without its conditions."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.gate.machine import Walk

LEAST_RULES = 20
WALKS = int(os.environ.get("AMPARO_TEST_WALKS", "10"))


def walk(*, is_told_shortly: bool = True) -> None:
    """Walk the walks; what went wrong is told by the shortest walk that comes to it, or as it was met."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = [phase for phase in Phase if is_told_shortly or phase not in {Phase.shrink, Phase.explain}]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=quiet,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            phases=phases,
        ),
    )


@pytest.mark.django_db
@pytest.mark.timeout(0)
def test_no_walk_leads_to_a_dispatch_without_its_conditions() -> None:
    walk()


def test_the_walk_has_rules_enough() -> None:
    rules = [name for name, member in vars(Walk).items() if hasattr(member, "hypothesis_stateful_rule")]
    assert len(rules) >= LEAST_RULES


@pytest.mark.django_db
def test_a_walk_with_everything_right_gets_out() -> None:
    walk = Walk()
    walk.start(is_ready=False)
    try:
        walk.consent_given()
        walk.posture("PO_PUBLIC")
        walk.assessment_signed("RL_LOW", director=False)
        walk.family_told()
        walk.scanned("clean")
        walk.signed("rui", fresh=True)
        walk.dispatch(bulk=False)
        walk.leave(by_save=False)
        assert walk.model.left == {walk.model.revision}
    finally:
        walk.teardown()
