"""Several forms that are sent with one press: whole together, or none of them counts."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError


class Answered(Protocol):
    """What the form page asks of a form, or of several that are sent together."""

    @property
    def is_bound(self) -> bool:
        """Say whether something was sent."""

    @property
    def errors(self) -> Any:
        """Return the faults; empty when there are none."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return the questions that a refusal of a verb can stand at, by name."""

    def is_valid(self) -> bool:
        """Say whether everything that was sent is whole."""

    def add_error(self, field: str | None, error: ValidationError | Any) -> None:
        """Put a refusal at a question, or above the form."""


class Together:
    """Forms and formsets of one page. All are asked, so that one list names the faults of all; a verb's refusal
    stands in the main one.
    """

    def __init__(self, main: forms.BaseForm, *others: Any, order: tuple[Any, ...] = ()) -> None:
        self.main = main
        self.parts = order or (main, *others)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.parts)

    @property
    def is_bound(self) -> bool:
        """Say whether something was sent."""
        return bool(self.main.is_bound)

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return the questions of the main form."""
        return self.main.fields

    @property
    def errors(self) -> list[Any]:
        """Return the parts that have a fault."""
        return [part for part in self.parts if _count(part)]

    def is_valid(self) -> bool:
        """Ask every part, also after one was found faulty."""
        return all([part.is_valid() for part in self.parts])

    def add_error(self, field: str | None, error: ValidationError | Any) -> None:
        """Put a refusal into the main form."""
        self.main.add_error(field, error)

    def total_error_count(self) -> int:
        """Return how many faults there are."""
        return sum(_count(part) for part in self.parts)

    def non_form_errors(self) -> tuple[str, ...]:
        """Return the faults of no form: there are none."""
        return ()


def _count(part: Any) -> int:
    if isinstance(part, forms.BaseForm):
        return sum(len(faults) for faults in part.errors.values())
    return int(part.total_error_count())
