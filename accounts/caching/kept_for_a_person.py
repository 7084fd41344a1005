"""What is worked out for one person and may be a minute old: in this process alone, of few people, and never a right."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

LASTS = 60.0  # seconds
MOST_PEOPLE = 500

Kept = TypeVar("Kept")


class KeptForAPerson(Generic[Kept]):
    """The answer for each person, forgotten after a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._of_person: dict[int, tuple[float, Kept]] = {}
        self._writes = threading.Lock()

    def of(self, person: int, work_out: Callable[[], Kept]) -> Kept:
        """Return what was worked out for this person within the last minute, or work it out now."""
        kept = self._of_person.get(person)
        if kept and self.clock() - kept[0] < LASTS:
            return kept[1]
        found = work_out()
        with self._writes:
            self._of_person.pop(person, None)
            if len(self._of_person) >= MOST_PEOPLE:
                del self._of_person[next(iter(self._of_person))]
            self._of_person[person] = self.clock(), found
        return found

    def forget(self) -> None:
        """Forget the answers for everybody."""
        self._of_person.clear()
