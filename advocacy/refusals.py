"""A gate's refusals as pages show them: each with a way to its mend, also where it is about the text as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch

from casework.models import Case
from safety.verdict import REFUSALS, Refusal


@dataclass(frozen=True)
class Shown:
    """One refusal: what is wrong, about which case, and the way to the mend."""

    title: str
    text: str
    url: str
    label: str


def shown(refusals: Iterable[Any], case: Case) -> list[Any]:
    """Return the refusals with an address each; one about claims of no single case leads to those of `case`."""
    return [
        Shown(row.title, row.text, row.url or _page_of(row, case), row.label) if isinstance(row, Refusal) else row
        for row in refusals
    ]


def _page_of(row: Refusal, case: Case) -> str:
    if row.case is not None or row.further_cases:
        return ""
    try:
        return REFUSALS[row.code].address(case.reference)
    except NoReverseMatch:
        return ""
