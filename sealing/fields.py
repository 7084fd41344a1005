"""The sealed, derived and hardened fields that models use, and the mixin for rows that hold them."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import connections, models, router, transaction
from django.db.models.expressions import Value
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from sealing.columns import SealedField, origin_of, raw_reads
from sealing.hardened import HardenedTextField
from sealing.seals import Sealed, opened

__all__ = [
    "DerivedField",
    "HardenedTextField",
    "RevisionField",
    "Sealed",
    "SealedBytesField",
    "SealedJSONField",
    "SealedModel",
    "SealedTextField",
    "opened",
    "seal_many",
]

Make = Callable[[Any], bytes | None]


class SealedTextField(SealedField[str | None, Any]):
    """Sealed text. Empty text is stored as NULL and reads as "", line ends are kept as \\n, equal text keeps its bytes."""

    description = "Sealed text"
    empty_values = (None, "")
    nothing = ""

    def __init__(self, *args: Any, multiline: bool = False, max_length: int | None = None, **options: Any) -> None:
        self.multiline = multiline
        super().__init__(*args, max_length=max_length, **options)
        if max_length is not None:
            self.validators.append(MaxLengthValidator(max_length))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        if self.multiline:
            options["multiline"] = True
        return name, path, args, options

    def tidy(self, value: Any) -> Any:
        if isinstance(value, Promise):
            value = str(value)
        if isinstance(value, str) and "\r" in value:
            return value.replace("\r\n", "\n").replace("\r", "\n")
        return value

    def is_nothing(self, value: Any) -> bool:
        return value is None or value == ""

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.where} takes text.")
        return value.encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()

    def formfield(self, form_class: Any = None, choices_form_class: Any = None, **options: Any) -> Any:
        given = {"form_class": form_class or forms.CharField, "choices_form_class": choices_form_class}
        settings: dict[str, Any] = {"max_length": self.max_length} if self.choices is None else {}
        if self.multiline and self.choices is None:
            settings["widget"] = forms.Textarea
        return super().formfield(**{**given, **settings, **options})


class SealedJSONField(SealedField[Any, Any]):
    """Sealed JSON. None is stored as NULL; every other value reads back equal."""

    description = "Sealed JSON"
    empty_values = (None, "", [], {}, ())

    def to_bytes(self, value: Any) -> bytes:
        text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return text.encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)

    def formfield(self, form_class: Any = None, choices_form_class: Any = None, **options: Any) -> Any:
        given = {"form_class": form_class or forms.JSONField, "choices_form_class": choices_form_class}
        return super().formfield(**given, **options)


class SealedBytesField(SealedField[bytes | None, bytes | None]):
    """Sealed bytes, such as a PDF. Never part of a form."""

    description = "Sealed bytes"

    def __init__(self, *args: Any, **options: Any) -> None:
        options["editable"] = False
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, options

    def to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"{self.where} takes bytes.")
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain


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


class SealedModel:
    """Mixin for rows with sealed fields, listed first. Not a model, so that it stays in the bases of migrations."""

    if TYPE_CHECKING:
        _meta: Any
        _state: Any
        pk: Any

    @classmethod
    def sealed_fields(cls) -> list[SealedField[Any, Any]]:
        """The sealed columns of this model."""
        return [f for f in cls._meta.concrete_fields if isinstance(f, SealedField)]

    @classmethod
    def derived_fields(cls) -> list[DerivedField]:
        """The computed columns of this model."""
        return [f for f in cls._meta.concrete_fields if isinstance(f, DerivedField)]

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Reload the row without opening anything."""
        with raw_reads():
            super().refresh_from_db(using, fields, from_queryset)  # type: ignore[misc]

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; computed columns follow the fields they are computed from."""
        named = options.get("update_fields")
        if named is not None and (wanted := set(named)):
            options["update_fields"] = wanted | {f.name for f in self._derived_from(wanted)}
        elif named is None and not self._state.adding:
            for derived in self._derived_from({f.name for f in self.sealed_fields() if not f.is_untouched(self)}):
                self.__dict__.setdefault(derived.attname, None)
        was_new = self._state.adding
        super().save(*args, **options)  # type: ignore[misc]
        if not was_new:
            self._forget_revision()

    def _forget_revision(self) -> None:
        """Only the database knows the revision after a write: the next read asks for it."""
        for f in self._meta.concrete_fields:
            if isinstance(f, RevisionField):
                self.__dict__.pop(f.attname, None)

    def _derived_from(self, names: Collection[str]) -> list[DerivedField]:
        both = {f.name for f in self._meta.concrete_fields if f.name in names or f.attname in names}
        return [f for f in self.derived_fields() if both.intersection(f.sources)]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate what was read or changed; an untouched sealed value was valid when it was sealed."""
        untouched = {f.name for f in self.sealed_fields() if not self._state.adding and f.is_untouched(self)}
        super().clean_fields(exclude={*(exclude or ()), *untouched})  # type: ignore[misc]

    def _get_field_expression_map(self, meta: Any, exclude: Collection[str] | None = None) -> dict[str, Any]:
        """Let constraints ask of sealed columns whether they are empty, which is all they may ask."""
        skipped = set(exclude or ())
        sealed = [f for f in self.sealed_fields() if f.name not in skipped]
        asked = super()._get_field_expression_map(meta, skipped | {f.name for f in sealed})  # type: ignore[misc]
        for f in sealed:
            value = self.__dict__.get(f.attname)
            asked[f.name] = Value(None if f.is_nothing(value) else b"sealed", output_field=models.BinaryField())
        return cast(dict[str, Any], asked)

    def __getstate__(self) -> dict[str, Any]:
        """Give copies and pickles ciphertext only; a value not yet sealed is sealed first."""
        state = cast(dict[str, Any], super().__getstate__())
        for f in self.sealed_fields():
            if f.attname in state:
                state[f.attname] = f.sealed_for(cast(models.Model, self), is_new_row=False)
            state.pop(origin_of(f.attname), None)
        return state


def seal_many(instances: Iterable[Any], fields: Iterable[str]) -> int:
    """Write these sealed fields of many rows at once, computed columns with them; returns how many rows there were.

    Refuses fields that are not sealed: those go through bulk_update().
    """
    rows, names = list(instances), set(fields)
    if not rows:
        return 0
    model = type(rows[0])
    sealed = [f for f in model.sealed_fields() if f.name in names]
    if len(sealed) != len(names) or any(type(row) is not model for row in rows):
        raise FieldError("seal_many() takes rows of one model and the names of its sealed fields.")
    connection = connections[router.db_for_write(model, instance=rows[0])]
    written, quote, key = [*sealed, *rows[0]._derived_from(names)], connection.ops.quote_name, model._meta.pk
    columns = ", ".join(f"{quote(f.column)} = %s" for f in written)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(key.column)} = %s"
    values = [
        [f.get_db_prep_save(f.pre_save(row, False), connection) for f in written]
        + [key.get_db_prep_save(row.pk, connection)]
        for row in rows
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(sql, values)
        found = int(cursor.rowcount)
    for row in rows:
        row._forget_revision()
    return found
