"""Which public pages rest on what was allowed: told by the app that knows them, named before an answer ends something.

Casework asks here; it imports nothing above itself. What stands outside after a fate is listed in `pages/concerned.py`.
"""

from collections.abc import Callable, Collection

from accounts.models import User
from casework.models import Case

Finder = Callable[[User, Case, Collection[str]], list[str]]
_finders: list[Finder] = []


def listen(finder: Finder) -> Finder:
    """Ask `finder(reader, case, audiences)` for the names of pages that this reader may know of. Once is enough."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def pages_for(reader: User, case: Case, audiences: Collection[str]) -> list[str]:
    """Return what the public pages about a case for these audiences are called, as this reader may know of them."""
    return [name for finder in _finders for name in finder(reader, case, audiences)]
