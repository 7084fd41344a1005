"""What is out and rests on what was allowed: told by the app that knows it, named before an answer ends something.

Casework asks here; it imports nothing above itself. What stands outside after a fate is listed in `pages/concerned.py`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import User
from casework.consent_rule import Use
from casework.models import Case


class OutKind(StrEnum):
    """A page goes down by itself; a copy is in somebody's hands."""

    PAGE = "page"
    COPY = "copy"


@dataclass(frozen=True)
class OutThing:
    """One page or copy about a case, for one audience, with what it discloses, in words that its reader may know."""

    kind: OutKind
    words: str
    audience: str
    uses: frozenset[Use]


Finder = Callable[[User, Case, Collection[str]], list[OutThing]]
_finders: list[Finder] = []


def listen(finder: Finder) -> Finder:
    """Ask `finder(reader, case, audiences)` for what is out and this reader may know of. Once is enough."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def things_for(reader: User, case: Case, audiences: Collection[str]) -> list[OutThing]:
    """Return the pages and copies about a case that went to these audiences, as this reader may know of them."""
    return [thing for finder in _finders for thing in finder(reader, case, audiences)]
