"""What the filters of a long list offer and how much it holds, kept for a minute for who sees over a thousand cases.

It opens no case: a code stays on offer for up to a minute after the last case of it was taken away. Rights, holds and the
rows themselves are asked at each request, and so is whether somebody sees that many.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LASTS = 60.0  # seconds
MOST_PEOPLE = 500


@dataclass(frozen=True)
class CaseCounts:
    """Country and status of the first thousand cases and one more, and how many of all a person leads, to a thousand."""

    codes: Sequence[tuple[str, str]]
    led: int


class KeptCounts:
    """The counts of each person, forgotten after a minute, of few people, in this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._of_person: dict[int, tuple[float, CaseCounts]] = {}
        self._writes = threading.Lock()

    def of(self, person: int, count: Callable[[], CaseCounts]) -> CaseCounts:
        """Return what was counted for this person within the last minute, or count now."""
        kept = self._of_person.get(person)
        if kept and self.clock() - kept[0] < LASTS:
            return kept[1]
        counted = count()
        with self._writes:
            self._of_person.pop(person, None)
            if len(self._of_person) >= MOST_PEOPLE:
                del self._of_person[next(iter(self._of_person))]
            self._of_person[person] = self.clock(), counted
        return counted

    def forget(self) -> None:
        """Forget the counts of everybody."""
        self._of_person.clear()


KEPT = KeptCounts()
