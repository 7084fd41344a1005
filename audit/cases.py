"""How the trail, which knows no cases, finds one by its reference and calls it by it."""

import uuid
from collections.abc import Callable, Iterable, Mapping

Find = Callable[[str], uuid.UUID | None]
Call = Callable[[Iterable[uuid.UUID]], Mapping[uuid.UUID, str]]

_finders: list[Find] = []
_callers: list[Call] = []


def register_cases(*, find: Find, call: Call) -> None:
    """Casework gives both: reference -> id, and ids -> references. Neither may give more than a reference."""
    if find not in _finders:
        _finders.append(find)
    if call not in _callers:
        _callers.append(call)


def case_id_of(text: str) -> uuid.UUID | None:
    """The case that somebody means by a reference or an id; None when there is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return next((found for finder in _finders if (found := finder(text))), None)


def references(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What to call these cases; the beginning of the id where nobody knows a reference any more."""
    wanted = set(ids)
    names = {one: str(one)[:8] for one in wanted}
    for call in _callers:
        names.update(call(wanted))
    return names
