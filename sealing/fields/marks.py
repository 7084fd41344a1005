"""The gate's mark on a row: a MAC over what the gate reads of it. A row that was changed by SQL does not carry it.

A new row gets its mark. A change makes it anew only where the stored row carried it until now: saving a row that was
forged never heals it.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from django.db import models
from django.utils.module_loading import import_string

from sealing import keys
from sealing.fields.columns import SealedField
from sealing.fields.derived import DerivedField

WRITTEN = "_columns_being_written"


class MarkField(DerivedField):
    """The mark of a row. `covers` names the fields it binds: a sealed one by whether it is empty, the others by value.

    `also` names a function that gives further parts, such as the items of a claim: what else of a row must not be
    taken away by hand. Whoever changes those rows does it within `renewing`.
    """

    description = "The gate's mark on a row"

    def __init__(self, *args: Any, covers: Iterable[str] = (), also: str = "", **options: Any) -> None:
        self.covers, self.also = tuple(covers), also
        super().__init__(*args, sources=self.covers, make="", **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        for told in ("sources", "make"):
            options.pop(told)
        options["covers"] = self.covers
        if self.also:
            options["also"] = self.also
        return name, "sealing.fields.MarkField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = keys.gate_mac(self.parts(model_instance)) if add else self._renewed(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def is_carried(self, row: Any) -> bool:
        """Say whether the row carries a mark of ours over what it holds now."""
        return keys.gate_mac_matches(getattr(row, self.attname), self.parts(row))

    def parts(self, row: Any, *, others: Any = None, written: Iterable[str] | None = None) -> list[str]:
        """Return what the mark binds, in a fixed order; columns that are not being written are read from `others`."""
        meta = row._meta
        key = [] if isinstance(meta.pk, models.AutoField) else [str(row.pk)]
        told = ["mark", meta.label_lower, *key]
        names = None if written is None else set(written)
        for name in self.covers:
            field = meta.get_field(name)
            is_written = others is None or names is None or bool({field.name, field.attname} & names)
            told += [name, _plain(field, row if is_written else others)]
        return [*told, *(cast(Callable[[Any], list[str]], import_string(self.also))(row) if self.also else [])]

    def read(self) -> list[str]:
        """Return the fields that must be loaded to look at the mark."""
        return [*self.covers, self.name]

    def _renewed(self, row: Any) -> bytes | None:
        stored = type(row)._base_manager.using(row._state.db).only(*self.read()).filter(pk=row.pk).first()
        if stored is None:
            return keys.gate_mac(self.parts(row))
        if not self.is_carried(stored):
            return cast("bytes | None", getattr(stored, self.attname))
        return keys.gate_mac(self.parts(row, others=stored, written=row.__dict__.get(WRITTEN)))


def mark_of(model: Any) -> MarkField | None:
    """Return the mark of a model, or None when its rows carry none."""
    return next((field for field in model._meta.concrete_fields if isinstance(field, MarkField)), None)


def _plain(field: Any, row: Any) -> str:
    """Return the value of a field in one spelling, the same on both engines; nothing differs from an empty text."""
    if isinstance(field, SealedField):
        if field.attname not in row.__dict__:
            row.refresh_from_db(fields=[field.attname])
        return "-" if field.is_nothing(row.__dict__.get(field.attname)) else "sealed"
    value = getattr(row, field.attname)
    if value is None:
        return "-"
    return f"={_spelled((field.target_field if field.is_relation else field).to_python(value))}"


def _spelled(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(value)
