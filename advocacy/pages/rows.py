"""Rows and sentences that several pages of ours hand to the same parts."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User


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
    is_own: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure of parts/tally.html: a number with its base, and what it counts."""

    number: str
    words: str
    base: str = ""
