"""Every way a row could be brought out of the house: verbs, save, bulk, update, and SQL by hand."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone


def refused(act: Callable[[], Any]) -> str:
    """Return what the database said when it refused the act, or an empty text when it let it through."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def undone(act: Callable[[], Any]) -> str:
    """Like refused(), but what was let through is taken back, so that the next channel meets the same rows."""
    said = ""
    point = transaction.savepoint()
    try:
        with transaction.atomic():
            act()
    except DatabaseError as refusal:
        said = str(refusal)
    transaction.savepoint_rollback(point)
    return said


def by_hand(row: Any) -> None:
    """Insert the row with SQL written by hand, sealed columns and all."""
    fields = row._meta.concrete_fields
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({places})', values)


INSERTS: dict[str, Callable[[Any], None]] = {
    "save": lambda row: row.save(force_insert=True),
    "bulk_create": lambda row: type(row).objects.bulk_create([row]) and None,
    "raw SQL": by_hand,
}


def _key(row: Any) -> Any:
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


def _save(row: Any) -> None:
    row.dispatched_at = timezone.now()
    row.save(update_fields=["dispatched_at"])


def _bulk_update(row: Any) -> None:
    row.dispatched_at = timezone.now()
    type(row).objects.bulk_update([row], ["dispatched_at"])


def _raw(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{row._meta.db_table}" SET dispatched_at = %s WHERE id = %s', [timezone.now(), _key(row)]
        )


LEAVES: dict[str, Callable[[Any], None]] = {
    "save": _save,
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(dispatched_at=timezone.now()) and None,
    "bulk_update": _bulk_update,
    "raw SQL": _raw,
}

__all__ = ["INSERTS", "LEAVES", "by_hand", "refused", "undone"]
