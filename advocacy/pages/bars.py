"""Bars beside a table: how long each is drawn, so that the template only writes what it is given (GUIDE 24 and 27)."""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 600  # the longest bar, in the units of its drawing: whole numbers, for a comma would break the picture


@dataclass(frozen=True)
class BarLine:
    """One bar of parts/bars.html: filled so far, open (dashed) until there; a goal is a thick line at the end of it."""

    label: str
    figure: str
    filled: int = 0
    until: int = 0
    is_goal: bool = False
    note: str = ""


def drawn(lines: Sequence[BarLine]) -> list[BarLine]:
    """Return these lines in their order, with their lengths as the picture has them: the longest is as long as the panel."""
    longest = max((max(line.filled, line.until) for line in lines), default=0) or 1
    return [
        BarLine(
            line.label,
            line.figure,
            WHOLE * line.filled // longest,
            WHOLE * line.until // longest,
            line.is_goal,
            line.note,
        )
        for line in lines
    ]
