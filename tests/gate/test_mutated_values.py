"""Values inside the conditions of consent are changed one by one; some ledger must show each change.

A dropped giver, a span that is not asked, a rank that moves, `>=` that becomes `>`: the rule in Python keeps its value,
so a value whose change no ledger shows in any condition is one that nothing holds.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction

from casework import consent_rule
from casework.consent_codes import OWN_GIVERS, RANKS
from casework.consent_rule import Use
from materials.models import MaterialItem
from safety import gate
from safety.conditions import registry
from safety.conditions.record import Condition
from tests.gate.test_consent_rule import (
    BY_FATHER,
    CODES,
    KNOWN,
    NO,
    OUTLETS,
    PRESUMED,
    Said,
    World,
    said,
    world,
)
from tests.mutation_counts import MutantCount

pytestmark = pytest.mark.django_db
__all__ = ["world"]

CHANGES: tuple[tuple[str, str], ...] = (
    (r">= (?=CASE)", "> "),
    (r"n\.created_at > r\.created_at", "1 = 1"),
    (r"n\.from_at >= r\.from_at", "1 = 1"),
    (r"n\.withdrawn_at IS NULL", "1 = 1"),
    (r"k\.withdrawn_at IS NULL", "1 = 1"),
    (r"k\.removed_at IS NULL", "1 = 1"),
    (r"o\.removed_at IS NULL", "1 = 1"),
    (r"r\.removed_at IS NULL", "1 = 1"),
    (r"k\.until_at > \{deadline\}", "1 = 1"),
    (r"k\.from_at <= \{now\}", "1 = 1"),
    (r"k\.from_at > \{recent\}", "1 = 1"),
    (r"k\.from_at > \{day_ago\}", "1 = 1"),
    (r"g\.ended_at IS NULL", "1 = 1"),
    (r"g\.item = i\.item", "1 = 1"),
    (r"rg\.item = g\.item", "1 = 1"),
    (r"rg\.audience = g\.audience", "1 = 1"),
    (r"og\.item = g\.item", "1 = 1"),
    (r"og\.audience = g\.audience", "1 = 1"),
    (r"r\.status IN \('CS_REFUSED', 'CS_DISPUTED'\)", "r.status = 'CS_REFUSED'"),
    (r"r\.status IN \('CS_REFUSED', 'CS_DISPUTED'\)", "r.status = 'CS_DISPUTED'"),
    (r"'CS_GIVEN', 'CS_LIMITED', 'CS_PRESUMED'", "'CS_GIVEN', 'CS_PRESUMED'"),
    (r"'CS_GIVEN', 'CS_LIMITED', 'CS_PRESUMED'", "'CS_GIVEN', 'CS_LIMITED'"),
    (r"<> 'CS_ASKED'", "<> 'CS_NOBODY'"),
)


def mutated(sql: str) -> Iterator[tuple[str, str]]:
    """Return each changed copy of a condition's SQL, with what was changed."""
    for found, instead in CHANGES:
        changed = re.sub(found, instead, sql)
        if changed != sql:
            yield f"{found} -> {instead}", changed
    for giver in sorted(OWN_GIVERS):
        changed = sql.replace(f"'{giver}', ", "").replace(f", '{giver}'", "")
        if changed != sql:
            yield f"without {giver}", changed
    if "CASE" in sql:
        for giver in [code for code in RANKS if code != "CG_NONE_BEST"]:
            yield f"no rank of {giver}", sql.replace(f"WHEN '{giver}' THEN {RANKS[giver]}", f"WHEN '{giver}' THEN 0")


def mutants() -> list[tuple[str, str, Condition]]:
    """Return every mutant of the conditions of consent: the code, the change, the condition."""
    return [
        (condition.code, change, replace(condition, holds=holds))
        for condition in registry.ALL
        if condition.code in CODES
        for change, holds in mutated(condition.holds)
    ]


def ledgers() -> dict[str, list[Said]]:
    """Return the ledgers in which answers collide, and one for each giver, rank and state that a value stands for."""
    found = dict(KNOWN)
    for giver in RANKS:
        if giver == "CG_NONE_BEST":
            continue
        found[f"{giver} refuses what the father gave"] = [BY_FATHER, replace(NO, giver=giver)]
        found[f"{giver} agrees after having refused"] = [replace(NO, giver=giver), said(giver, "CS_GIVEN")]
        found[f"{giver} agrees and the guardian disputes"] = [
            said(giver, "CS_GIVEN"),
            said("CG_GUARDIAN", "CS_DISPUTED"),
        ]
        found[f"{giver} refused, the person agrees"] = [replace(NO, giver=giver), said("CG_SELF", "CS_GIVEN")]
        found[f"the person withdrew, {giver} agrees"] = [
            replace(said("CG_SELF", "CS_GIVEN"), is_withdrawn=True),
            said(giver, "CS_GIVEN"),
        ]
        found[f"{giver} withdrew, the guardian agrees"] = [
            replace(said(giver, "CS_GIVEN"), is_withdrawn=True),
            said("CG_GUARDIAN", "CS_GIVEN"),
        ]
    order = sorted(RANKS, key=lambda code: -RANKS[code])
    for higher, lower in pairwise(order[:-1]):
        found[f"{higher} refused and {lower} agreed later"] = [replace(NO, giver=higher), said(lower, "CS_GIVEN")]
        found[f"{lower} refused and {higher} agreed later"] = [replace(NO, giver=lower), said(higher, "CS_GIVEN")]
    found |= {
        "limited": [said("CG_SELF", "CS_LIMITED")],
        "only asked": [said("CG_SELF", "CS_ASKED"), BY_FATHER],
        "not begun": [said("CG_SELF", "CS_GIVEN", began=1)],
        "over": [said("CG_SELF", "CS_GIVEN", began=-100, lasts=10)],
        "removed": [said("CG_SELF", "CS_GIVEN", is_removed=True)],
        "a removed own answer binds nobody": [said("CG_SELF", "CS_GIVEN", is_removed=True), BY_FATHER],
        "a removed refusal": [replace(NO, is_removed=True), BY_FATHER],
        "withdrawn": [replace(said("CG_SELF", "CS_GIVEN"), is_withdrawn=True)],
        "narrowed": [
            said("CG_SELF", "CS_GIVEN", ended_pairs=frozenset({("CI_NAME", "AU_SUPPORT"), ("CI_NAME", "AU_DIPLO")}))
        ],
        "one item of two": [
            said("CG_SELF", "CS_GIVEN", pairs=frozenset({("CI_NAME", "AU_SUPPORT"), ("CI_NAME", "AU_DIPLO")}))
        ],
        "refused to one audience, allowed to all": [
            BY_FATHER,
            replace(NO, pairs=frozenset({("CI_NAME", "AU_DIPLO")})),
        ],
        "the person agreed before they refused": [said("CG_SELF", "CS_GIVEN"), NO],
        "an older yes written down after the refusal": [replace(NO, began=-1), said("CG_SELF", "CS_GIVEN", began=-25)],
        "agreed anew and withdrew that": [NO, replace(said("CG_SELF", "CS_GIVEN"), is_withdrawn=True), BY_FATHER],
        "the guardian refused, the father agreed and withdrew, the lawyer agrees": [
            said("CG_GUARDIAN", "CS_REFUSED"),
            replace(BY_FATHER, is_withdrawn=True),
            said("CG_LAWYER", "CS_GIVEN"),
        ],
        "agreed anew and withdrew that, then whoever has a power of attorney agreed": [
            NO,
            replace(said("CG_SELF", "CS_GIVEN"), is_withdrawn=True),
            said("CG_POA", "CS_GIVEN"),
        ],
        "a power of attorney agreed and refused, then the father agreed": [
            said("CG_POA", "CS_GIVEN"),
            said("CG_POA", "CS_REFUSED"),
            BY_FATHER,
        ],
        "the father agreed, the lawyer refused, then it was presumed": [
            BY_FATHER,
            said("CG_LAWYER", "CS_REFUSED"),
            PRESUMED,
        ],
        "presumed three days ago": [replace(PRESUMED, is_seconded=True, began=-80)],
    }
    return found


def shown_by(world: World, ledger: list[Said], living: list[tuple[str, str, Condition]], monkeypatch: Any) -> set[int]:
    """Return which mutants answer otherwise than the rule about this ledger."""
    shown: set[int] = set()
    uses: list[Use] = [("CI_NAME", None), ("CI_BIO", None)]
    with transaction.atomic():
        rows = [world.say(one) for one in ledger]
        for one, row in zip(ledger, rows, strict=True):
            if one.is_withdrawn:
                world.withdraw(row)
        for outlet in OUTLETS:
            material = world.materials[outlet]
            MaterialItem.objects.bulk_create(
                MaterialItem(material=material, revision=material.revision, case=world.case, item=item)
                for item, _contact in uses
            )
            asked = consent_rule.ledger_of(world.case).ask(material.audience, material.level)
            by_rule = set(asked.refusals(uses))
            named = tuple(replace(one, code=f"{code} {place}") for place, (code, _change, one) in enumerate(living))
            monkeypatch.setattr(gate.registry, "OF_A_DISPATCH", (*registry.TEXT, *named))
            verdict = gate.examine(gate.Leaving.of(material), moment="insert")
            refused = {refusal.code for refusal in verdict.refusals}
            for place, (code, _change, _one) in enumerate(living):
                if (f"{code} {place}" in refused) is not (code in by_rule):
                    shown.add(place)
        transaction.set_rollback(True)
    return shown


@pytest.mark.timeout(0)
def test_each_value_in_the_conditions_of_consent_is_held_by_some_ledger(
    world: World, monkeypatch: pytest.MonkeyPatch, mutant_count: MutantCount
) -> None:
    every = {change for _code, change, _mutant in mutants()}
    living = mutants()
    for ledger in ledgers().values():
        if not living:
            break
        shown = shown_by(world, ledger, living, monkeypatch)
        told = {living[place][1] for place in shown}
        living = [mutant for mutant in living if mutant[1] not in told]
    alive = sorted({change for _code, change, _mutant in living})
    mutant_count.tried("values of consent", len(every))
    mutant_count.killed("values of consent", len(every) - len(alive))
    assert alive == []
