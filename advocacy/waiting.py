"""How long somebody takes to answer, when not everybody has answered yet.

Counting only the answers makes a silent office look quick: it answered once, after two days, and eleven letters lie
there. So whoever still waits counts as waiting: the product-limit estimate (Kaplan and Meier, Journal of the American
Statistical Association 53, 1958, pages 457-481). On each day on which answers came, it multiplies the share of those
still silent by the share that stayed silent on that day, of all whose wait had lasted so long.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5
"""With fewer approaches there is nothing to say of a median (GUIDE 24: "too few to say")."""

NOTHING = 1e-9
"""Shares are products of fractions: two that are equal on paper may differ by less than this."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Days from an approach to its first answer, or to the day of asking where nobody has answered."""

    days: int
    is_answered: bool


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """A day on which answers came: the share still silent after it, and of how many waits it was worked out."""

    days: int
    silent: float
    answered: int
    waited_so_long: int


def wait(approached_on: dt.date, answered_on: dt.date | None, today: dt.date) -> Wait:
    """Return how long an approach waited. An answer dated before its approach waited no day.

    An approach that lies ahead has not waited: zero days, not answered, and so of no weight.
    """
    until = answered_on if answered_on is not None else today
    return Wait(max((until - approached_on).days, 0), answered_on is not None)


class Waits:
    """Several waits taken together, as the product-limit estimate sees them."""

    def __init__(self, waits: Iterable[Wait]) -> None:
        """Take the waits, in any order; the estimate is worked out once."""
        self.waits = sorted(waits, key=lambda each: each.days)
        self.steps = tuple(self._steps())

    def __len__(self) -> int:
        """Return how many approaches were counted, answered or not."""
        return len(self.waits)

    @property
    def answered(self) -> int:
        """Return how many were answered."""
        return sum(each.is_answered for each in self.waits)

    @property
    def still_waiting(self) -> int:
        """Return how many wait still."""
        return len(self) - self.answered

    @property
    def longest(self) -> int:
        """Return the longest wait in days, answered or not; 0 where there is none. Of later days nothing is known."""
        return self.waits[-1].days if self.waits else 0

    def silent_after(self, days: int) -> float | None:
        """Return the share still silent after so many days, 0 to 1.

        None where nobody can say yet: nothing was counted, or no wait lasted so long while one goes on.
        """
        if not self.waits:
            return None
        share = 1.0
        for step in self.steps:
            if step.days > days:
                break
            share = step.silent
        return share if days <= self.longest or share <= NOTHING else None

    def answered_within(self, days: int) -> float | None:
        """Return the share answered within so many days, 0 to 1; None where nobody can say yet."""
        silent = self.silent_after(days)
        return None if silent is None else 1 - silent

    def median(self) -> int | None:
        """Return the days after which half had answered. None with fewer than five waits, or while half are silent."""
        if len(self) < FEWEST:
            return None
        return next((step.days for step in self.steps if step.silent <= 0.5 + NOTHING), None)

    def _steps(self) -> Iterable[AnswerDay]:
        silent, place, many = 1.0, 0, len(self.waits)
        while place < many:
            day, started, answered = self.waits[place].days, place, 0
            while place < many and self.waits[place].days == day:
                answered += self.waits[place].is_answered
                place += 1
            if answered:
                silent *= 1 - answered / (many - started)
                yield AnswerDay(day, silent, answered, many - started)
