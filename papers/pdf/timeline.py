"""The drawing of a chronology as SVG: on the page of a text, in the print view and in the PDF. It holds no letter of text."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.composing.drawn_time import SIDE, WIDTH, DrawnEvent, DrawnTime
from papers.pdf.figures import EM, outlines

LANE, BAR, SIZE = 14.0, 5.0, 11.0  # height of a lane of numbers and of one of bars, size of the figures
FOOT = 20.0  # under the axis: the years
TICK = 4.0
POINT = 2.6


def timeline(drawn: DrawnTime, *, says: str, is_mirrored: bool) -> SafeString:
    """Return the drawing, from right to left where it is mirrored; `says` is what it is for who does not see it."""
    return _Sheet(drawn, is_mirrored=is_mirrored).svg(says)


class _Sheet:
    """One drawing while it is written down."""

    def __init__(self, drawn: DrawnTime, *, is_mirrored: bool) -> None:
        self.drawn, self.is_mirrored = drawn, is_mirrored
        self.axis = round(LANE * drawn.lanes + BAR * (drawn.bars + 1) + 6, 1)

    def svg(self, says: str) -> SafeString:
        parts = [*self._axis(), *map(self._line, self.drawn.events), *map(self._mark, self.drawn.events)]
        parts += map(self._number, self.drawn.events)
        height = self.axis + FOOT
        return format_html(
            '<svg class="drawn-time" role="img" viewBox="0 0 {} {}" width="{}" height="{}"><title>{}</title>{}</svg>',
            *(WIDTH, height, WIDTH, height, says, format_html_join("", "{}", ((part,) for part in parts))),
        )

    def x(self, place: float) -> float:
        """Return where a place of the axis lies on the sheet."""
        return round(WIDTH - place if self.is_mirrored else place, 1)

    def _axis(self) -> Iterator[SafeString]:
        yield self._stroke(SIDE, self.axis, WIDTH - SIDE, self.axis, "1")
        for place in self.drawn.months:
            yield self._stroke(place, self.axis, place, self.axis + TICK / 2, "0.5")
        for year in self.drawn.years:
            yield self._stroke(year.start, self.axis, year.start, self.axis + TICK, "0.8")
            if year.number:
                yield self._figures(year.number, self.x(year.at), self.axis + FOOT - 4)

    def _line(self, event: DrawnEvent) -> SafeString:
        """Return the thin line from a number to what it numbers."""
        return self._stroke(event.at, self._height(event) + 3, event.middle, self._level(event), "0.4")

    def _mark(self, event: DrawnEvent) -> SafeString:
        """Return a point for a day, a bar for anything less exact; what is said as about is not filled."""
        fill = "#fff" if event.is_about else "currentColor"
        hollow = "hollow" if event.is_about else "full"
        if event.is_day:
            return format_html(
                '<circle class="{}" cx="{}" cy="{}" r="{}" fill="{}" stroke="currentColor" stroke-width="0.9"/>',
                *(hollow, self.x(event.middle), self.axis, POINT, fill),
            )
        start = min(self.x(event.first), self.x(event.last))
        return format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="3" fill="{}" stroke="currentColor" stroke-width="0.7"/>',
            *(hollow, start, round(self._level(event) - 1.5, 1), round(max(event.last - event.first, 1.5), 1), fill),
        )

    def _number(self, event: DrawnEvent) -> SafeString:
        """Return a number on a ground that hides the lines behind it."""
        wide = self._wide(event.number)
        x, y = self.x(event.at), self._height(event)
        ground = format_html(
            '<rect class="ground" x="{}" y="{}" width="{}" height="{}" fill="#fff"/>',
            *(round(x - wide / 2 - 1, 1), round(y - SIZE + 1, 1), round(wide + 2, 1), SIZE + 1),
        )
        return ground + self._figures(event.number, x, y)

    def _height(self, event: DrawnEvent) -> float:
        """Return the line on which its number stands: the first lane is the one next to the axis."""
        return round(LANE * (self.drawn.lanes - event.lane) - 3, 1)

    def _level(self, event: DrawnEvent) -> float:
        return self.axis if event.is_day else round(self.axis - BAR * (event.bar + 1), 1)

    def _wide(self, number: str) -> float:
        return sum(outlines()[figure][1] for figure in number) * SIZE / EM

    def _figures(self, number: str, middle: float, y: float) -> SafeString:
        """Return a number as outlines: it reads from left to right in every language, and adds no word to a PDF."""
        by, place = SIZE / EM, middle - self._wide(number) / 2
        drawn = []
        for figure in number:
            path, wide = outlines()[figure]
            drawn.append((path, round(place, 2), y, by, -by))
            place += wide * by
        return format_html_join(
            "", '<path d="{}" transform="translate({} {}) scale({} {})" fill="currentColor"/>', drawn
        )

    def _stroke(self, start: float, top: float, end: float, bottom: float, width: str) -> SafeString:
        return format_html(
            '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-width="{}"/>',
            *(self.x(start), top, self.x(end), bottom, width),
        )
