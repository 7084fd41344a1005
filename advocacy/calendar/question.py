"""What is asked of every source of dates, and what each answers with."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from casework.models import Case
from casework.models.rows import CaseRowQuerySet

Rows = TypeVar("Rows", bound=CaseRowQuerySet)

MOST = 150  # dates of one source on one page
MOST_OPENED = 1000  # rows whose sealed date must be opened before anybody knows in which month it falls
LONGEST_GUESS = dt.timedelta(days=92)  # a date told more vaguely than a quarter stands in no month


@dataclass(frozen=True)
class CalendarQuestion:
    """Who asks for the dates of which days, the last included: their own, all that they may see, or those of one case.

    Each source answers with `most` dates. `with_titles` is false for the calendar file: no title is opened for it.
    """

    reader: User
    first: dt.date
    last: dt.date
    is_all: bool = False
    case: Case | None = None
    row_by_row: bool = True
    most: int = MOST
    with_titles: bool = True

    @property
    def start(self) -> dt.datetime:
        """Return the first instant of these days on the clock of the office."""
        return timezone.make_aware(dt.datetime.combine(self.first, dt.time()))

    @property
    def end(self) -> dt.datetime:
        """Return the first instant after these days."""
        return timezone.make_aware(dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time()))

    def seen(self, rows: Rows, *, mine: str = "case__lead") -> Rows:
        """Return the rows of cases the reader may see: of the one case, of all, or those where `mine` names the reader."""
        found = rows.visible_to(self.reader, row_by_row=self.row_by_row)
        if self.case is not None:
            return found.filter(case=self.case)
        return found if self.is_all else found.filter(**{mine: self.reader})

    def touches(self, first: dt.date, last: dt.date) -> bool:
        """Say whether a date from one day to another falls into these days."""
        return first <= self.last and last >= self.first


@dataclass(frozen=True)
class CalendarDate:
    """One thing that falls on a day, or on some days. `is_vague` where the day within them is not known.

    `key`, `version`, `target` (the row as the trail calls it) and `case_key` are for the calendar file, which holds nothing
    of `title` and `case`; `at` is the instant of what has an hour.
    """

    key: str
    first: dt.date
    last: dt.date
    title: str
    url: str
    case: str = ""
    reference: str = ""
    owner: str = ""
    note: str = ""
    is_vague: bool = False
    at: dt.datetime | None = None
    version: int = 1
    target: str = ""
    case_key: uuid.UUID | None = None
    source: str = ""


@dataclass(frozen=True)
class FoundDates:
    """What one source answers: its dates, and whether there are more than it shows."""

    rows: Sequence[CalendarDate]
    is_more: bool = False


FindDates = Callable[[CalendarQuestion], FoundDates]


@dataclass(frozen=True)
class DateSource:
    """One source of dates: its code, its word in the column *Kind*, its name in the filter, and how it finds them.

    `feed_word` is all that the private calendar file says of such a date beside the reference; a source without one is
    never in the file. A constant number of queries, whatever the number of rows. What is not `is_of_cases` is seen by
    everybody of the office.
    """

    code: str
    kind: Promise
    name: Promise
    find: FindDates
    feed_word: Promise | None = None
    is_of_cases: bool = True


def capped(rows: Sequence[Any], most: int) -> tuple[Sequence[Any], bool]:
    """Return as many rows as a page shows, and whether more were found: asked for was one more."""
    return rows[:most], len(rows) > most
