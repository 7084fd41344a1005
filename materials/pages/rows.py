"""What several pages of materials hand to their parts: the next step, and the lines of a task and of a summary list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NextStep:
    """One sentence and where it is done; no address where another person must do it (parts/next.html)."""

    text: str
    url: str = ""
    label: str = ""
    post: bool = False


@dataclass(frozen=True)
class TaskRow:
    """One line of a task list (parts/task_list.html)."""

    label: str
    url: str = ""
    note: str = ""
    state: str = ""
    mark: str = ""
    tone: str = ""
    late: str = ""
    when: str = ""


@dataclass(frozen=True)
class SummaryLine:
    """One line of a summary list (parts/summary_list.html)."""

    label: str
    value: str
    is_typed: bool = False
