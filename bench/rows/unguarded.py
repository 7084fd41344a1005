"""What a database asks of each row is left out while very many are written, and put on again whatever happens."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

from sealing import triggers

POSTGRESQL_INDEXES = """
    SELECT c.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x
    JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND NOT x.indisunique AND t.relname = ANY (%s)
"""
SQLITE_INDEXES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%%' AND tbl_name IN ({marks})
"""


@contextmanager
def unguarded(written: Iterable[type[models.Model]]) -> Iterator[None]:
    """Write these tables without triggers, foreign keys and indexes that are no rule; afterwards all stand as before.

    CHECK and UNIQUE stay: a row that breaks one is refused here too. Foreign keys are not looked at again: the rows are
    ours, and tests/bench shows that none leads nowhere.
    """
    indexes = _indexes([model._meta.db_table for model in written])
    with connection.cursor() as cursor:
        for name in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        _guards(is_on=False)
        try:
            yield
        finally:
            for sql in indexes.values():
                cursor.execute(sql)
            _guards(is_on=True)
            cursor.execute("ANALYZE")


def _guards(*, is_on: bool) -> None:
    """Switch triggers and foreign keys: on PostgreSQL for this connection, on SQLite by taking the triggers off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET session_replication_role = {'origin' if is_on else 'replica'}")
        elif is_on:
            triggers.install(connection)
            cursor.execute("PRAGMA foreign_keys = ON")
        else:
            triggers.drop_all(connection)
            cursor.execute("PRAGMA foreign_keys = OFF")


def _indexes(tables: list[str]) -> dict[str, str]:
    """Return the indexes of these tables that are no rule: name and how each is made."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_INDEXES, [tables])
        else:
            cursor.execute(SQLITE_INDEXES.format(marks=", ".join(["%s"] * len(tables))), tables)
        return dict(cursor.fetchall())
