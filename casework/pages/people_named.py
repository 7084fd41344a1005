"""Who a sentence of the packet names besides the prisoner and whom the case knows: told by the part above that looks for names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.models import Case


@dataclass(frozen=True)
class PeopleNamed:
    """The names of others in a sentence, and the scripts, in words, in which nobody can tell a name from another word."""

    names: Sequence[str] = ()
    unread: Sequence[str] = ()


Finder = Callable[[Case, str], PeopleNamed]
_finders: list[Finder] = []


def look_for_people(finder: Finder) -> Finder:
    """Have `finder(case, text)` asked whom a text names. The part above registers it at start-up; once is enough."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def people_named_in(case: Case, text: str | None) -> PeopleNamed:
    """Return whom this text of the case names that is neither the prisoner nor known to the case."""
    found = [finder(case, text) for finder in _finders] if text else []
    return PeopleNamed(
        [name for one in found for name in one.names], [script for one in found for script in one.unread]
    )
