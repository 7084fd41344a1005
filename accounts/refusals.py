"""Why an act on people was refused, all reasons at once."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class Refused(PermissionDenied):
    """An act that may not be done; `reasons` are sentences, and nothing was changed."""

    def __init__(self, *reasons: str | Promise) -> None:
        self.reasons = tuple(str(reason) for reason in reasons)
        super().__init__(" ".join(self.reasons))


def refuse_if(*checks: tuple[bool, str | Promise]) -> None:
    """Refuse with every reason whose condition holds."""
    reasons = [sentence for holds, sentence in checks if holds]
    if reasons:
        raise Refused(*reasons)


def sentences(refused: Refused) -> Iterable[str]:
    return refused.reasons
