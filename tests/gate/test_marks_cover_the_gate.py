"""Every column that a condition of the gate reads is covered by a mark that is asked for, or is listed with why not."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from safety import authenticity, gate
from safety.conditions import registry
from safety.conditions.unmarked import WHY_NO_MARK, WHY_OUTSIDE_THE_MARK
from safety.models import Review, RiskAssessment
from sealing.fields import DerivedField, HardenedTextField, SealedField, mark_of
from tests.gate.near_misses import triggers_off
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


def bound_by_mark(model: type[Model]) -> set[str]:
    """Return the columns that the mark of a model binds: by value, or through a MAC that is made of them."""
    mark, found = mark_of(model), set[str]()
    assert mark
    waiting = list(mark.covers)
    while waiting:
        column = model._meta.get_field(waiting.pop())
        found.add(column.name)
        if isinstance(column, DerivedField):
            waiting += column.sources
    return found | {mark.name, model._meta.pk.name}


def outside_the_mark(model: type[Model]) -> set[str]:
    """Return the columns of a marked model that anybody who writes to the database may change without breaking it."""
    bound, sealed = bound_by_mark(model), (SealedField, HardenedTextField)
    rest = [one for one in model._meta.concrete_fields if one.name not in bound and not isinstance(one, sealed)]
    return {f"{model._meta.db_table}.{one.name}" for one in rest}


def test_each_column_of_a_marked_row_is_covered_or_says_why_not() -> None:
    """A new column of such a row is on neither side, and fails here."""
    marked = [model for model in apps.get_models() if mark_of(model)]
    outside = set().union(*(outside_the_mark(model) for model in marked))
    listed = {name for name in WHY_OUTSIDE_THE_MARK if "." in name}
    everywhere = {f"{model._meta.db_table}.{name}" for name in set(WHY_OUTSIDE_THE_MARK) - listed for model in marked}
    assert len(marked) > 30
    assert outside - listed - everywhere == set(), "covered by no mark, and not listed with why"
    assert listed - outside == set(), "listed, and covered by now or gone"
    assert all(len(why) > 20 for why in WHY_OUTSIDE_THE_MARK.values())


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Review, {"signed_with": "recovery_codes", "factor_age_seconds": 0, "revoked_by": None}),
        (RiskAssessment, {"signed_with": "totp 3", "director_at": None}),
    ],
)
def test_how_a_signature_was_made_cannot_be_changed_by_sql_unseen(model: type[Model], columns: dict[str, Any]) -> None:
    ready = make_ready()
    told = {"material_id": ready.material.pk} if model is Review else {"material_id": None}
    row = model._base_manager.filter(**told).get()
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    assert row.carries_mark() and changed
    for name, value in changed.items():
        kept = getattr(row, name)
        with triggers_off():
            model._base_manager.filter(pk=row.pk).update(**{name: value})
        row.refresh_from_db()
        assert not row.carries_mark(), name
        assert model._meta.label in authenticity.forged(authenticity.Behind.of(ready.material)), name
        with triggers_off():
            model._base_manager.filter(pk=row.pk).update(**{name: kept})
    row.refresh_from_db()
    assert row.carries_mark()
