"""What is wrong with a file, each fault with its case, its field and the reason; all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One reason why a file is not brought in. `case` is the codename or, without one, the place in the file."""

    case: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.case, self.field, self.reason) if part)


class FileRefused(Exception):
    """The file cannot be brought in; nothing of it was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))
