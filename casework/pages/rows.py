"""Rows that several pages of a case hand to the same parts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SummaryRow:
    """One line of parts/summary_list.html: a label with its value or its state, and the way to change it."""

    label: str
    value: str = ""
    state: str = ""
    note: str = ""
    url: str = ""
    link: str = ""
    is_typed: bool = False


@dataclass(frozen=True)
class MissingRow:
    """Something that is missing (parts/task_list.html)."""

    label: str
    state: str
    url: str
    mark: str = "ring-empty"
    tone: str = "care"


@dataclass(frozen=True)
class NextStep:
    """The one next step of a page (parts/next.html); without a text nothing waits."""

    text: str = ""
    url: str = ""
    label: str = ""
