"""The mutation run: with one clause taken out, its near miss goes through. A clause that nothing misses is not proven."""

from typing import Any

import pytest

from safety import gate
from safety.conditions import registry
from safety.gate import Leaving, examine
from tests.gate.channels import INSERTS, LEAVES, undone
from tests.gate.near_misses import OF_A_COPY_ALONE, SPOILERS, ready_for, triggers_off
from tests.gate.ready import Ready
from tests.mutation_counts import MutantCount

KEPT = (1,)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_worlds")]

CLAUSES, EXAMINED = "clauses of the gate in the database", "clauses of the gate when asked"
INSERT, LEAVE = "meets_every_condition", "leaves_only_while_the_gate_is_open"


def mutants() -> list[tuple[str, str, str]]:
    """Return every clause of the four gates: the noun, the gate, the clause."""
    of = {"dispatch": registry.OF_A_DISPATCH, "copy": registry.OF_A_COPY}
    return [
        (noun, gate_name, clause.code)
        for noun, every in of.items()
        for gate_name, moment in ((INSERT, "insert"), (LEAVE, "leave"))
        for clause in registry.at(moment, every)
    ]


def attempt(noun: str, gate_name: str, code: str, *, left_out: tuple[str, ...]) -> str:
    """Spoil one thing, try to get out, and return what the database said."""
    ready: Ready = ready_for(code)
    dispatch = ready.a_dispatch()
    row: Any = ready.a_copy(dispatch) if noun == "copy" else dispatch
    with triggers_off(left_out=left_out):
        if noun == "copy":
            dispatch.save(force_insert=True)
        if gate_name == LEAVE:
            row.save(force_insert=True)
        SPOILERS[code](ready, ready.cases[0], dispatch)
    act = INSERTS["save"] if gate_name == INSERT else LEAVES["raw SQL"]
    return undone(lambda: act(row))


@pytest.mark.parametrize(("noun", "gate_name", "code"), mutants(), ids=lambda part: part)
def test_without_its_clause_the_near_miss_gets_out(
    noun: str, gate_name: str, code: str, mutant_count: MutantCount
) -> None:
    mutant_count.tried(CLAUSES)
    assert attempt(noun, gate_name, code, left_out=(f"{noun}_{gate_name}:{code}",)) == ""
    mutant_count.killed(CLAUSES)


@pytest.mark.parametrize("code", [clause.code for clause in registry.at("insert", registry.OF_A_COPY)])
def test_without_its_clause_examine_says_yes(
    code: str, monkeypatch: pytest.MonkeyPatch, mutant_count: MutantCount
) -> None:
    mutant_count.tried(EXAMINED)
    ready = ready_for(code)
    dispatch = ready.a_dispatch()
    known: dict[str, Any] = {"clearance_id": ready.clearance.pk, "created_by_id": ready.ana.pk}
    with triggers_off():
        if code in OF_A_COPY_ALONE:
            dispatch.save(force_insert=True)
            known |= ready.asked_of_a_copy(dispatch)
        SPOILERS[code](ready, ready.cases[0], dispatch)
    asked = Leaving.of(ready.material, **known)
    assert not examine(asked, moment="insert")
    for name in ("OF_A_DISPATCH", "OF_A_COPY"):
        monkeypatch.setattr(gate.registry, name, tuple(c for c in getattr(registry, name) if c.code != code))
    assert examine(asked, moment="insert")
    mutant_count.killed(EXAMINED)


def test_every_clause_is_dropped_once() -> None:
    assert {code for _noun, _gate, code in mutants()} == set(SPOILERS)
