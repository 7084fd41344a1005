"""Which columns of our models are sealed, encrypted, computed, or in clear, and why: the source of the threat model."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from sealing.fields import DerivedField, HardenedTextField, RevisionField, SealedField

OWN_APPS = frozenset(
    {
        "sealing",
        "audit",
        "accounts",
        "work",
        "directory",
        "casework",
        "claims",
        "consents",
        "packet",
        "exchange",
        "safety",
        "papers",
        "materials",
        "advocacy",
        "notes",
        "web",
    }
)


def sealed_columns() -> list[tuple[str, str, str]]:
    """Return model, field and how it is sealed, for every column that holds ciphertext."""
    found = []
    for model, field in _columns():
        if isinstance(field, SealedField):
            found.append((model._meta.label, field.name, f"sealed under the data key of its {field.owner}"))
        elif isinstance(field, HardenedTextField):
            found.append((model._meta.label, field.name, "encrypted under the master key"))
    return found


def columns_in_clear() -> list[tuple[str, str, str]]:
    """Return model, field and why it stands in clear, for every other column."""
    return [
        (model._meta.label, field.name, _why(field))
        for model, field in _columns()
        if not isinstance(field, SealedField | HardenedTextField)
    ]


def labels() -> list[tuple[str, str]]:
    """Return the label and the place of every sealed or encrypted column."""
    return [
        (field.label, f"{model._meta.label}.{field.name}")
        for model, field in _columns()
        if isinstance(field, SealedField | HardenedTextField)
    ]


def _columns() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OWN_APPS and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                yield model, field


def _why(field: Any) -> str:
    """The reason by kind: keys and links, MACs and tags, revisions, times, yes or no, numbers, codes, plain text."""
    reasons: tuple[tuple[Any, str], ...] = (
        (DerivedField, "a MAC or a tag, computed"),
        (RevisionField, "a revision, counted by the database"),
        ((models.ForeignKey, models.UUIDField, models.AutoField), "a key or a link"),
        ((models.DateTimeField, models.DateField, models.DurationField), "a time"),
        (models.BooleanField, "yes or no"),
        (models.BinaryField, "a MAC, a fingerprint or ciphertext"),
        (models.JSONField, "structured, in clear"),
        ((models.IntegerField, models.FloatField, models.DecimalField), "a number"),
    )
    if field.primary_key:
        return "a key or a link"
    if field.choices:
        return "a code"
    return next((why for kind, why in reasons if isinstance(field, kind)), "text, in clear")
