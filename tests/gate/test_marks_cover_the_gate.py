"""Every column that a condition of the gate reads is covered by a mark that is asked for, or is listed with why not."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from safety import authenticity, gate
from safety.conditions import registry
from safety.conditions.unmarked import WHY_NO_MARK
from sealing.fields import mark_of
from tests.gate.ready import make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns_read() -> Iterator[set[str]]:
    """Let SQLite itself say which column of which table the gate's statements read."""
    if connection.vendor != "sqlite":
        pytest.skip("The text of the conditions is the same; SQLite can say what it reads.")
    found: set[str] = set()

    def note(act: int, table: str | None, column: str | None, *_: str | None) -> int:
        if act == sqlite3.SQLITE_READ and column and table in connection.introspection_tables:
            found.add(f"{table}.{column}")
        return sqlite3.SQLITE_OK

    connection.ensure_connection()
    connection.introspection_tables = {model._meta.db_table for model in apps.get_models()}
    connection.connection.set_authorizer(note)
    yield found
    connection.connection.set_authorizer(None)


def covered(table: str) -> set[str]:
    """Return the columns of a table that its mark binds, the key and the mark itself with them."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    mark = mark_of(model)
    if mark is None or model not in authenticity.registered():
        return set()
    return {model._meta.get_field(name).column for name in mark.covers} | {"id", mark.column}


def test_no_condition_reads_a_column_that_may_be_forged(columns_read: set[str]) -> None:
    ready = make_ready()
    leaving = gate.Leaving.of(ready.material, clearance_id=ready.clearance.pk, created_by_id=ready.ana.pk)
    copy = gate.Leaving.of(ready.material, clearance_id=ready.clearance.pk, dispatch_id=ready.material.pk)
    columns_read.clear()
    connection.cursor().execute("SELECT 1")
    for moment in ("review", "insert", "leave", "serve"):
        gate.examine(leaving, moment=moment)
        gate.examine(copy, moment=moment)
    asked = {f"{column}" for column in columns_read if not column.startswith(("django_", "auth_"))}
    bare = {column for column in asked if column.partition(".")[2] not in covered(column.partition(".")[0])}
    assert len(asked) > 100, "SQLite did not say what it reads"
    assert bare - set(WHY_NO_MARK) == set()
    assert set(WHY_NO_MARK) - bare == set(), "Listed, and not read or covered by now"


def test_every_condition_is_among_those_that_were_walked() -> None:
    asked = {condition.code for moment in ("review", "insert", "leave", "serve") for condition in registry.at(moment)}
    assert asked == {condition.code for condition in registry.ALL}


def test_each_table_that_is_asked_for_its_marks_has_one() -> None:
    assert all(mark_of(model) for model in authenticity.registered())
