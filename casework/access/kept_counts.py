"""What the filters of a long list offer and how much it holds, kept for a minute for who sees over a thousand cases.

It opens no case: a code stays on offer for up to a minute after the last case of it was taken away. Rights, holds and the
rows themselves are asked at each request, and so is whether somebody sees that many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.caching.kept_for_a_person import KeptForAPerson


@dataclass(frozen=True)
class CaseCounts:
    """Country and status of the first thousand cases and one more, and how many of all a person leads, to a thousand."""

    codes: Sequence[tuple[str, str]]
    led: int


KEPT: KeptForAPerson[CaseCounts] = KeptForAPerson()
