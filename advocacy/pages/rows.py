"""Rows and sentences that several pages of ours hand to the same parts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class TaskLine:
    """A row of parts/task_list.html: a link or words, then one of state, late, soon and when, and a muted note."""

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
class WaitingLine:
    """What waits for a person's answer (parts/task_list.html): since when, about what, and by whom it came."""

    label: str
    url: str
    since: dt.datetime
    about: str
    by: User | None
    note: str = ""
    state: str = ""
    mark: str = ""
    tone: str = ""
    late: str = ""
    is_alarm: bool = False
    is_review: bool = False


@dataclass(frozen=True)
class NextStep:
    """The one next step of a page (parts/next.html)."""

    text: str
    url: str
    label: str


@dataclass(frozen=True)
class RefusalLine:
    """One reason why not (a row of parts/refusals.html), and the way to its mend."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class RefusalList:
    """Every reason why not, under one heading (parts/refusals.html)."""

    title: str
    rows: Sequence[RefusalLine]
