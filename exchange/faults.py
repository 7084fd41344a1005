"""What is wrong with a file, each fault with its case, its field and the reason; all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 80
JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Fault:
    """One reason why a file is not brought in. `case` is the codename or, without one, the place in the file."""

    case: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (shown(self.case), shown(self.field, most=200), self.reason) if part)


class FileRefused(Exception):
    """The file cannot be brought in; nothing of it was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def shown(value: str, *, most: int = MOST_SHOWN) -> str:
    """Return a text of the file as a message can hold it: not too long, and what a screen does not show by its number."""
    cut = value if len(value) <= most else value[:most] + "…"
    return "".join(letter if letter.isprintable() or letter in JOINERS else f"\\u{ord(letter):04x}" for letter in cut)
