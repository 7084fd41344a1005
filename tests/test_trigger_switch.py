"""The switch of the triggers: off means off for every one of them, and on again means that each refuses as before."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Entry
from audit.trail import record
from tests.people import a_person
from tests.trigger_switch import triggers_off

pytestmark = pytest.mark.django_db
CHANGE = "UPDATE audit_entry SET verb = verb || '.'"


def refused(sql: str) -> bool:
    """Say whether the database refuses this statement; what it does not refuse is taken back."""
    point = transaction.savepoint()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    transaction.savepoint_rollback(point)
    return False


@pytest.fixture
def entry() -> Entry:
    ana = a_person("ana")
    return record(actor=ana, verb="tests.office.done", about=ana)


def test_the_same_words_are_refused_before_go_through_without_triggers_and_are_refused_after(entry: Entry) -> None:
    assert refused(CHANGE)
    for _again in range(2):  # SQLite keeps prepared statements: those of the one state must not serve in the other
        with triggers_off():
            assert not refused(CHANGE)
        assert refused(CHANGE)


def test_what_is_prepared_while_they_are_off_is_refused_afterwards(entry: Entry) -> None:
    with triggers_off():
        assert not refused(CHANGE)
    assert refused(CHANGE)


@pytest.mark.sqlite_only  # on PostgreSQL a fault takes the transaction along, and the setting with it
def test_a_fault_while_they_are_off_puts_them_on(entry: Entry) -> None:
    with pytest.raises(LookupError), triggers_off():
        raise LookupError
    assert refused(CHANGE)


@pytest.mark.parametrize(
    "sql", ["WITH told AS (SELECT 1 AS n) SELECT n FROM told", "SELECT n FROM (SELECT 1 AS n) told"]
)
def test_a_question_that_gives_a_part_a_name_is_answered_while_they_are_off(entry: Entry, sql: str) -> None:
    counted = f"{sql} WHERE n IN (SELECT count(*) FROM audit_entry)"
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(counted)
        assert cursor.fetchall() == [(1,)]
