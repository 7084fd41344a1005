"""Triggers of common shape: rows that only grow, columns that alone may change, revisions that only rise."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps

from sealing.fields import MarkField
from sealing.triggers.records import Clause, Trigger

NEVER = "1 = 0"


def append_only(table: str, *, name: str, unless: str = "") -> list[Trigger]:
    """Refuse every change and removal of rows. `unless`: SQL on OLD under which a row may be deleted after all.

    Where rows carry the gate's mark it alone may change, for the same reason as in `only_these_columns_change`.
    """
    marks = _marks_if_known(table)
    fixed = [column for column in table_columns(table) if column not in marks] if marks else []
    holds = " AND ".join(f"{{same:{column}}}" for column in fixed) or NEVER
    update = Trigger(f"{name}_no_update", table, "UPDATE", (Clause("append-only", holds),))
    return [update, *never_deleted(table, name=name, unless=unless)]


def never_deleted(table: str, *, name: str, unless: str = "") -> list[Trigger]:
    """Refuse every removal of rows. `unless`: SQL on OLD under which a row may be deleted after all."""
    return [
        Trigger(f"{name}_no_delete", table, "DELETE", (Clause("never-deleted", unless or NEVER),)),
        Trigger(f"{name}_no_truncate", table, "TRUNCATE", (Clause("never-deleted", NEVER),), engines=("postgresql",)),
    ]


def only_these_columns_change(table: str, *, name: str, columns: Mapping[str, str]) -> list[Trigger]:
    """Refuse an UPDATE of every column but these, each of which may change only where its SQL holds.

    The gate's mark of a row follows the columns that it covers: nobody makes one without the key, so it may change.
    """
    columns = {**dict.fromkeys(marks_of(table), "1 = 1"), **columns}
    unknown = set(columns) - set(table_columns(table))
    if unknown:
        raise ValueError(f"The trigger {name} names columns that {table} does not have: {', '.join(sorted(unknown))}.")
    fixed = [column for column in table_columns(table) if column not in columns]
    clauses = [Clause("only-these-columns", " AND ".join(f"{{same:{column}}}" for column in fixed) or "1 = 1")]
    clauses += [
        Clause(column.replace("_", "-"), f"{{same:{column}}} OR ({holds})") for column, holds in columns.items()
    ]
    return [Trigger(name, table, "UPDATE", tuple(clauses))]


def raises_revision(table: str, *, name: str, columns: Iterable[str], revision: str = "revision") -> list[Trigger]:
    """Raise the revision by one when any of these columns differs; it never falls, whoever writes it."""
    counted = tuple(columns)
    unknown = {*counted, revision} - set(table_columns(table))
    if unknown or not counted:
        raise ValueError(f"The trigger {name} names columns that {table} does not have: {', '.join(sorted(unknown))}.")
    differs = " OR ".join(f"NOT ({{same:{column}}})" for column in counted)
    lowest = f"OLD.{revision} + 1"
    return [
        Trigger(
            f"{name}_never_falls", table, "UPDATE", (Clause("revision-fell", f"NEW.{revision} >= OLD.{revision}"),)
        ),
        Trigger(
            name,
            table,
            f"UPDATE OF {', '.join(counted)}",
            when=differs,
            sqlite_timing="AFTER",
            sqlite=f"UPDATE {{t:{table}}} SET {revision} = MAX(NEW.{revision}, {lowest}) WHERE rowid = NEW.rowid",
            postgresql=f"NEW.{revision} := GREATEST(NEW.{revision}, {lowest})",
        ),
    ]


def raises_parent_revision(
    child_table: str,
    parent_table: str,
    fk_column: str,
    name: str,
    *,
    revision: str = "revision",
    key: str = "id",
    columns: Iterable[str] = (),
) -> list[Trigger]:
    """Raise the parent's revision by one when a row is added to it, taken from it, or changed in one of the columns.

    Without `columns` every column counts.
    """

    def raised(row: str) -> str:
        return f"UPDATE {{t:{parent_table}}} SET {revision} = {revision} + 1 WHERE {key} = {row}.{fk_column}"

    counted = tuple(columns) or table_columns(child_table)
    unknown = set(counted) - set(table_columns(child_table))
    if unknown:
        raise ValueError(f"The trigger {name} names columns that {child_table} does not have: {sorted(unknown)}.")
    differs = " OR ".join(f"NOT ({{same:{column}}})" for column in (*counted, fk_column)) or "1 = 1"
    moved = f"{raised('OLD')} AND NOT ({{same:{fk_column}}})"

    def after(event: str, body: str, when: str = "") -> Trigger:
        named = f"{name}_on_{event.lower()}"
        return Trigger(named, child_table, event, when=when, timing="AFTER", sqlite=body, postgresql=body)

    return [
        after("INSERT", raised("NEW")),
        after("UPDATE", f"{raised('NEW')}; {moved}", differs),
        after("DELETE", raised("OLD")),
    ]


def table_columns(table: str) -> tuple[str, ...]:
    """The columns of a table of ours; refuses a table that no model has."""
    return tuple(str(field.column) for field in _fields(table))


def marks_of(table: str) -> tuple[str, ...]:
    """The columns of a table of ours that hold a mark of the gate."""
    return tuple(str(field.column) for field in _fields(table) if isinstance(field, MarkField))


def _marks_if_known(table: str) -> tuple[str, ...]:
    """The marks of a table; none of one that no model has."""
    known = {model._meta.db_table for models in apps.all_models.values() for model in models.values()}
    return marks_of(table) if table in known else ()


def _fields(table: str) -> list[Any]:
    for models in apps.all_models.values():
        for model in models.values():
            if model._meta.db_table == table:
                return list(model._meta.concrete_fields)
    raise ValueError(f"No model has the table {table}.")
