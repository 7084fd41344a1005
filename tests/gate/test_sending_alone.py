"""Sending alone is bounded in the database: of the same ledger the rule, the question and the insert say the same."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from casework.models import Case, Membership
from materials.actions.dispatches import through_the_gate
from materials.models import Dispatch
from safety.gate import Leaving, examine
from safety.verdict import GateClosed
from sealing import triggers
from tests.factories import a_case
from tests.gate.channels import INSERTS, refused, undone
from tests.gate.near_misses import triggers_off
from tests.gate.near_misses_alone import OTHERS
from tests.gate.ready import Ready, make_ready
from tests.mutation_counts import MutantCount
from tests.people import a_person

pytestmark = pytest.mark.django_db
NOTICE = ("PROTECTIVE_NOTICE", "AU_TRUSTED")
HOUR = dt.timedelta(hours=1)
GATE = "dispatch_meets_every_condition"
MOST = 4
KINDS_OF_ROLE = ("reader", "researcher", "communications")
BOUNDS = {
    "account-is-too-new",
    "no-role-on-a-case",
    "own-lone-notice-unseen",
    "emergency-right-rests",
    "lone-notices-unseen",
}
GUARDS = "clauses of what is born alone"


# --- what the rule says, told without its SQL -------------------------------------------------------


@dataclass(frozen=True)
class Role:
    """One role of the sender: how it came, how many hours ago, and whether it is over."""

    came: str
    hours: int
    over: str = ""

    def counts(self) -> bool:
        """Say whether it makes somebody of the office of this person."""
        if self.over in {"ended", "ran out"}:
            return False
        return self.came in {"given", "agreed"} or (self.came == "opened" and self.hours >= 24)


@dataclass(frozen=True)
class Earlier:
    """A notice that left before: who sent it, whether it was signed, and whether somebody looked or is late."""

    by: str
    is_alone: bool
    look: str


@dataclass(frozen=True)
class Ledger:
    """What is known of who wants to send alone, and of what left alone before."""

    age: int
    roles: tuple[Role, ...]
    earlier: tuple[Earlier, ...]

    def refusals(self) -> set[str]:
        """Return the bounds that are passed, by the words of SECURITY.md 4 and not by the conditions."""
        unseen = [one for one in self.earlier if one.is_alone and one.look != "looked at"]
        own = [one for one in unseen if one.by == "ana"]
        said = {
            "account-is-too-new": self.age < 24,
            "no-role-on-a-case": not any(role.counts() for role in self.roles),
            "own-lone-notice-unseen": any(one.look == "waits" for one in own),
            "emergency-right-rests": any(one.look == "late" for one in own),
            "lone-notices-unseen": len(unseen) >= 3,
        }
        return {code for code, is_so in said.items() if is_so}


HOURS = st.sampled_from([0, 23, 25, 60])
CAME = st.sampled_from(["given", "opened", "asked", "agreed"])
ROLES = st.builds(Role, CAME, HOURS, st.sampled_from(["", "", "ended", "ran out", "runs"]))
EARLIER = st.builds(
    Earlier,
    st.sampled_from(["ana", *OTHERS]),
    st.sampled_from([True, True, False]),
    st.sampled_from(["waits", "looked at", "late"]),
)
LEDGERS = st.builds(
    Ledger,
    st.sampled_from([0, 23, 25, 60]),
    st.lists(ROLES, max_size=3).map(tuple),
    st.lists(EARLIER, max_size=MOST).map(tuple),
)


@dataclass
class World:
    """A notice that one person may send alone, and what left before it, of which each ledger takes a part."""

    ready: Ready
    alone: list[Dispatch]
    signed: list[Dispatch]
    case: Case

    @classmethod
    def made(cls) -> "World":
        """Make it once; then keep the gate of a dispatch alone: what the ledgers say takes days to come about."""
        ready = make_ready(*NOTICE, alone=True)
        with triggers_off():
            alone, signed = ([_left(is_alone) for _ in range(MOST)] for is_alone in (True, False))
        if connection.vendor == "sqlite":
            gates = [one for one in triggers.registered() if one.name == GATE]
            triggers.drop_all(connection)
            triggers.install(connection, only=gates)
        return cls(ready, alone, signed, a_case(lead=a_person("tomas")))

    def write(self, ledger: Ledger) -> None:
        """Write the ledger around the notice."""
        now, ana = timezone.now(), self.ready.ana
        User.objects.filter(pk=ana.pk).update(joined_at=now - ledger.age * HOUR)
        Membership.objects.filter(user=ana).update(granted_at=now)  # of what she opened for an alarm of today
        for place, role in enumerate(ledger.roles):
            self._role(role, KINDS_OF_ROLE[place])
        rows = {True: list(self.alone), False: list(self.signed)}
        for one in ledger.earlier:
            row = rows[one.is_alone].pop()
            due = now + (-HOUR if one.look == "late" else 20 * HOUR) if one.is_alone else None
            looked = {"reviewed_after_by": self.ready.rui, "reviewed_after_at": now} if one.look == "looked at" else {}
            Dispatch.objects.filter(pk=row.pk).update(created_by=a_person(one.by), review_due_at=due, **looked)
        Dispatch.objects.filter(pk__in=[row.pk for left_over in rows.values() for row in left_over]).delete()

    def _role(self, role: Role, kind: str) -> None:
        now, ana, tomas = timezone.now(), self.ready.ana, a_person("tomas")
        is_opening = role.came == "opened"
        over = {"ended": {"ended_at": now}, "ran out": {"until": now - HOUR}, "runs": {"until": now + HOUR}}
        agreed = {"seconded_by": tomas, "seconded_at": now} if role.came == "agreed" else {}
        told = {"granted_by": tomas if role.came == "given" else ana, "granted_at": now - role.hours * HOUR}
        told |= {"role": "coordinator" if is_opening else kind, "is_opening": is_opening}
        case = a_case(lead=tomas) if is_opening else self.case
        Membership.objects.create(case=case, user=ana, **told, **agreed, **over.get(role.over, {}))


def _left(is_alone: bool) -> Dispatch:
    other = make_ready(*NOTICE, alone=is_alone)
    row = other.a_dispatch(review_due_at=None)
    row.save(force_insert=True)
    return row


OF_TOMAS = Earlier("tomas", True, "waits")


def by_the_verb(ready: Ready) -> set[str]:
    """Return the codes with which the verb that inserts refuses."""
    point = transaction.savepoint()
    try:
        through_the_gate(ready.a_dispatch(), ready.ana, ready.clearance)
    except GateClosed as closed:
        return set(closed.verdict.codes)
    finally:
        transaction.savepoint_rollback(point)
    return set()


@pytest.mark.timeout(400)
def test_the_verb_and_the_database_say_the_same_of_the_same_ledger() -> None:
    world = World.made()
    ready, met = world.ready, set()
    writing = nullcontext if connection.vendor == "sqlite" else triggers_off
    asked = Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ready.ana.pk)

    @settings(max_examples=60, deadline=None, database=None)
    @example(ledger=Ledger(60, (Role("given", 0),), ()))
    @example(ledger=Ledger(0, (), (Earlier("ana", True, "waits"), Earlier("ana", True, "late"), OF_TOMAS)))
    @given(ledger=LEDGERS)
    def say_the_same(ledger: Ledger) -> None:
        with transaction.atomic():
            with writing():
                world.write(ledger)
            wanted = ledger.refusals()
            assert set(examine(asked, moment="insert").codes) == wanted
            assert by_the_verb(ready) == wanted
            said = undone(lambda: INSERTS["raw SQL"](ready.a_dispatch()))
            assert any(f"{GATE}: {code}" in said for code in wanted) if wanted else said == ""
            transaction.set_rollback(True)
        met.add(frozenset(wanted))

    say_the_same()
    assert frozenset() in met and {code for wanted in met for code in wanted} == BOUNDS


# --- what is born alone ------------------------------------------------------------------------------

NO_LOOK = {
    "no look is due": {"review_due_at": None},
    "the look is due the day after tomorrow": {"review_due_at": timezone.now() + 48 * HOUR},
    "looked at before it left": {"reviewed_after_at": timezone.now()},
}
IN_TIME = {"as the verb sets it": None, "in a day": 24 * HOUR, "an hour ago": -HOUR}


@pytest.mark.parametrize("is_left_out", [False, True])
@pytest.mark.parametrize("what", NO_LOOK)
def test_what_leaves_alone_is_born_with_a_look_within_a_day(
    what: str, is_left_out: bool, mutant_count: MutantCount
) -> None:
    ready = make_ready(*NOTICE, alone=True)
    columns = {**NO_LOOK[what], **({"reviewed_after_by": ready.rui} if "reviewed_after_at" in NO_LOOK[what] else {})}
    if is_left_out:
        mutant_count.tried(GUARDS)
        with triggers_off(left_out=("dispatch_meets_every_condition:alone-without-a-look",)):
            pass
    row = ready.a_dispatch(**columns)
    said = {way: undone(lambda insert=insert: insert(row)) for way, insert in INSERTS.items()}
    if is_left_out:
        assert said == dict.fromkeys(INSERTS, "")
        mutant_count.killed(GUARDS)
    else:
        assert all("dispatch_meets_every_condition: alone-without-a-look" in words for words in said.values()), said


@pytest.mark.parametrize("due", IN_TIME)
def test_a_look_in_time_or_late_is_no_reason_against_it(due: str) -> None:
    ready, after = make_ready(*NOTICE, alone=True), IN_TIME[due]
    columns = {} if after is None else {"review_due_at": timezone.now() + after}
    assert undone(lambda: ready.a_dispatch(**columns).save(force_insert=True)) == ""


@pytest.mark.parametrize("columns", [{"review_due_at": None}], ids=str)
def test_what_a_second_person_signed_needs_no_look(columns: dict[str, None]) -> None:
    assert undone(lambda: make_ready(*NOTICE).a_dispatch(**columns).save(force_insert=True)) == ""


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("noun", ["dispatch", "copy"])
@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_nothing_leaves_alone_in_a_transaction_that_keeps_an_old_view(
    level: str, noun: str, mutant_count: MutantCount
) -> None:
    ready, signed = make_ready(*NOTICE, alone=True), make_ready(*NOTICE)
    said = {name: _at(level, one, noun) for name, one in (("alone", ready), ("signed", signed))}
    assert said["signed"] == ""
    assert ("counted-in-an-old-view" in said["alone"]) is (level == "REPEATABLE READ"), said
    if level == "REPEATABLE READ":
        mutant_count.tried(GUARDS)
        left_out = f"{noun}_meets_every_condition:counted-in-an-old-view"
        triggers.install(connection, drop=(left_out,))
        try:
            assert _at(level, ready, noun) == ""
        finally:
            triggers.install(connection)
        mutant_count.killed(GUARDS)


def _at(level: str, ready: Ready, noun: str) -> str:
    """Insert in a transaction of this kind, take it back, and return what the database said."""
    row = ready.a_dispatch()
    if noun == "copy" and not Dispatch.objects.filter(material=ready.material).exists():
        row.save(force_insert=True)
    made = ready.a_copy(Dispatch.objects.get(material=ready.material)) if noun == "copy" else row

    def act() -> None:
        made.save(force_insert=True)
        transaction.set_rollback(True)

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        said = refused(act)
        transaction.set_rollback(True)
    return said
