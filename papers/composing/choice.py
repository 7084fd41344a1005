"""What an author chose to print of one case, and in which order: claims, rights, charges and asks by their rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

NOT_CHOSEN = "not-chosen"
CAME_LATER = "came-later"
Row = TypeVar("Row")


@dataclass(frozen=True)
class Choice:
    """The keys of the rows that print, in their order, and of those that were offered and do not.

    A row that is in neither came to the packet after somebody chose. It does not print, and is listed as such.
    """

    printed: tuple[str, ...]
    left: tuple[str, ...] = ()

    def of(self, rows: Sequence[Row], pk: Callable[[Row], object]) -> list[Row]:
        """Return those of these rows that print, in the order that was chosen."""
        place = {key: number for number, key in enumerate(self.printed)}
        return sorted((row for row in rows if str(pk(row)) in place), key=lambda row: place[str(pk(row))])

    def why_not(self, key: str) -> str:
        """Return why the row of this key does not print; empty where it does."""
        if key in self.printed:
            return ""
        return NOT_CHOSEN if key in self.left else CAME_LATER
