"""What every sealed column does: sealed when its row is written, opened when its attribute is read, refused elsewhere."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute
from django.db.models.sql.compiler import SQLInsertCompiler, SQLUpdateCompiler

from sealing.errors import DecryptionError
from sealing.seals import Sealed, binding, seal, unseal

SetType = TypeVar("SetType", contravariant=True)
GetType = TypeVar("GetType", covariant=True)

if TYPE_CHECKING:

    class _Field(models.Field[SetType, GetType]): ...

else:

    class _Field(models.Field, Generic[SetType, GetType]):
        """Django's field; generic for the type checker alone."""


_reads_raw: ContextVar[bool] = ContextVar("sealing_reads_raw", default=False)


@contextmanager
def raw_reads() -> Iterator[None]:
    """Let attributes of sealed columns give what stands in the row, unopened, so that a refresh keeps its bytes."""
    token = _reads_raw.set(True)
    try:
        yield
    finally:
        _reads_raw.reset(token)


class ForTheRow:
    """What pre_save hands to the database: proof that a value was sealed for the row it goes to."""

    __slots__ = ("blob",)

    def __init__(self, sealed: Sealed | None) -> None:
        self.blob = None if sealed is None else sealed.blob


class IsNothing(Exact):
    """`column=None`, which Django turns into IS NULL; any other value is refused."""

    def get_prep_lookup(self) -> None:
        if self.rhs is not None:
            raise FieldError("A sealed or encrypted column can be asked only whether it is empty.")


def origin_of(attname: str) -> str:
    """Where an instance keeps the seal that an opened value came from."""
    return f"_seal_of_{attname}"


class SealedAttribute(DeferredAttribute):
    """Opens on reading. `__dict__` holds a Sealed while untouched, else the plain value and beside it its seal."""

    field: "SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        field, held = self.field, instance.__dict__
        name = field.attname
        if name not in held:
            instance.refresh_from_db(fields=[name])
        value = held[name]
        if isinstance(value, Sealed):
            if _reads_raw.get():
                return value
            plain = field.open(instance, value)
            held[origin_of(name)] = value
            held[name] = value = plain
        return field.nothing if value is None else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        field, held = self.field, instance.__dict__
        name = field.attname
        if isinstance(value, Sealed):
            held[name] = value
            held.pop(origin_of(name), None)
            return
        before = held.get(name)
        if isinstance(before, Sealed):
            held[origin_of(name)] = before
        held[name] = field.tidy(value)


class SealedField(_Field[SetType, GetType]):
    """A column of AES-256-GCM ciphertext. Subclasses say how a value becomes bytes and comes back."""

    descriptor_class = SealedAttribute
    empty_strings_allowed = False
    nothing: Any = None

    def __init__(
        self, verbose_name: Any = None, name: str | None = None, *,
        label: str = "", owner: str = "case", owner_attr: str = "case_id", **options: Any,
    ) -> None:  # fmt: skip
        self.label, self.owner, self.owner_attr = label, owner, owner_attr
        if options.get("unique") or options.get("db_index") or options.get("primary_key"):
            raise FieldError("A sealed column can be neither unique nor indexed: equal texts have different bytes.")
        super().__init__(verbose_name, name, **options)

    # --- how a value becomes bytes: said by subclasses

    def tidy(self, value: Any) -> Any:
        """The form in which an assigned value is kept in memory."""
        return value

    def is_nothing(self, value: Any) -> bool:
        """Whether this value is stored as NULL."""
        return value is None

    def to_bytes(self, value: Any) -> bytes:
        """The bytes of a plain value; raises TypeError when it is of another type."""
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        """The plain value of these bytes."""
        raise NotImplementedError

    # --- opening and sealing

    @property
    def where(self) -> str:
        """Model and field, for messages."""
        return f"{self.model._meta.label}.{self.name}"

    def open(self, instance: models.Model, sealed: Sealed) -> Any:
        """Open a value of this row; refuses with DecryptionError naming model and field."""
        plain = unseal(
            sealed,
            kind=self.owner,
            owner_id=getattr(instance, self.owner_attr),
            binding=binding(self.label, instance.pk, self.where),
            where=self.where,
        )
        return self.from_bytes(plain)

    def seal(self, instance: models.Model, value: Any) -> Sealed:
        """Seal a value for this row under its owner's newest data key."""
        bound = binding(self.label, instance.pk, self.where)
        return seal(self.to_bytes(value), kind=self.owner, owner_id=getattr(instance, self.owner_attr), binding=bound)

    def sealed_for(self, instance: models.Model, *, is_new_row: bool) -> Sealed | None:
        """Return what the row should hold: the bytes it had where the value is equal, else a new seal.

        Refuses SQL expressions, and an unopened value in a new row: a copy of a row needs a new seal.
        """
        held, name = instance.__dict__, self.attname
        value = held[name] if name in held else getattr(instance, name)
        if isinstance(value, Sealed):
            if is_new_row:
                self.open(instance, value)
            return value
        if hasattr(value, "resolve_expression") or isinstance(value, ForTheRow):
            raise self.refusal()
        if self.is_nothing(value):
            return None
        origin: Sealed | None = held.get(origin_of(name))
        if origin is not None and not is_new_row and self.to_bytes(self.open(instance, origin)) == self.to_bytes(value):
            return origin
        sealed = self.seal(instance, value)
        held[origin_of(name)] = sealed
        return sealed

    def is_untouched(self, instance: Any) -> bool:
        """Whether this value still stands as it came from the database, or was not even loaded."""
        value = instance.__dict__.get(self.attname, _NOT_LOADED)
        return isinstance(value, Sealed) or value is _NOT_LOADED

    def refusal(self) -> FieldError:
        """The sentence for every unlawful way of writing."""
        return FieldError(f"{self.where} is sealed: write it through its row, or use seal_many().")

    # --- what Django asks of a field

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        options.update(label=self.label, owner=self.owner, owner_attr=self.owner_attr)
        return name, f"sealing.fields.{type(self).__name__}", args, options

    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_python(self, value: Any) -> Any:
        """Never opens anything: what a form sends is a plain value, ciphertext included."""
        return value

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> Sealed | None:
        if value is None:
            return None
        if isinstance(value, bytes | memoryview):
            return Sealed(value)
        raise DecryptionError(f"{self.where} was read through an SQL expression: sealed bytes have no functions.")

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        return ForTheRow(self.sealed_for(instance, is_new_row=add))

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        raise self.refusal()

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, ForTheRow):
            return value.blob
        if value is None:
            return None
        raise self.refusal()

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """Refuse what Django would send without asking the row: update(), and updates on conflict."""
        query: Any = compiler.query
        is_unlawful = False
        if isinstance(compiler, SQLUpdateCompiler):
            is_unlawful = any(f is self and not isinstance(v, ForTheRow) for f, _model, v in query.values)
        elif isinstance(compiler, SQLInsertCompiler) and query.on_conflict == OnConflict.UPDATE:
            named = {str(getattr(f, "name", f)) for f in query.update_fields}
            is_unlawful = bool(named & {self.name, self.attname})
        if is_unlawful:
            raise self.refusal()
        return "%s"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        if lookup_name == "exact":
            return IsNothing
        raise FieldError(f"{self.where} is sealed: it can be asked only whether it is empty.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.where} is sealed: it has no part called {lookup_name}.")

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.where} is sealed and is never serialised.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_sealing()]

    def _check_sealing(self) -> Iterator[checks.CheckMessage]:
        if not self.label:
            yield checks.Error(
                "A sealed field needs a label, written out and never changed.", obj=self, id="sealing.E001"
            )
        keyed: Any = self.model._meta.pk
        while keyed is not None and keyed.remote_field is not None:
            keyed = keyed.target_field
        if not isinstance(keyed, models.UUIDField):
            yield checks.Error("A row with sealed fields needs a UUID primary key.", obj=self, id="sealing.E002")
        if self.model._meta.parents:
            yield checks.Error(
                "Sealed fields and multi-table inheritance do not go together.", obj=self, id="sealing.E003"
            )
        if not hasattr(self.model, "sealed_fields"):
            yield checks.Error("A model with sealed fields lists SealedModel first.", obj=self, id="sealing.E004")
        if self.is_nothing("") and self.blank and not self.null:
            yield checks.Error("Empty text is stored as NULL: blank=True needs null=True.", obj=self, id="sealing.E005")
        if not hasattr(self.model, self.owner_attr):
            yield checks.Error(
                f"The model has no {self.owner_attr}, which names the owner.", obj=self, id="sealing.E006"
            )
        if any(str(ordered).lstrip("-") == self.name for ordered in self.model._meta.ordering or ()):
            yield checks.Error("Rows cannot be ordered by a sealed field.", obj=self, id="sealing.E007")


_NOT_LOADED = object()
