"""Wrapping anew, under the first master key, what stands under another one, so that an old key can be retired.

What the database never lets change (the trail, the reason of a hold) keeps its bytes: those values go on needing the
key that wrote them, and are counted, so that nobody takes that key away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from sealing import keys
from sealing.fields import HardenedTextField

BATCH = 500


@dataclass(frozen=True)
class Wrapped:
    """What became of one column: how many values were wrapped anew, and how many still need an older key."""

    column: str
    renewed: int
    kept: int


def encrypted_columns() -> Iterator[tuple[type[models.Model], HardenedTextField]]:
    """Return every column that is encrypted under the master key, whatever app it belongs to."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, HardenedTextField) and not model._meta.proxy:
                yield model, field


def wrap_anew() -> list[Wrapped]:
    """Wrap every value of every encrypted column under the first master key; safe to run again, and to break off.

    Raises DecryptionError when a value opens under none of the keys set now; what was wrapped until then stays so.
    """
    return [_column(model, field) for model, field in encrypted_columns()]


def _column(model: type[models.Model], field: HardenedTextField) -> Wrapped:
    renewed = kept = 0
    may_change = True
    for batch in _batches(model, field):
        old = [(key, token) for key, token in batch if not keys.is_under_first_master(token)]
        if may_change:
            may_change = _write(model, field, old)
        renewed, kept = (renewed + len(old), kept) if may_change else (renewed, kept + len(old))
    return Wrapped(field.label, renewed, kept)


def _batches(model: type[models.Model], field: HardenedTextField) -> Iterator[list[tuple[Any, str]]]:
    """Give keys and tokens as they stand in the table, by key, nothing opened."""
    quote, key = connection.ops.quote_name, quote_key(model)
    where = f"{quote(str(field.column))} IS NOT NULL"
    table = quote(model._meta.db_table)
    last: list[Any] = []
    while True:
        after = f" AND {key} > %s" if last else ""
        sql = f"SELECT {key}, {quote(str(field.column))} FROM {table} WHERE {where}{after} ORDER BY {key} LIMIT {BATCH}"
        with connection.cursor() as cursor:
            cursor.execute(sql, last)
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = [rows[-1][0]]


def _write(model: type[models.Model], field: HardenedTextField, old: list[tuple[Any, str]]) -> bool:
    """Write the tokens wrapped anew, each only where it still stands as it was read; False when the database refuses."""
    quote, key = connection.ops.quote_name, quote_key(model)
    column = quote(str(field.column))
    sql = f"UPDATE {quote(model._meta.db_table)} SET {column} = %s WHERE {key} = %s AND {column} = %s"
    values = [(keys.master_rewrap(token), row, token) for row, token in old]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if values:
                cursor.executemany(sql, values)
    except DatabaseError:
        return False
    return True


def quote_key(model: type[models.Model]) -> str:
    """Return the quoted column of the model's primary key."""
    return connection.ops.quote_name(str(model._meta.pk.column))
