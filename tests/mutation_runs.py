"""What the mutation runs say at the end of a test run: of how many things that were taken out the tests noticed each."""

from collections.abc import Iterator, Mapping
from typing import Any

# The test that is run once for each thing that is taken out, and what the line says.
RUNS = {
    "tests/gate/test_mutations.py::test_without_its_clause_the_near_miss_gets_out": "clauses of the gate taken out",
    "tests/gate/test_mutations.py::test_without_its_clause_examine_says_yes": "clauses taken out of what the gate answers",
    "tests/security/test_each_right_is_asked.py::test_a_question_that_is_taken_out_is_noticed": "questions taken out of verbs",
    "tests/security/test_each_right_is_asked.py::test_an_act_that_asks_nothing_is_noticed": "acts that ask nothing",
}


def lines(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line for each mutation run that was part of this test run."""
    for test, what in RUNS.items():
        noticed, missed = (_count(stats, test, *kinds) for kinds in (("passed",), ("failed", "error")))
        if noticed + missed:
            yield f"{what}: {noticed} of {noticed + missed} noticed"


def _count(stats: Mapping[str, Any], test: str, *kinds: str) -> int:
    found = {report.nodeid for kind in kinds for report in stats.get(kind, ())}
    return sum(nodeid.startswith(f"{test}[") for nodeid in found)
