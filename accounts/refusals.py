"""Why an act was refused, all reasons at once. Every verb of the house that may refuse for several reasons asks here."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import Promise

Check = tuple[bool, str | Promise]  # whether something stands against the act, and the sentence that says what


class Refused(ValidationError, PermissionDenied):
    """An act that may not be done; `reasons` are sentences, and nothing was changed.

    A form takes it as it takes any fault. A page that takes nothing answers 403, and does not fall over.
    """

    def __init__(self, *reasons: str | Promise) -> None:
        self.reasons = tuple(str(reason) for reason in reasons)
        super().__init__(list(self.reasons))

    def __str__(self) -> str:
        return " ".join(self.reasons)


def reasons_against(checks: Iterable[Check]) -> list[str]:
    """Return the sentence of each check that stands against the act."""
    return [str(sentence) for stands_against, sentence in checks if stands_against]


def refuse_if(*checks: Check) -> None:
    """Refuse with the sentence of every check that stands against the act; do nothing when none does."""
    if reasons := reasons_against(checks):
        raise Refused(*reasons)
