"""What the filters of a long list offer and how much it holds, kept for a minute for who sees over a thousand cases.

It opens no case: a code stays on offer for up to a minute after the last case of it was taken away. Rights, holds and the
rows themselves are asked at each request, and so is whether somebody sees that many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from accounts.caching.kept_for_a_person import KeptForAPerson

Narrowing = tuple[tuple[str, ...], tuple[str, ...], bool]
MOST_NARROWINGS = 50


@dataclass(frozen=True)
class CaseCounts:
    """Country and status of the first thousand cases and one more, and how many of all a person leads, to a thousand.

    `narrowed` is how many the filters leave that were asked for in the same minute, by countries, statuses and *mine*.
    """

    codes: Sequence[tuple[str, str]]
    led: int
    narrowed: dict[Narrowing, int] = field(default_factory=dict)

    def left_by(self, narrowing: Narrowing, count: Callable[[], int]) -> int:
        """Return how many cases these filters leave, counted once."""
        if narrowing not in self.narrowed:
            if len(self.narrowed) >= MOST_NARROWINGS:
                self.narrowed.clear()
            self.narrowed[narrowing] = count()
        return self.narrowed[narrowing]


KEPT: KeptForAPerson[CaseCounts] = KeptForAPerson()
