"""How many mutants a run tried and killed: kept beside the test's report, so that it is told at the end, also under xdist.

A worker of xdist has no terminal: what its tests print goes nowhere. The properties of a report travel.
"""

from collections.abc import Callable, Iterable
from typing import Any

PROPERTY = "mutants"


class MutantCount:
    """Takes what one test tried and killed. `tried` comes first: a test that fails before it kills shows in the sum."""

    def __init__(self, record_property: Callable[[str, object], None]) -> None:
        self._record = record_property

    def tried(self, name: str, number: int = 1, *, note: str = "") -> None:
        """Note that so many mutants of this set are tried."""
        self._record(PROPERTY, [name, 0, number, note])

    def killed(self, name: str, number: int = 1) -> None:
        """Note that so many of them were killed."""
        self._record(PROPERTY, [name, number, 0, ""])


def lines(reports: Iterable[Any]) -> list[str]:
    """Return a line for each set of mutants and one for all; nothing where none was tried."""
    sets: dict[str, tuple[int, int, list[str]]] = {}
    for report in reports:
        for key, value in getattr(report, "user_properties", ()):
            if key == PROPERTY and getattr(report, "when", "") == "call":
                name, killed, tried, note = value
                before = sets.get(name, (0, 0, []))
                notes = [*before[2], note] if note and note not in before[2] else before[2]
                sets[name] = (before[0] + killed, before[1] + tried, notes)
    if not sets:
        return []
    told = [
        f"{name}: {k} of {n} killed" + "".join(f"; {note}" for note in notes) for name, (k, n, notes) in sets.items()
    ]
    killed, tried = (sum(row[place] for row in sets.values()) for place in (0, 1))
    return [*sorted(told), f"mutations: {killed} of {tried} killed"]
