"""The directed matrix: each condition of the gate, each way out, for the first and the last of three cases."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from casework.models import ConsentGrant
from materials.models import Copy, Dispatch
from safety.conditions import registry
from safety.conditions.record import Condition
from safety.gate import Leaving, examine
from tests.factories import a_consent
from tests.gate.channels import INSERTS, LEAVES, undone
from tests.gate.near_misses import OF_A_COPY_ALONE, SPOILERS, ready_for, triggers_off
from tests.gate.ready import make_ready

DISPATCH = {clause.code: clause for clause in registry.OF_A_DISPATCH}
COPY = {clause.code: clause for clause in registry.OF_A_COPY}
WHICH = ["first", "last"]
KINDS = [
    ("SUPPORTER", "AU_SUPPORT", False),
    ("MIN_BRIEF", "AU_DIPLO", False),
    ("PROTECTIVE_NOTICE", "AU_TRUSTED", False),
    ("PROTECTIVE_NOTICE", "AU_TRUSTED", True),
]
KEPT = (1, 3)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_worlds")]


def codes(moment: str, known: dict[str, Condition]) -> list[str]:
    return [code for code, clause in known.items() if moment in clause.moments]


def spoiled(code: str, which: str, *, with_dispatch: bool) -> tuple[Any, Any]:
    """Return a material with three cases of which one is spoiled, and its dispatch when it was made before."""
    ready = ready_for(code, cases=3)
    dispatch = ready.a_dispatch()
    case = sorted(ready.cases, key=lambda one: one.pk)[0 if which == "first" else -1]
    with triggers_off():
        if with_dispatch:
            dispatch.save(force_insert=True)
        SPOILERS[code](ready, case, dispatch)
    return ready, dispatch


def test_every_condition_has_its_near_miss() -> None:
    asked_at_the_door = {*codes("insert", COPY), *codes("leave", COPY)}
    assert asked_at_the_door == set(SPOILERS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: " ".join(map(str, kind)))
@pytest.mark.parametrize("channel", INSERTS)
def test_what_is_right_goes_out_by_every_way(kind: tuple[str, str, bool], channel: str) -> None:
    from_kind, audience, alone = kind
    ready = make_ready(from_kind, audience, cases=2, alone=alone)
    dispatch = ready.a_dispatch()
    INSERTS[channel](dispatch)
    copy = ready.a_copy(dispatch)
    INSERTS[channel](copy)
    for row in (Dispatch.objects.get(pk=dispatch.pk), Copy.objects.get(pk=copy.pk)):
        assert [way for way, leave in LEAVES.items() if undone(lambda leave=leave, row=row: leave(row))] == []


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("code", codes("insert", DISPATCH))
def test_a_dispatch_with_one_thing_wrong_is_refused_by_every_way(code: str, which: str) -> None:
    _ready, dispatch = spoiled(code, which, with_dispatch=False)
    said = {channel: undone(lambda insert=insert: insert(dispatch)) for channel, insert in INSERTS.items()}
    assert all(f"dispatch_meets_every_condition: {code}" in words for words in said.values()), said


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("code", codes("leave", DISPATCH))
def test_a_dispatch_that_waits_does_not_leave_when_one_thing_goes_wrong(code: str, which: str) -> None:
    _ready, dispatch = spoiled(code, which, with_dispatch=True)
    said = {channel: undone(lambda leave=leave: leave(dispatch)) for channel, leave in LEAVES.items()}
    assert all(f"dispatch_leaves_only_while_the_gate_is_open: {code}" in words for words in said.values()), said


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("code", codes("insert", COPY))
def test_a_copy_is_checked_like_a_dispatch_at_its_own_time(code: str, which: str) -> None:
    ready, dispatch = spoiled(code, which, with_dispatch=True)
    said = {
        channel: undone(lambda insert=insert: insert(ready.a_copy(dispatch))) for channel, insert in INSERTS.items()
    }
    assert all(f"copy_meets_every_condition: {code}" in words for words in said.values()), said


@pytest.mark.parametrize("code", codes("leave", COPY))
def test_a_copy_that_waits_does_not_leave_when_one_thing_goes_wrong(code: str) -> None:
    ready = ready_for(code)
    dispatch = ready.a_dispatch()
    copy = ready.a_copy(dispatch)
    with triggers_off():
        dispatch.save(force_insert=True)
        copy.save(force_insert=True)
        SPOILERS[code](ready, ready.cases[0], dispatch)
    said = {channel: undone(lambda leave=leave: leave(copy)) for channel, leave in LEAVES.items()}
    assert all(f"copy_leaves_only_while_the_gate_is_open: {code}" in words for words in said.values()), said


@pytest.mark.parametrize("code", codes("insert", COPY))
def test_whoever_asks_hears_exactly_the_one_reason(code: str) -> None:
    of_a_copy = code in OF_A_COPY_ALONE
    ready, dispatch = spoiled(code, "last", with_dispatch=of_a_copy)
    known = {"clearance_id": ready.clearance.pk, "created_by_id": ready.ana.pk}
    if of_a_copy:
        known |= ready.asked_of_a_copy(dispatch)
    verdict = examine(Leaving.of(ready.material, **known), moment="insert")
    assert verdict.codes == (code,)
    assert all(refusal.sentence for refusal in verdict.refusals)


@pytest.mark.parametrize("is_agreed", [False, True])
def test_one_item_carried_by_old_best_interest_alone_waits_for_the_second_person(is_agreed: bool) -> None:
    ready = ready_for("nobody-agreed")
    dispatch = ready.a_dispatch()
    (case,) = ready.cases
    presumed = {"basis": "best_interest", "giver": "CG_NONE_BEST", "status": "CS_PRESUMED", "tried": "His sister."}
    presumed |= {"seconded_by": ready.rui if is_agreed else None}
    old = timezone.now() - dt.timedelta(hours=25)
    with triggers_off():
        ConsentGrant.objects.filter(item="CI_BIO").delete()
        a_consent(case, ("CI_BIO",), ("AU_OWNGOV",), at=old, lasts=dt.timedelta(hours=72), **presumed)
    said = {channel: undone(lambda insert=insert: insert(dispatch)) for channel, insert in INSERTS.items()}
    assert all((words == "") if is_agreed else ("nobody-agreed" in words) for words in said.values()), said
