"""Rows that pages of several apps hand to the same parts; the lowest app that draws them keeps them."""

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
class TaskRow:
    """One line of parts/task_list.html: a link or words, then one of state, late, soon and when, and a muted note."""

    label: str
    url: str = ""
    note: str = ""
    state: str = ""
    mark: str = ""
    tone: str = ""
    late: str = ""
    soon: str = ""
    when: str = ""


@dataclass(frozen=True)
class NextStep:
    """The one next step of a page (parts/next.html): a sentence, and where it is done; without a text nothing waits."""

    text: str = ""
    url: str = ""
    label: str = ""
    post: bool = False
