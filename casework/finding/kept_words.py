"""The index of one process, kept up to date with the trail: what was done to a case has it read anew at the next search.

A search reads at most READ_AT_ONCE cases, so that the first ones after a start take no longer than others: first those
of the person who asks, where these are few, else one after another. Until all are read the page says so.
"""

import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from audit.since import TrailMoment, done_since, trail_now
from casework.finding.shelves import shelves
from casework.finding.word_index import WordIndex
from casework.models import Case
from sealing.queries import KEY, written_once

READ_AT_ONCE = 1000
MOST_WORDS = 100_000
"""How many different words are kept in memory at most; what comes after is found by its tags alone, and the page says so."""
FIRST = uuid.UUID(int=0)


@dataclass(frozen=True)
class MayHold:
    """The cases that may hold what was typed, for each shelf by its name, and whether every case was asked."""

    cases: dict[str, set[uuid.UUID]]
    is_whole: bool


class KeptWords:
    """The words of cases in the memory of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, with nothing read."""
        self._index = WordIndex()
        self._moment: TrailMoment | None = None
        self._reached = FIRST
        self._is_behind = False

    def ask(self, typed: str, *, of: Sequence[uuid.UUID] | None) -> MayHold:
        """Return the cases that may hold these words; `of` are those that the person may see, None if they are many."""
        with self._lock:
            self._catch_up()
            is_whole = self._read_these(of) if of is not None else self._read_on()
            found = {shelf.name: self._index.cases_holding(shelf.name, typed) for shelf in shelves()}
        if of is not None:
            found = {name: cases.intersection(of) for name, cases in found.items()}
        return MayHold(found, is_whole and not self._is_behind and not self._is_full())

    def _catch_up(self) -> None:
        """Read anew what was done to since; all of it where the trail is another, or too much was replaced."""
        done = done_since(self._moment) if self._moment is not None else None
        if done is None or self._index.forgotten > len(self._index) + READ_AT_ONCE:
            self.forget()
            self._moment = trail_now()
            return
        self._moment, self._is_behind = done.until, not done.is_all
        self._read([case for case in done.cases if case in self._index or case <= self._reached])

    def _read_these(self, cases: Sequence[uuid.UUID]) -> bool:
        missing = [case for case in cases if case not in self._index]
        self._read(missing[:READ_AT_ONCE])
        return len(missing) <= READ_AT_ONCE

    def _read_on(self) -> bool:
        following = _following(after=self._reached)
        self._read([case for case in following if case not in self._index])
        if following:
            self._reached = following[-1]
        return len(following) < READ_AT_ONCE

    def _read(self, cases: Sequence[uuid.UUID]) -> None:
        if not cases or self._is_full():
            return
        for case in cases:
            self._index.begin(case)
        for shelf in shelves():
            for value in shelf.read(cases):
                self._index.add(value.case, shelf.name, value.words)

    def _is_full(self) -> bool:
        return self._index.word_count > MOST_WORDS


@written_once(after=KEY)
def _following(*, after: uuid.UUID) -> QuerySet[Case, uuid.UUID]:
    return Case.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:READ_AT_ONCE]


KEPT_WORDS = KeptWords()
