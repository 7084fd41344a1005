"""One table, filled in bulk: real seals, real tags and real marks, made by the fields of the program itself.

Django checks and prepares one instance of the model, once. Each further row is that instance with other values: what was
given is prepared anew, what the program computes (seals, MACs, marks) is computed anew, and all else is written as it was.
"""

import os
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from sealing.fields import DerivedField, SealedField


class Sheet:
    """Rows of one model that are still to be written. `same` is what all of them hold."""

    def __init__(self, model: type[models.Model], told: Mapping[str, list[Any]] | None = None, /, **same: Any) -> None:
        """Prepare the one instance. `told`: rows of other tables that the mark of this one binds too, by their name."""
        self.model, self.row, self.connection = model, model(**same), connections[DEFAULT_DB_ALIAS]
        if told:
            self.row._state.adding = False
            self.row.__dict__["_prefetched_objects_cache"] = dict(told)
        self.fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
        self.columns = [f.column for f in self.fields]
        self.keeps_uuids = self.connection.features.has_native_uuid_field
        self.has_id = isinstance(model._meta.pk, models.UUIDField)
        self.start = {f.attname: self.row.__dict__[f.attname] for f in self.fields}
        self.prepared = [None if self._is_made(f) else self._value(f) for f in self.fields]
        self.place = {f.attname: at for at, f in enumerate(self.fields)}
        self.made = [at for at, f in enumerate(self.fields) if self._is_made(f) and self._has_value(f)]
        self.changed: dict[tuple[str, ...], list[tuple[int, Any]]] = {}
        self.rows: list[list[Any]] = []

    def add(self, **other: Any) -> Any:
        """Add a row with these values in place of the first one's, and return its key. Links are given as `case_id`."""
        if self.has_id:
            other.setdefault("id", uuid.UUID(bytes=os.urandom(16), version=4))
        held = self.row.__dict__
        held.update(self.start)
        held.update(other)
        values = self.prepared.copy()
        for at, field in self.changed.get(names := tuple(other)) or self._changed(names):
            values[at] = self._value(field)
        self.rows.append(values)
        return other.get("id")

    def _changed(self, names: tuple[str, ...]) -> list[tuple[int, Any]]:
        """Return the fields to prepare anew where these values differ, in the order of the model: a mark covers a MAC."""
        places = sorted({*self.made, *(self.place[name] for name in names)})
        self.changed[names] = [(at, self.fields[at]) for at in places]
        return self.changed[names]

    def _value(self, field: Any) -> Any:
        """Return what an INSERT of Django's would send for this field of the row as it stands now."""
        value = field.pre_save(self.row, True)
        if type(value) is uuid.UUID:  # most of what is written; Django comes to the same in four calls
            return value if self.keeps_uuids else value.hex
        return field.get_db_prep_save(value, self.connection)

    def _is_made(self, field: Any) -> bool:
        return isinstance(field, SealedField | DerivedField)

    def _has_value(self, field: Any) -> bool:
        """Say whether a seal or MAC is made for every row: each MAC, and each seal of a value that all rows hold."""
        return isinstance(field, DerivedField) or not field.is_nothing(self.start[field.attname])


def write(sheets: list[Sheet]) -> int:
    """Write what the sheets hold, in their order, and empty them; returns how many rows there were."""
    quote, count = connection.ops.quote_name, 0
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for sheet in sheets:
            table, names = quote(sheet.model._meta.db_table), ", ".join(quote(name) for name in sheet.columns)
            count += len(sheet.rows)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in sheet.rows:
                        copy.write_row(row)
            elif sheet.rows:
                marks = ", ".join(["%s"] * len(sheet.columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", sheet.rows)
            sheet.rows.clear()
    return count
