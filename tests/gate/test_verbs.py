"""The channel of the verbs: each condition of the gate, each act by which a text leaves, first and last of three cases."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from advocacy.actions import sending
from casework.access import NotAllowed
from materials.actions import dispatches, public_pages
from materials.models import Copy, Dispatch, PublicPage
from safety.conditions import registry
from safety.verdict import GateClosed
from tests.directory.entries import to_somebody
from tests.gate.near_misses import SPOILERS, ready_for, triggers_off
from tests.gate.ready import Ready, make_ready

KEPT = (3,)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_worlds")]
WHICH = ["first", "last"]


def goes_out(ready: Ready) -> Any:
    """Publish a page, make the first copy of a briefing, or send a notice, as the pages of the site do."""
    if ready.material.level == "emergency":
        return sending.send(actor=ready.ana, material=ready.material)
    if ready.material.level == "full":
        return public_pages.publish(actor=ready.ana, material=ready.material, family={})
    return makes_copy(ready)


def makes_copy(ready: Ready) -> Any:
    """Make one more numbered copy of what is dispatched."""
    named = dispatches.To("The human rights desk", "by hand", ready.recipient, ready.sent_to)
    return dispatches.dispatch(actor=ready.ana, material=ready.material, to=[named])


def leaves(ready: Ready) -> Any:
    """Let the dispatch that waits leave."""
    return dispatches.leave(actor=ready.ana, row=Dispatch.objects.get(pk=ready.extra["dispatch"]))


def copy_leaves(ready: Ready) -> Any:
    """Let the copy that waits leave."""
    return dispatches.leave(actor=ready.ana, row=Copy.objects.get(pk=ready.extra["copy"]))


ACTS: dict[str, Callable[[Ready], Any]] = {act.__name__: act for act in (goes_out, makes_copy, leaves, copy_leaves)}
ASKED = {
    "goes_out": registry.at("insert", registry.OF_A_DISPATCH),
    "makes_copy": registry.at("insert", registry.OF_A_COPY),
    "leaves": registry.at("leave", registry.OF_A_DISPATCH),
    "copy_leaves": registry.at("leave", registry.OF_A_COPY),
}
"""Where the verb itself is stricter: it takes only a clearance that still counts, so an earlier rule refuses."""
EARLIER = {
    ("clearance-revoked", "goes_out"): "no-clearance",
    ("clearance-revoked", "makes_copy"): "no-clearance",
    ("clearance-ended", "goes_out"): "no-clearance",
    ("clearance-ended", "makes_copy"): "no-clearance",
    ("revision-is-old", "goes_out"): "no-clearance",
    ("revision-is-old", "makes_copy"): "no-clearance",
    ("text-differs", "goes_out"): "no-clearance",
}
"""Where the verb cannot be wrong: it makes the dispatch of the present text anew, and the copy is of that; and it scans
again what was scanned before something else became protected (tests/materials/test_scan_again.py)."""
OUT_OF_REACH = {
    ("copy-of-another-text", "makes_copy"),
    ("leak-scan-outdated", "goes_out"),
    ("leak-scan-outdated", "makes_copy"),
}
CELLS = [
    (act, clause.code) for act, asked in ASKED.items() for clause in asked if (clause.code, act) not in OUT_OF_REACH
]


def choose(ready: Ready) -> None:
    """Choose the recipient of a notice, as the alarm does."""
    ready.material.withheld = {"recipients": [str(ready.recipient.pk)] if ready.recipient else []}
    ready.material.save(update_fields=["withheld"])


def spoiled(code: str, which: str, *, waits: bool) -> Ready:
    """Return a material about three cases of which one is spoiled; with a dispatch and a copy that wait, or with none."""
    ready = ready_for(code, cases=3)
    dispatch = ready.a_dispatch(kind="sent")
    case = sorted(ready.cases, key=lambda one: one.pk)[0 if which == "first" else -1]
    choose(ready)
    with triggers_off():
        if waits:
            dispatch.save(force_insert=True)
            copy = ready.a_copy(dispatch)
            copy.save(force_insert=True)
            ready.extra = {"dispatch": dispatch.pk, "copy": copy.pk}
        SPOILERS[code](ready, case, dispatch)
    return ready


def rows() -> list[Any]:
    """Return everything that could show that something got out."""
    out = Dispatch.objects.values_list("pk", "dispatched_at"), Copy.objects.values_list("pk", "dispatched_at")
    return [*sorted(map(str, out[0])), *sorted(map(str, out[1])), PublicPage.objects.count()]


def refusals(act: Callable[[Ready], Any], ready: Ready) -> set[str]:
    """Do it as the coordinator does, take it back, and return every code with which it was refused."""
    point = transaction.savepoint()
    found: set[str] = set()
    try:
        act(ready)
    except GateClosed as closed:
        found = set(closed.verdict.codes)
    except sending.NothingSent as nothing:
        found = {reason.code for refused in nothing.refused for reason in refused.reasons}
    transaction.savepoint_rollback(point)
    return found


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("code", [code for act, code in CELLS if act == "goes_out"] + ["recipient-not-trusted"])
def test_no_verb_brings_out_what_has_one_thing_wrong(code: str, which: str) -> None:
    ready = spoiled(code, which, waits=False)
    before = rows()
    assert EARLIER.get((code, "goes_out"), code) in refusals(goes_out, ready)
    assert rows() == before


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("code", sorted(SPOILERS))
def test_no_verb_lets_go_or_copies_what_waits_when_one_thing_goes_wrong(code: str, which: str) -> None:
    ready = spoiled(code, which, waits=True)
    before = rows()
    for act in ("makes_copy", "leaves", "copy_leaves"):
        if (act, code) in CELLS:
            assert EARLIER.get((code, act), code) in refusals(ACTS[act], ready), act
    assert rows() == before


@pytest.mark.parametrize("kind", ["full", "disclosure", "stop", "emergency"])
def test_the_same_verbs_bring_out_what_is_right(kind: str) -> None:
    code = {
        "full": "on-hold",
        "disclosure": "inside-only",
        "stop": "stop-notice-discloses",
        "emergency": "four-questions-open",
    }[kind]
    ready = ready_for(code, cases=3)
    assert ready.material.level == kind
    choose(ready)
    assert refusals(goes_out, ready) == set()
    (copy,) = makes_copy(ready)
    ready.extra = {"dispatch": copy.dispatch_id, "copy": copy.pk}
    assert leaves(ready) and copy_leaves(ready)


def test_a_copy_is_made_of_the_present_text_and_never_of_another() -> None:
    ready = spoiled("copy-of-another-text", "last", waits=True)
    (copy,) = makes_copy(ready)
    assert copy.dispatch_id != ready.extra["dispatch"]
    assert (copy.dispatch.revision, bytes(copy.dispatch.mac)) == (ready.material.revision, bytes(ready.material.mac))


def test_who_may_not_dispatch_on_the_last_case_brings_out_nothing() -> None:
    ready = make_ready("MIN_BRIEF", "AU_DIPLO", cases=3)
    with pytest.raises(NotAllowed):
        dispatches.dispatch(actor=ready.rui, material=ready.material, to=[to_somebody("A desk")])
    assert not Dispatch.objects.filter(created_at__lte=timezone.now()).exists()


def test_the_matrix_of_the_verbs_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert {code for _act, code in CELLS} == set(SPOILERS)
    earlier = sorted({code for code, _act in EARLIER})
    assert all((act, code) in CELLS for code, act in EARLIER)
    asked = sum(len(every) for every in ASKED.values())
    with capsys.disabled():
        sys.stdout.write(
            f"\nnear misses by verb: {len(CELLS) + len(OUT_OF_REACH)} of {asked} cells, {len(EARLIER)} by an earlier"
            f" rule ({', '.join(earlier)}), {len(OUT_OF_REACH)} out of reach\n"
        )
