"""Values inside every condition but those of consent are changed one by one; a named scene must show each change.

The scenes say what must be refused without asking the conditions: 72 hours and not 73, this country and not that one.
A condition that comes new is changed as well, and the run is red until some scene shows each of its values; what no
scene can show stands in `equivalents.py` with its reason. Consent has its ledgers: `test_mutated_values.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pytest
from django.db import connection, transaction

from safety.conditions import table
from safety.conditions.asks import ASKS
from safety.conditions.claims import CLAIMS
from safety.conditions.emergency import EMERGENCY
from safety.conditions.facts import FACTS
from safety.conditions.recipient import RECIPIENT
from safety.conditions.record import Condition, Moment
from safety.conditions.registry import ALL
from safety.conditions.risk import RISK
from safety.conditions.scan import SCAN
from safety.conditions.signature import SIGNATURE
from safety.conditions.text import TEXT
from safety.conditions.translations import TRANSLATIONS
from safety.gate import Leaving
from tests.gate import (
    scenes_of_asks,
    scenes_of_facts,
    scenes_of_recipients,
    scenes_of_risk,
    scenes_of_scan,
    scenes_of_sending_alone,
    scenes_of_signature,
    scenes_of_stop_notices,
    scenes_of_text,
    scenes_of_translations,
)
from tests.gate.equivalents import EQUIVALENT, why_equivalent
from tests.gate.near_misses import SPOILERS, SPOILERS_OF_PAGES, kind_of, triggers_off
from tests.gate.scenes import ASKED, KINDS, Scene, answers, beside, changed, everything_right, nothing, scene
from tests.gate.sql_mutants import mutated
from tests.mutation_counts import MutantCount
from tools.machine import ROOT

Conditions = tuple[Condition, ...]
OF_BOUNDS = {"account-is-too-new", "no-role-on-a-case", "own-lone-notice-unseen", "lone-notices-unseen"}
NOTICE, BOUNDS = (tuple(row for row in EMERGENCY if (row.code in OF_BOUNDS) is is_bound) for is_bound in (False, True))
SUBJECTS: dict[str, tuple[Conditions, tuple[Scene, ...]]] = {
    "risk": (RISK, scenes_of_risk.SCENES),
    "facts": (FACTS, scenes_of_facts.SCENES),
    "asks": (ASKS, scenes_of_asks.SCENES),
    "translations": (TRANSLATIONS, scenes_of_translations.SCENES),
    "text, claims and scan": (
        (*TEXT, *CLAIMS, *SCAN),
        (*scenes_of_text.SCENES, *scenes_of_scan.SCENES, *scenes_of_stop_notices.SCENES),
    ),
    "signature, notices and copies": (
        (*SIGNATURE, *NOTICE, *RECIPIENT),
        (*scenes_of_signature.SCENES, *scenes_of_recipients.SCENES),
    ),
    "sending alone": (BOUNDS, scenes_of_sending_alone.SCENES),
}
# Not changed here; what holds each instead. The run prints them: a count is of what was tried.
ELSEWHERE = {
    "signer-looks-first": "its values have a run of their own, test_mutated_twins.py",
}
NEW = tuple(
    row
    for row in ASKED
    if row.code not in ELSEWHERE and not any(row in conditions for conditions, _scenes in SUBJECTS.values())
)
SUBJECTS |= {"what came new": (NEW, tuple(one for _rows, scenes in SUBJECTS.values() for one in scenes))} if NEW else {}
RIGHT = tuple(scene(f"everything right: {kind}", nothing, kind=kind) for kind in KINDS)
ALSO = {"review-of-risk-late": ("review-of-risk-due",)}


@dataclass(frozen=True)
class Mutant:
    """A condition with one value changed, and what was changed."""

    code: str
    told: str
    condition: Condition


def near_misses(conditions: Conditions) -> Iterator[Scene]:
    """Return the near miss of each condition as a scene."""
    for code, spoil in {**SPOILERS, **SPOILERS_OF_PAGES}.items():
        if code in {row.code for row in conditions}:
            yield scene(f"near miss: {code}", spoil, code, *ALSO.get(code, ()), kind=kind_of(code))


def mutants(conditions: Conditions) -> list[Mutant]:
    """Return every changed copy of these conditions."""
    return [
        Mutant(row.code, told, replace(row, holds=holds)) for row in conditions for told, holds in mutated(row.holds)
    ]


def survivors(living: list[Mutant], scenes: list[Scene]) -> list[Mutant]:
    """Play every scene and return the mutants that none of them shows; the conditions themselves must be right in each.

    What is right is made once for all scenes of a kind that follow each other, and given back to each as it was.
    """
    with triggers_off():
        beside()
        for kind, of_one_kind in groupby(scenes, key=lambda one: one.kind):
            made = transaction.savepoint()
            right = everything_right(kind)
            for one in of_one_kind:
                point = transaction.savepoint()
                living = shown(one, changed(one, right), living)
                transaction.savepoint_rollback(point)
            transaction.savepoint_rollback(made)
    return living


def shown(one: Scene, leaving: Leaving, living: list[Mutant]) -> list[Mutant]:
    """Return the mutants that answer as they should in this scene, in which the conditions themselves must be right."""
    said = zip(ASKED, answers(one, leaving, ASKED), strict=True)
    assert {row.code for row, refuses in said if refuses} == one.refuses, one.name
    told = answers(one, leaving, [mutant.condition for mutant in living])
    if one.change is nothing and connection.vendor == "sqlite":  # PostgreSQL refuses two rows where one is asked
        assert [mutant.told for mutant, refuses in zip(living, told, strict=True) if refuses is None] == []
    return [m for m, refuses in zip(living, told, strict=True) if refuses is one.refuse(m.code)]


@pytest.mark.django_db
@pytest.mark.timeout(0)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_value_inside_the_conditions_is_shown_by_some_scene(subject: str, mutant_count: MutantCount) -> None:
    conditions, scenes = SUBJECTS[subject]
    every = mutants(tuple(row for row in conditions if row.code not in ELSEWHERE))
    same = [mutant for mutant in every if why_equivalent(mutant.code, mutant.told)]
    alive = survivors(every, [*RIGHT, *sorted([*near_misses(conditions), *scenes], key=lambda one: one.kind)])
    unshown = [f"{mutant.code}: {mutant.told}" for mutant in alive if mutant not in same]
    asked = len(every) - len(same)
    left_out = [f"{row.code} ({ELSEWHERE[row.code]})" for row in conditions if row.code in ELSEWHERE]
    beside_it = f"; not tried here: {', '.join(left_out)}" if left_out else ""
    mutant_count.tried(f"values of {subject}", asked, note=f"{len(same)} change no answer{beside_it}")
    mutant_count.killed(f"values of {subject}", asked - len(unshown))
    assert unshown == []
    assert [mutant.told for mutant in same if mutant not in alive] == [], "a scene shows it: it is no equivalent"


def test_every_equivalent_is_of_a_change_that_is_tried() -> None:
    told = [(mutant.code, mutant.told) for mutant in mutants(ASKED)]
    assert [
        (code, part) for code, part, _why in EQUIVALENT if not any(code == of and part in t for of, t in told)
    ] == []


def test_each_moment_at_which_a_condition_is_asked_stands_on_the_page_of_the_gate(mutant_count: MutantCount) -> None:
    page = (ROOT / "docs" / "gate.md").read_text()
    changed = [replace(row, moments=row.moments ^ {moment}) for row in ALL for moment in Moment]
    unshown = [(row.code, sorted(row.moments)) for row in changed if table._row(row) in page]
    mutant_count.tried("moments of the gate", len(changed))
    mutant_count.killed("moments of the gate", len(changed) - len(unshown))
    assert unshown == []
