"""The library's encrypted text field with its traps closed, for the few values that belong to no case."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from encrypted_model_fields.fields import EncryptedTextField

from sealing import keys
from sealing.errors import DecryptionError
from sealing.fields.columns import IsNothing

if TYPE_CHECKING:

    class _EncryptedTextField(models.TextField[str | None, Any]): ...

else:
    _EncryptedTextField = EncryptedTextField


class HardenedTextField(_EncryptedTextField):
    """Text under the master key, bound to its label. Literals alone are written; a wrong key raises DecryptionError."""

    description = "Encrypted text"

    def __init__(self, verbose_name: Any = None, name: str | None = None, *, label: str = "", **options: Any) -> None:
        self.label = label
        if options.get("unique") or options.get("db_index") or options.get("primary_key"):
            raise FieldError("An encrypted column can be neither unique nor indexed: equal texts have different bytes.")
        super().__init__(verbose_name, name, **options)

    @property
    def where(self) -> str:
        """Model and field, for messages."""
        return f"{self.model._meta.label}.{self.name}"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = models.TextField.deconstruct(self)
        options["label"] = self.label
        return name, "sealing.fields.HardenedTextField", args, options

    def get_internal_type(self) -> str:
        return "TextField"

    def to_python(self, value: Any) -> Any:
        """Never opens anything: a token pasted into a form stays a token."""
        return models.TextField.to_python(self, value)

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> str | None:
        if value is None:
            return None
        label = f"{self.label}\0"
        try:
            plain = keys.master_decrypt(value)
        except (DecryptionError, AttributeError):
            raise DecryptionError(f"{self.where} cannot be opened with the master keys set now.") from None
        if not plain.startswith(label):
            raise DecryptionError(f"{self.where} holds a value that was encrypted for another column.")
        return plain[len(label) :]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if hasattr(value, "resolve_expression"):
            raise self.refusal()
        return value

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        raise self.refusal()

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> str | None:
        """Encrypt a literal; refuses everything that is not text."""
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.refusal()
        return keys.master_encrypt(f"{self.label}\0{value}")

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """Refuse what would be stored as the text of an SQL expression."""
        if hasattr(value, "as_sql"):
            raise self.refusal()
        return "%s"

    def refusal(self) -> FieldError:
        """The sentence for every unlawful way of writing or asking."""
        return FieldError(f"{self.where} is encrypted: it takes literal text and answers only whether it is empty.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        if lookup_name == "exact":
            return IsNothing
        raise self.refusal()

    def get_transform(self, lookup_name: str) -> Any:
        raise self.refusal()

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.where} is encrypted and is never serialised.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_label()]

    def _check_label(self) -> Iterator[checks.CheckMessage]:
        if not self.label:
            yield checks.Error(
                "An encrypted field needs a label, written out and never changed.", obj=self, id="sealing.E001"
            )
