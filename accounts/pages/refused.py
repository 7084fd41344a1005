"""Reasons why an act was refused, as the list of parts/refusals.html takes them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason why not (a row of parts/refusals.html)."""

    title: str


@dataclass(frozen=True)
class RefusedActPage:
    """Every reason why an act on people was refused, and the way back (accounts/refused.html)."""

    rows: list[Reason]
    back: str


def reasons_in_rows(sentences: Iterable[str]) -> list[Reason]:
    """Return one row a sentence."""
    return [Reason(sentence) for sentence in sentences]
