"""Races on PostgreSQL: nothing gets out after a withdrawal or a high-risk signature was committed."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.access import lock
from casework.models import Case, Consent, PossibleTwin
from materials.models import Dispatch
from safety.models import Hold
from tests.factories import a_case, a_twin, on_case
from tests.gate.channels import refused
from tests.gate.ready import Ready, a_clean_scan, a_signed_assessment, make_ready
from tests.people import a_person

DISPATCHES = 40
pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def in_thread(act: Callable[[], None]) -> threading.Thread:
    """Start an act on its own connection, closed at the end."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def materials() -> Iterator[list[Ready]]:
    """Return forty materials about one case, each of which may leave now."""
    first = make_ready()
    yield [first, *(make_ready(about=first.cases) for _ in range(DISPATCHES - 1))]


def withdraw(case: Case) -> None:
    lock(case)
    Consent.objects.filter(case=case).update(withdrawn_at=timezone.now())


def sign_high(case: Case) -> None:
    lock(case)
    a_signed_assessment(case, author=a_person("ana"), signer=a_person("rui"), level="RL_HIGH")


def hold_the_other(case: Case) -> None:
    """Hold the case that may be about the same person, as its own people do: they know of no other."""
    pair = PossibleTwin.objects.of(case).get()
    (other,) = lock(pair.beside(case))
    Hold.objects.create(case=other, kind="until_lifted", reason="Summoned", held_by=a_person("tomas"))


def withdraw_by_hand(case: Case) -> None:
    """Without the verbs' lock on the case: the trigger's own locks must do."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_consent SET withdrawn_at = clock_timestamp() WHERE case_id = %s", [case.pk])


@pytest.mark.parametrize(
    "stop", [withdraw, sign_high, withdraw_by_hand, hold_the_other], ids=lambda stop: stop.__name__
)
def test_of_forty_dispatches_none_is_committed_after_the_stop(
    materials: list[Ready], stop: Callable[[Case], None]
) -> None:
    case = materials[0].cases[0]
    a_twin(case)
    for ready in materials:
        a_clean_scan(ready.material, ready.cases)
    start = threading.Barrier(DISPATCHES + 1, timeout=60)
    seen_by_the_stop: set[Any] = set()

    def dispatch(ready: Ready) -> Callable[[], None]:
        row = ready.a_dispatch()

        def act() -> None:
            start.wait()
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except DatabaseError:
                return

        return act

    def stop_it() -> None:
        start.wait()
        with transaction.atomic():
            stop(case)
            seen_by_the_stop.update(Dispatch.objects.values_list("pk", flat=True))

    threads = [*(in_thread(dispatch(ready)) for ready in materials), in_thread(stop_it)]
    for thread in threads:
        thread.join(timeout=100)
    got_out = set(Dispatch.objects.values_list("pk", flat=True))
    late = got_out - seen_by_the_stop
    assert len(late) == 0, f"{len(late)} of {DISPATCHES} were committed after the stop"


@pytest.mark.parametrize("before", [0, 2])
def test_of_twelve_lone_notices_at_once_three_wait_for_a_look(before: int) -> None:
    """Each of somebody else, by SQL alone: no verb's lock stands before the trigger."""
    people = [on_case(a_case(lead=a_person("tomas")), f"sender-{number}", "researcher") for number in range(12)]
    ready = [make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True) for _ in people]
    rows = [one.a_dispatch(created_by=person) for one, person in zip(ready, people, strict=True)]
    for row in rows[:before]:
        row.save(force_insert=True)
    start, said = threading.Barrier(len(rows) - before, timeout=60), []

    def send(row: Dispatch) -> Callable[[], None]:
        def act() -> None:
            start.wait()
            said.append(refused(lambda: row.save(force_insert=True)))

        return act

    for thread in [in_thread(send(row)) for row in rows[before:]]:
        thread.join(timeout=100)
    assert Dispatch.objects.count() == 3
    assert sum("dispatch_meets_every_condition: lone-notices-unseen" in words for words in said) == 9, said


def test_who_sends_alone_waits_until_the_one_before_is_committed() -> None:
    """Two wait for a look; the third is not committed yet when the fourth comes: it waits, and then counts three."""
    people = [on_case(a_case(lead=a_person("tomas")), f"sender-{number}", "researcher") for number in range(4)]
    rows = [
        make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True).a_dispatch(created_by=person) for person in people
    ]
    for row in rows[:2]:
        row.save(force_insert=True)
    said: list[str] = []
    with transaction.atomic():
        rows[2].save(force_insert=True)
        fourth = in_thread(lambda: said.append(refused(lambda: rows[3].save(force_insert=True))))
        while fourth.is_alive() and not _somebody_waits():
            fourth.join(timeout=0.05)
        assert said == [], "it did not wait"
    fourth.join(timeout=60)
    assert "dispatch_meets_every_condition: lone-notices-unseen" in said[0]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        cursor.execute(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND {here}")
        return bool(cursor.fetchone()[0])
