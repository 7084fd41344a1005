"""What a fact is that proves a step done: who made it true, when, in which row, and until when it counts."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from directory.dates import relative_time


@dataclass(frozen=True)
class Found:
    """One fact of one case: its code, the row that holds it, when it came true and through whom, in words, and where."""

    code: str
    row: uuid.UUID
    at: dt.datetime
    by: User
    words: str
    url: str = ""


Finder = Callable[[Case, User, dt.datetime], Sequence[Found]]
Lost = Callable[[dt.datetime], Q]


@dataclass(frozen=True)
class Fact:
    """A sort of fact. `finder` reads the facts of a case that this reader may know of, newest first; several codes may
    share one, which is then asked once.

    `lost` is what is true of a closed step whose fact counts no more; None for what has happened and cannot un-happen.
    """

    code: str
    finder: Finder
    lost: Lost | None = None


def instant(at: dt.datetime) -> str:
    """Return day and hour as they are still true when somebody reads the evidence a year later."""
    return _("%(day)s, %(hour)s") % {"day": relative_time.full_day(at), "hour": relative_time.hour(at)}
