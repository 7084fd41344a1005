"""Refusing an act with every reason at once, as sentences that a form shows."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError


def refuse_if(*checks: tuple[Any, Any]) -> None:
    """Raise ValidationError with the sentence of every check that is true."""
    reasons: Iterable[Any] = [sentence for is_wrong, sentence in checks if is_wrong]
    if reasons:
        raise ValidationError(list(reasons))
