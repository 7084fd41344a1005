"""The rules of the walk by which something leaves: a dispatch, a copy, a page that is served.

Left alone a walk is seldom one step from the open door: something else is wrong already. So there are rules that set
everything right, let words go out as far as they wait at each door, spoil one thing, and try every door.
"""

import random
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from casework.models import Case
from materials.models import Copy, Dispatch
from safety import gate
from tests.gate.machine_spoilers import SPOILERS
from tests.gate.model import Signed

INSERT, LEAVE, COPY, COPY_LEAVES, SERVE = (
    "a dispatch is made",
    "a dispatch leaves",
    "a copy is made",
    "a copy leaves",
    "a page is served",
)
MET: dict[str, set[str]] = {}
"""By door, the clauses that alone stood against something in a walk: without one of these, that walk goes wrong."""


class _Undone(Exception):
    """Takes back what was tried."""


class DoorRules:
    """Mixed into the walk."""

    is_noted = False
    """Whether a walk notes which clause alone stood against something (MET): it takes two questions at each refusal."""

    people: Any
    case: Any
    material: Any
    sent_to: Any
    model: Any
    rows: Any
    waiting: Any
    copies: Any
    seed: Any
    to_spoil: Any

    def _next(self) -> int:
        raise NotImplementedError

    # --- what leaves

    def _a_dispatch(self, signature: Signed, clearance: Any, kind: str) -> Dispatch:
        return Dispatch(
            material=self.material,
            revision=signature.revision,
            kind=kind,
            audience="AU_SUPPORT",
            clearance=clearance,
            title=self.material.title,
            body=self.material.body,
            language="en",
            mac=bytes(clearance.material_mac),
            created_by=self.people["ana"],
        )

    def _a_copy(self, dispatch: Dispatch, clearance: Any) -> Copy:
        return Copy(
            material=self.material,
            dispatch=dispatch,
            revision=clearance.revision,
            number=self._next(),
            clearance=clearance,
            sent_to=self.sent_to,
            recipient_name="The desk",
            mac=bytes(clearance.material_mac),
            created_by=self.people["ana"],
        )

    def _try(self, door: str, row: Any, act: Callable[[], Any], *, expected: bool, is_undone: bool = False) -> bool:
        """Try to get out, compare what the database says with the model, and note which clause alone stood against it."""
        try:
            with transaction.atomic():
                act()
                assert expected, f"{door}, and the model forbids it"
                if is_undone:
                    raise _Undone
        except _Undone:
            return True
        except DatabaseError as refusal:
            assert not expected, f"{door} is refused, but the model allows it: {refusal}"
            if self.is_noted:
                _note(door, _stood_against(door, row))
            return False
        return True

    # --- each door by itself

    @precondition(lambda self: self.rows)
    @rule(bulk=st.booleans())
    def dispatch(self, bulk: bool) -> None:
        signature, clearance = self.rows[-1]
        row = self._a_dispatch(signature, clearance, "published")
        expected = self.model.allowed(signature) and signature.revision not in self.model.dispatched
        act = (lambda: Dispatch.objects.bulk_create([row])) if bulk else (lambda: row.save(force_insert=True))
        if self._try(INSERT, row, act, expected=expected):
            self.model.dispatched.add(signature.revision)
            self.waiting.append((signature, row))

    @precondition(lambda self: self.waiting)
    @rule(by_save=st.booleans())
    def leave(self, by_save: bool) -> None:
        signature, row = self.waiting[-1]
        expected = self.model.allowed(signature) and signature.revision not in self.model.left
        if self._try(LEAVE, row, lambda: _leaves(row, by_save=by_save), expected=expected):
            self.model.left.add(signature.revision)

    @precondition(lambda self: self.waiting and self.rows)
    @rule(is_of_the_first=st.booleans())
    def copy(self, is_of_the_first: bool) -> None:
        signature, clearance = self.rows[-1]
        of, dispatch = self.waiting[0 if is_of_the_first else -1]
        row = self._a_copy(dispatch, clearance)
        expected = self.model.allowed(signature) and of.revision == signature.revision
        if self._try(COPY, row, lambda: row.save(force_insert=True), expected=expected):
            self.copies.append((signature, row))

    @precondition(lambda self: self.copies)
    @rule(by_save=st.booleans())
    def copy_leaves(self, by_save: bool) -> None:
        signature, row = self.copies.pop()
        act = lambda: _leaves(row, by_save=by_save)  # noqa: E731
        self._try(COPY_LEAVES, row, act, expected=self.model.allowed(signature))

    @precondition(lambda self: self.waiting)
    @rule()
    def served(self) -> None:
        signature, row = self.waiting[-1]
        if signature.revision != self.model.revision:
            return  # what is public in older words rests on the facts under those: the model knows the newest alone
        verdict = gate.still_open(row)
        assert bool(verdict) == self.model.may_stay(signature), f"{SERVE}: {verdict.codes}"
        _note(SERVE, verdict.codes)

    # --- everything right but one thing, at every door

    # Four rules of one body, so that it is common: a walk takes its rules evenly.

    @rule()
    def something_goes_wrong(self) -> None:
        self._next_things_go_wrong()

    @rule()
    def something_else_goes_wrong(self) -> None:
        self._next_things_go_wrong()

    @rule()
    def a_third_thing_goes_wrong(self) -> None:
        self._next_things_go_wrong()

    @rule()
    def one_more_thing_goes_wrong(self) -> None:
        self._next_things_go_wrong()

    def _next_things_go_wrong(self) -> None:
        """Take the next two of all that may go wrong, in the order of this walk: none comes twice before each came."""
        for _ in range(2):
            if not self.to_spoil:
                self.to_spoil = random.Random(self.seed).sample(sorted(SPOILERS), len(SPOILERS))
            self.goes_wrong(self.to_spoil.pop())

    def goes_wrong(self, what: str) -> None:
        """Set everything right, let words wait at each door, spoil this, and try every door."""
        self._everything_is_right(but=what)
        signature, clearance = self.rows[-1]
        row = self._a_dispatch(signature, clearance, "published")
        if SPOILERS[what].comes_after:
            assert self.model.allowed(signature)
            row.save(force_insert=True)
            copy = self._a_copy(row, clearance)
            copy.save(force_insert=True)
            self.model.dispatched.add(signature.revision)
            self.waiting.append((signature, row))
            self.copies.append((signature, copy))
        SPOILERS[what].spoil(self)
        expected = self.model.allowed(signature)
        other = self._a_dispatch(signature, clearance, "sent")
        self._try(INSERT, other, lambda: other.save(force_insert=True), expected=expected, is_undone=True)
        if SPOILERS[what].comes_after:
            self._try(LEAVE, row, lambda: _leaves(row, by_save=False), expected=expected, is_undone=True)
            another = self._a_copy(row, clearance)
            self._try(COPY, another, lambda: another.save(force_insert=True), expected=expected, is_undone=True)
            self._try(COPY_LEAVES, copy, lambda: _leaves(copy, by_save=False), expected=expected, is_undone=True)
            self.served()
        if what == "nothing" and len(self.waiting) > 1:
            stray = self._a_copy(self.waiting[0][1], clearance)
            self._try(COPY, stray, lambda: stray.save(force_insert=True), expected=False)

    def _everything_is_right(self, *, but: str = "") -> None:
        """Mend whatever stands against it, write the words anew, have them scanned and signed; all but one of these."""
        self._mend()
        self.edit("ana", bulk=False)
        if but != "the family is not told":
            self.family_told()
        if but != "there is no scan":
            self.scanned("clean")
        self.signed("rui", fresh=but != "the twelve answers are old")

    def _mend(self) -> None:
        """Let nothing stand against the case or the claim any more; what is right already is left."""
        model = self.model
        if any(model.holds) or model.twin.is_held:
            self.holds_lifted_by_two()
        if model.twin.is_tied and model.twin.knows_a_stop():
            self.twin_wishes("none_known")
            self.twin_agrees()
        if model.wish != "none_known":
            self.wish("none_known")
        if model.pauses or model.reviews_due or not model.risk_allows_it() or not model.assessments[-1]["signed"]:
            self.assessed_again()
        if model.posture != "PO_PUBLIC":
            self.posture("PO_PUBLIC")
        if model.is_refused() or not any(consent["live"] for consent in model.consents):
            self.consent_given()
        self.claim_ruled("VS_DOC")
        self.source_graded("A")
        if model.claim_says != "what it said":
            self.claim_says("what it said")
        self.demand_is_about("redress")
        Case.objects.filter(pk=self.case.pk).update(status=self.case.status)
        model.facts_now["status"] = self.case.status


def _stood_against(door: str, row: Any) -> tuple[str, ...]:
    known = {"clearance_id": row.clearance_id, "created_by_id": row.created_by_id}
    if isinstance(row, Copy):
        known |= {"recipient_id": row.recipient_id, "sent_to_id": row.sent_to_id, "dispatch_id": row.dispatch_id}
    moment = "insert" if door in {INSERT, COPY} else "leave"
    return gate.examine(gate.Leaving.of(row, **known), moment=moment).codes


def _leaves(row: Any, *, by_save: bool) -> None:
    if by_save:
        row.dispatched_at = timezone.now()
        row.save(update_fields=["dispatched_at"])
    else:
        type(row)._base_manager.filter(pk=row.pk).update(dispatched_at=timezone.now())


def _note(door: str, codes: tuple[str, ...]) -> None:
    if len(codes) == 1:
        MET.setdefault(door, set()).add(codes[0])
