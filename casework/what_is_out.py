"""What stands outside about a case: pages and copies, told by the apps that know them, listed where it matters.

Casework asks here before an answer gets smaller or a fate is written; it imports nothing above itself.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.models import User
from casework.models import Case


@dataclass(frozen=True)
class Outside:
    """One public page or one copy in somebody's hands, as this reader may see it."""

    title: str
    url: str
    is_page: bool
    holder: str = ""


Finder = Callable[[User, Case, Collection[str] | None], list[Outside]]
_finders: list[Finder] = []


def listen(finder: Finder) -> Finder:
    """Ask `finder(reader, case, audiences)` for what stands outside; audiences None means all. Once is enough."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def what_is_out(reader: User, case: Case, audiences: Collection[str] | None = None) -> list[Outside]:
    """Return what stands outside about a case, for these audiences or all: pages first, then copies."""
    found = [row for finder in _finders for row in finder(reader, case, audiences)]
    return sorted(found, key=lambda row: not row.is_page)
