"""The mixins for rows that carry computed columns or hold sealed fields, and writing many such rows at once."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import FieldError
from django.db import connections, models, router, transaction
from django.db.models.expressions import Value

from sealing import keys
from sealing.fields.columns import SealedField, origin_of, raw_reads
from sealing.fields.derived import DerivedField, RevisionField
from sealing.fields.marks import WRITTEN, MarkField


class MarkedModel:
    """Mixin for rows with computed columns, listed first. Not a model, so that it stays in the bases of migrations."""

    __module__ = "sealing.fields"  # the name under which migrations write it
    if TYPE_CHECKING:
        _meta: Any
        _state: Any
        pk: Any

    @classmethod
    def derived_fields(cls) -> list[DerivedField]:
        """The computed columns of this model."""
        return [f for f in cls._meta.concrete_fields if isinstance(f, DerivedField)]

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; computed columns follow the fields they are computed from."""
        self.check_row()
        named = options.get("update_fields")
        if named is not None and (wanted := set(named)):
            options["update_fields"] = wanted | {f.name for f in self._derived_from(wanted)}
        elif named is None and not self._state.adding:
            self._bring_marks()
        with being_written(self, options.get("update_fields")):
            super().save(*args, **options)  # type: ignore[misc]

    def check_row(self) -> None:
        """Refuse a row that may not stand in the table whoever writes it; asked before each write. Here: none."""

    def carries_mark(self) -> bool:
        """Say whether the row carries the gate's mark over what it holds now: nobody changed it by SQL."""
        return all(f.is_carried(self) for f in self.derived_fields() if isinstance(f, MarkField))

    def _bring_marks(self) -> None:
        """A mark that was not loaded is written all the same: Django leaves out what is not there."""
        for mark in self.derived_fields():
            if isinstance(mark, MarkField):
                self.__dict__.setdefault(mark.attname, None)

    def _derived_from(self, names: Collection[str]) -> list[DerivedField]:
        """Return what is computed from these fields, and what is computed from that."""
        both = {f.name for f in self._meta.concrete_fields if f.name in names or f.attname in names}
        found: list[DerivedField] = []
        for f in self.derived_fields():
            if both.intersection(f.sources):
                found.append(f)
                both.add(f.name)
        return found


@contextmanager
def being_written(row: Any, names: Collection[str] | None) -> Iterator[None]:
    """Let a mark know which columns are written now: it reads the others from the stored row."""
    deferred = row.get_deferred_fields()
    every = {f.attname for f in row._meta.concrete_fields}
    row.__dict__[WRITTEN] = set(names) if names is not None else every - deferred
    try:
        yield
    finally:
        row.__dict__.pop(WRITTEN, None)


class SealedModel(MarkedModel):
    """Mixin for rows with sealed fields, listed first. Not a model, so that it stays in the bases of migrations."""

    __module__ = "sealing.fields"  # the name under which migrations write it

    @classmethod
    def sealed_fields(cls) -> list[SealedField[Any, Any]]:
        """The sealed columns of this model."""
        return [f for f in cls._meta.concrete_fields if isinstance(f, SealedField)]

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Reload the row without opening anything."""
        with raw_reads():
            super().refresh_from_db(using, fields, from_queryset)  # type: ignore[misc]

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; computed columns follow the fields they are computed from."""
        if options.get("update_fields") is None and not self._state.adding:
            for derived in self._derived_from({f.name for f in self.sealed_fields() if not f.is_untouched(self)}):
                self.__dict__.setdefault(derived.attname, None)
        was_new = self._state.adding
        super().save(*args, **options)
        if not was_new:
            self._forget_revision()

    def _forget_revision(self) -> None:
        """Only the database knows the revision after a write: the next read asks for it."""
        for f in self._meta.concrete_fields:
            if isinstance(f, RevisionField):
                self.__dict__.pop(f.attname, None)

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
    values = []
    for row in rows:
        with being_written(row, {f.name for f in written}):
            sealed_now = [f.get_db_prep_save(f.pre_save(row, False), connection) for f in written]
        values.append([*sealed_now, key.get_db_prep_save(row.pk, connection)])
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(sql, values)
        found = int(cursor.rowcount)
    for row in rows:
        row._forget_revision()
    return found


def insert_many(rows: Iterable[Any]) -> int:
    """Insert new rows of one model as the save of each does, sealed, marked and checked, in one go; returns how many.

    For verbs that write many rows at once. The key of a row must be its own, as of all that hold sealed fields; one
    that the database counts stays unknown to the row.
    """
    new = list(rows)
    if not new:
        return 0
    model = type(new[0])
    if any(type(row) is not model or not row._state.adding for row in new):
        raise FieldError("insert_many() takes new rows of one model.")
    connection = connections[router.db_for_write(model)]
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    values = []
    for row in new:
        if isinstance(row, MarkedModel):
            row.check_row()
        values.append([_for_insert(f, row, connection) for f in fields])
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with transaction.atomic(using=connection.alias, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(sql, values)
    for row in new:
        row._state.adding, row._state.db = False, connection.alias
    return len(new)


PLAIN: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BigIntegerField: int,
    models.ForeignKey: uuid.UUID,
    models.UUIDField: uuid.UUID,
}
"""Django's fields that store nothing as NULL, and a value of this type as it stands."""


def _for_insert(field: Any, row: Any, connection: Any) -> Any:
    """Return what an INSERT of Django's would send for this field of the row; most columns hold nothing, or plain values."""
    if (kind := PLAIN.get(type(field))) or isinstance(field, SealedField):
        held = row.__dict__.get(field.attname)
        if held is None or (kind is not None and kind is not uuid.UUID and type(held) is kind):
            return held
    value = field.pre_save(row, True)
    if type(value) is uuid.UUID:  # most of what is written; Django comes to the same in four calls
        return value if connection.features.has_native_uuid_field else value.hex
    return field.get_db_prep_save(value, connection)


def save_each(rows: Iterable[Any], **values: Any) -> int:
    """Change these columns of each row through its own save, so that marks follow; returns how many rows there were."""
    found = list(rows)
    for row in found:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    return len(found)


@contextmanager
def renewing(row: Any) -> Iterator[None]:
    """Change what the mark of a row also binds, or its columns by SQL, and mark the row anew; not where it was forged.

    For our own verbs alone, within their transaction.
    """
    stood = type(row)._base_manager.get(pk=row.pk).carries_mark()
    yield
    if stood:
        mark_anew(row)


def mark_anew(row: Any) -> None:
    """Mark a row as it stands in the database, whatever it was before: a person gave or looked at all that it covers."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    now = rows.get()
    made = {f.attname: keys.gate_mac(f.parts(now)) for f in row.derived_fields() if isinstance(f, MarkField)}
    rows.update(**made)
    row.__dict__.update(made)
