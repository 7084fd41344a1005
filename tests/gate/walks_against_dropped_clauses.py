"""How many dropped clauses of the gate the walks notice: `pytest tests/gate/walks_against_dropped_clauses.py -n0`.

It is collected by its name alone. Where one clause alone stood against something that the model forbids, a gate without
that clause lets it through, and the walk goes wrong: so one run says for every clause whether the walks would notice.
Of each door one clause is taken out in earnest, and the walks go wrong.
"""

from collections.abc import Callable

import pytest
from django.db import connection

from safety import gate
from safety.conditions import registry
from sealing import triggers
from tests.gate import machine_doors as doors
from tests.gate.machine import Walk
from tests.gate.test_mutations import INSERT, LEAVE
from tests.gate.test_walks import walk
from tests.mutation_counts import MutantCount

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]
ASKED = {
    doors.INSERT: ("insert", registry.OF_A_DISPATCH),
    doors.LEAVE: ("leave", registry.OF_A_DISPATCH),
    doors.COPY: ("insert", registry.OF_A_COPY),
    doors.COPY_LEAVES: ("leave", registry.OF_A_COPY),
    doors.SERVE: ("serve", registry.OF_A_DISPATCH),
}
LEAST = {doors.INSERT: 28, doors.LEAVE: 26, doors.COPY: 26, doors.COPY_LEAVES: 26, doors.SERVE: 20}
IN_EARNEST = [f"{noun}_{name}:on-hold" for noun in ("dispatch", "copy") for name in (INSERT, LEAVE)]


def test_of_each_clause_whether_a_walk_goes_wrong_without_it(
    monkeypatch: pytest.MonkeyPatch, mutant_count: MutantCount
) -> None:
    monkeypatch.setattr(Walk, "is_noted", True)
    monkeypatch.setattr(doors, "MET", met := {})
    walk()
    for door, (moment, conditions) in ASKED.items():
        every = {clause.code for clause in registry.at(moment, conditions)}
        unmet = sorted(every - met[door])
        mutant_count.tried(door, len(every), note="not: " + ", ".join(unmet))
        mutant_count.killed(door, len(met[door]))
        assert met[door] <= every
    assert {door: len(codes) for door, codes in met.items() if len(codes) < LEAST[door]} == {}


@pytest.mark.parametrize("clause", IN_EARNEST)
def test_without_the_clause_about_holds_a_walk_goes_wrong(clause: str) -> None:
    named = [one for one in triggers.registered() if one.name == clause.partition(":")[0]]
    triggers.install(connection, drop=(clause,), only=named)
    _goes_wrong()


def test_without_the_clause_about_holds_a_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    without: Callable[[str], object] = lambda name: tuple(c for c in getattr(registry, name) if c.code != "on-hold")  # noqa: E731
    monkeypatch.setattr(gate.registry, "OF_A_DISPATCH", without("OF_A_DISPATCH"))
    _goes_wrong()


def _goes_wrong() -> None:
    with pytest.raises(AssertionError, match="the model forbids it|a page is served"):
        walk(is_told_shortly=False)
