"""What a date text says, taken apart: the parts of one date, and what several dates together mean."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True)
class DatePart:
    """One date of which the day, or day and month, may not be known."""

    year: int
    month: int | None = None
    day: int | None = None
    is_about: bool = False
    is_doubted: bool = False

    @property
    def first(self) -> dt.date:
        """Return the first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """Return the last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        """Say whether it is one day and nothing hedges it."""
        return self.day is not None and not (self.is_about or self.is_doubted)


@dataclass(frozen=True)
class ToldDate:
    """What a date text says. The kind is one of

    - `one`: one date, as far as it is known;
    - `span`: from one date to another; a side is None where it is open, or not known (`is_side_unknown`);
    - `either`, `both`: one, or all, of several dates (`members`);
    - `earlier`, `later`: the one date that is named, or one before it or after it;
    - `some_year`: a day or month of a year that is known in part.
    """

    kind: str
    first: DatePart | None
    last: DatePart | None
    members: tuple["ToldDate", ...] = ()
    is_side_unknown: bool = False

    @property
    def earliest(self) -> dt.date | None:
        """Return the first day it can mean, None where it is open to the past."""
        return self.first.first if self.first else None

    @property
    def latest(self) -> dt.date | None:
        """Return the last day it can mean, None where it is open to the future."""
        return self.last.last if self.last else None

    @property
    def is_exact(self) -> bool:
        """Say whether it is one known day."""
        return self.kind == "one" and self.first is not None and self.first.is_exact
