"""The sealed fields that models use: text, JSON and bytes."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise

from sealing.fields.columns import SealedField


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
