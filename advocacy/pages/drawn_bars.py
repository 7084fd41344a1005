"""Bars drawn on the server: where each stands on the picture, so that the template only writes what it is given.

The picture shows what the table beside it says in figures (GUIDE 24 and 27); nobody has to read it to know.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi

WIDTH = 360
LONGEST_BAR = 260  # what is left of the width holds the figure after the longest bar
ROW, TEXT_AT, BAR_AT, BAR = 38, 12, 18, 14
FOOT = 20
MOST_TICKS = 5


@dataclass(frozen=True)
class Bar:
    """What a bar says: its label before it, how long it is, and the figure after it. An open one goes on: dashed."""

    label: str
    length: float
    figure: str
    is_open: bool = False


@dataclass(frozen=True)
class DrawnBar:
    """A bar on the picture: where its words, its left edge and its figure stand, in units of the picture."""

    bar: Bar
    text_y: int
    bar_y: int
    left: float
    width: float
    figure_x: float
    figure_y: int


@dataclass(frozen=True)
class Tick:
    """A thin line across all bars with its figure at the foot."""

    x: float
    figure: int


@dataclass(frozen=True)
class Drawing:
    """A whole picture (parts/drawn_bars.html); it grows from the side at which reading begins."""

    width: int
    height: int
    bar_height: int
    foot_y: int
    figures_y: int
    edge_x: int
    bars: Sequence[DrawnBar]
    ticks: Sequence[Tick]


def drawing(bars: Sequence[Bar]) -> Drawing | None:
    """Return the picture of these bars in their order; None where there is nothing to draw."""
    if not bars:
        return None
    step = step_of(max(bar.length for bar in bars))
    most = max(step, max(bar.length for bar in bars))
    is_mirrored = get_language_bidi()

    def at(length: float) -> float:
        along = round(length / most * LONGEST_BAR, 1)
        return WIDTH - along if is_mirrored else along

    foot = len(bars) * ROW
    return Drawing(
        width=WIDTH,
        height=foot + FOOT,
        bar_height=BAR,
        foot_y=foot,
        figures_y=foot + TEXT_AT + 3,
        edge_x=WIDTH if is_mirrored else 0,
        bars=[_drawn(bar, row, at, is_mirrored=is_mirrored) for row, bar in enumerate(bars)],
        ticks=[Tick(at(figure), figure) for figure in range(0, math.floor(most) + 1, step)],
    )


def step_of(longest: float) -> int:
    """Return how far apart the thin lines stand: 1, 2 or 5 times a power of ten, at most five of them after the first."""
    power = 1
    while True:
        for times in (1, 2, 5):
            if longest <= times * power * MOST_TICKS:
                return times * power
        power *= 10


def _drawn(bar: Bar, row: int, at: Callable[[float], float], *, is_mirrored: bool) -> DrawnBar:
    end = at(bar.length)
    top = row * ROW
    return DrawnBar(
        bar=bar,
        text_y=top + TEXT_AT,
        bar_y=top + BAR_AT,
        left=end if is_mirrored else 0,
        width=round(WIDTH - end if is_mirrored else end, 1),
        figure_x=end - 6 if is_mirrored else end + 6,
        figure_y=top + BAR_AT + TEXT_AT - 1,
    )
