"""The chronology of a paper on an axis of time: where each row stands, worked out from the words of the table alone.

What is drawn was signed: no date comes from anywhere but the first cell of a row, and a date that no form of ours reads as
stands in the table alone. The axis covers whole years. A day is a point, anything less exact a bar from the first to the
last day that it can mean.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from directory.dates import earliest, latest, parse
from papers.composing.date_found import date_in

WIDTH = 620.0  # units of the drawing: a page of text is 166 mm wide, so one is about 0.27 mm
SIDE = 12.0  # room for half a number at both ends
AXIS = WIDTH - 2 * SIDE
NUMBER = 21.0  # the room that one number takes on its lane
GAP = 2.0  # between two bars on one lane
FEWEST = 3  # of two the table itself is the better picture
LANES = 6  # of numbers; more only where they would not fit otherwise
MOST_YEARS_WITH_MONTHS = 3
MOST_YEARS = 12
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class DrawnEvent:
    """One row of the table: from where to where it lies on the axis, and where its number stands, never on another one."""

    number: str
    first: float
    last: float
    bar: int
    """On which lane of bars it lies; a day lies on the axis."""
    at: float = 0
    lane: int = 0
    is_day: bool = False
    is_about: bool = False

    @property
    def middle(self) -> float:
        """Return where the line from its number ends."""
        return round((self.first + self.last) / 2, 1)


@dataclass(frozen=True)
class DrawnYear:
    """A year on the axis: where it begins, and where its number stands, if it has room for one."""

    start: float
    at: float = 0
    number: str = ""


@dataclass(frozen=True)
class DrawnTime:
    """A drawing ready to be written down, from left to right."""

    events: list[DrawnEvent]
    years: list[DrawnYear]
    months: list[float]

    @property
    def bars(self) -> int:
        """Return how many lanes of bars there are."""
        return max((event.bar + 1 for event in self.events if not event.is_day), default=0)

    @property
    def lanes(self) -> int:
        """Return how many lanes of numbers there are."""
        return max(event.lane for event in self.events) + 1


@dataclass(frozen=True)
class _Told:
    number: str
    first: dt.date | None
    last: dt.date | None
    is_about: bool

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


def drawn_time(rows: Iterable[tuple[str, str]], language: str) -> DrawnTime | None:
    """Return the drawing of these rows (number, date in words); None where too few have a date that can be placed."""
    told = [found for number, said in rows if (found := _told(number, said, language))]
    days = [day for one in told for day in (one.first, one.last) if day]
    if len(told) < FEWEST or not days:
        return None
    first, last = min(days).year, max(days).year
    scale = _Scale(dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal() + 1)
    events = _numbered(_barred(told, scale))
    return DrawnTime(events, _years(first, last, scale), _months(first, last, scale))


def _told(number: str, said: str, language: str) -> _Told | None:
    text = date_in(said, language)
    found = parse(text) if text else None
    if found is None:
        return None
    part = found.first or found.last
    return _Told(number, earliest(text), latest(text), is_about=bool(part and (part.is_about or part.is_doubted)))


@dataclass(frozen=True)
class _Scale:
    start: int
    end: int

    def place(self, ordinal: float) -> float:
        return round(SIDE + AXIS * (ordinal - self.start) / (self.end - self.start), 1)


def _barred(told: list[_Told], scale: _Scale) -> list[DrawnEvent]:
    """Lay each event on the axis, and what is no day on the lowest lane of bars where none lies; open ends reach the edge."""
    ends: list[float] = []
    drawn = []
    for one in sorted(told, key=lambda row: (row.first or dt.date.min, row.last or dt.date.max)):
        first = scale.place(one.first.toordinal()) if one.first else SIDE
        last = scale.place(one.last.toordinal() + 1) if one.last else SIDE + AXIS
        bar = 0
        if not one.is_day:
            bar = next((lane for lane, end in enumerate(ends) if end <= first), len(ends))
            ends[bar : bar + 1] = [last + GAP]
        drawn.append(DrawnEvent(one.number, first, last, bar, is_day=one.is_day, is_about=one.is_about))
    return drawn


def _numbered(events: list[DrawnEvent]) -> list[DrawnEvent]:
    """Give each number a place: above its event where there is room, else beside the one that stands in its way.

    They make way towards the end, or where they would leave the page there, towards the beginning.
    """
    middles = [event.middle for event in events]
    tries = (found for most in range(LANES, len(events) + LANES) for found in _both_ways(middles, most))
    places = next(filter(None, tries))
    return [replace(event, at=round(at, 1), lane=lane) for event, (at, lane) in zip(events, places, strict=True)]


def _both_ways(middles: list[float], most: int) -> Iterator[list[tuple[float, int]] | None]:
    yield _placed(middles, most)
    mirrored = _placed([WIDTH - middle for middle in middles], most)
    yield [(WIDTH - at, lane) for at, lane in mirrored] if mirrored else None


def _placed(middles: list[float], most: int) -> list[tuple[float, int]] | None:
    """Return where the number of each of these stands, and on which of so many lanes; None where one reaches over the edge."""
    ends: list[float] = []
    found: dict[int, tuple[float, int]] = {}
    for place, middle in sorted(enumerate(middles), key=lambda pair: pair[1]):
        start = middle - NUMBER / 2
        lane = next((lane for lane, end in enumerate(ends) if end <= start), len(ends))
        if lane == most:
            lane = min(range(most), key=ends.__getitem__)
            start = ends[lane]
        if start + NUMBER > WIDTH + GAP:
            return None
        ends[lane : lane + 1] = [start + NUMBER]
        found[place] = (start + NUMBER / 2, lane)
    return [found[place] for place in range(len(middles))]


def _years(first: int, last: int, scale: _Scale) -> list[DrawnYear]:
    """Return the beginning of each year, or of every second, fifth, tenth; few years bear their number in their middle."""
    count = last - first + 1
    step = next((step for step in STEPS if count / step <= MOST_YEARS), STEPS[-1])
    found = []
    for year in range(first, last + 2):
        start = scale.place(dt.date(year, 1, 1).toordinal())
        if year > last:
            found.append(DrawnYear(start))
        elif step == 1:
            found.append(DrawnYear(start, scale.place(dt.date(year, 7, 2).toordinal()), str(year)))
        elif year % step == 0:
            found.append(DrawnYear(start, start, str(year)))
    return found if step == 1 else [DrawnYear(scale.place(scale.start)), *found]


def _months(first: int, last: int, scale: _Scale) -> list[float]:
    if last - first >= MOST_YEARS_WITH_MONTHS:
        return []
    return [
        scale.place(dt.date(year, month, 1).toordinal()) for year in range(first, last + 1) for month in range(2, 13)
    ]
