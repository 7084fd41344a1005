"""Takes the triggers off for a few lines of a test, by the connection alone: none is dropped, none is made anew.

PostgreSQL has a role for it. SQLite asks an authorizer about each step of a statement while it prepares it, and names
the trigger that the step stands in, or the part of a query with a name: what a trigger of ours asks or writes is left
out. Making 220 triggers anew took 35 ms each time, and as much again for the schema that was read anew afterwards.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sealing import triggers


@contextmanager
def triggers_off(*, left_out: tuple[str, ...] = ()) -> Iterator[None]:
    """Take the triggers off, as only the owner of the database could; afterwards all stand again but those left out."""
    with _replica() if connection.vendor == "postgresql" else _without_steps_of_triggers():
        yield
    if left_out:
        named = {name.partition(":")[0] for name in left_out}
        triggers.install(connection, drop=left_out, only=[one for one in triggers.registered() if one.name in named])


@contextmanager
def _replica() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield  # after a fault the transaction is lost, and this setting with it
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def _without_steps_of_triggers() -> Iterator[None]:
    connection.ensure_connection()
    asked, ours = connection.connection, {one.name for one in triggers.registered()}

    def leave_out(action: int, one: str | None, other: str | None, database: str | None, inside: str | None) -> int:
        return sqlite3.SQLITE_IGNORE if inside in ours else sqlite3.SQLITE_OK

    asked.set_authorizer(leave_out)
    try:
        yield
    finally:
        asked.set_authorizer(_leave_in)  # a new authorizer makes SQLite prepare kept statements anew; None does not
        asked.set_authorizer(None)


def _leave_in(*step: object) -> int:
    return sqlite3.SQLITE_OK


__all__ = ["triggers_off"]
