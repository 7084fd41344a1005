"""Columns that nobody writes: computed from others of their row, or counted by the database."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.module_loading import import_string

Make = Callable[[Any], bytes | None]

if TYPE_CHECKING:
    _BinaryField = models.BinaryField[bytes | None, bytes | None]
    _PositiveIntegerField = models.PositiveIntegerField[int, int]
else:
    _BinaryField = models.BinaryField
    _PositiveIntegerField = models.PositiveIntegerField


class DerivedField(_BinaryField):
    """A column computed from others of its row each time the row is written: a tag of the blind index, a MAC."""

    description = "Bytes computed from other fields"

    def __init__(self, *args: Any, sources: Iterable[str] = (), make: str | Make, **options: Any) -> None:
        self.sources, self.make = tuple(sources), make
        options["editable"] = False
        options.setdefault("null", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        options.pop("editable", None)
        options.update(sources=self.sources, make=self.make, null=self.null)
        return name, "sealing.fields.DerivedField", args, options

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        make = cast(Make, import_string(self.make) if isinstance(self.make, str) else self.make)
        value = make(model_instance)
        setattr(model_instance, self.attname, value)
        return value


class RevisionField(_PositiveIntegerField):
    """A number that triggers alone raise. A save gives the column back to itself; SealedModel then forgets the number."""

    description = "Revision counted by the database"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", 1)
        options["editable"] = False
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, "sealing.fields.RevisionField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.get_default() if add else models.F(self.attname)
