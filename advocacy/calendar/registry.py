"""Every source of dates, and one question to all of them. A further source is a record here, with its words and a test."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from advocacy.calendar import of_detention, of_key_dates, of_packet, of_papers, of_safety, of_work
from advocacy.calendar.question import CalendarDate, CalendarQuestion, DateSource

SOURCES: Mapping[str, DateSource] = {
    source.code: source
    for source in (
        *of_work.SOURCES,
        *of_packet.SOURCES,
        *of_detention.SOURCES,
        *of_safety.SOURCES,
        *of_papers.SOURCES,
        *of_key_dates.SOURCES,
    )
}
IN_THE_FEED = tuple(code for code, source in SOURCES.items() if source.feed_word)


@dataclass(frozen=True)
class DatesOfSources:
    """The dates of several sources in the order of their days, and the sources that have more than they show."""

    rows: Sequence[CalendarDate]
    with_more: Sequence[DateSource]


def dates_of(asked: CalendarQuestion, codes: Iterable[str] = SOURCES) -> DatesOfSources:
    """Return what falls into the days asked for, of these sources. An unknown code raises KeyError."""
    found = [(SOURCES[code], SOURCES[code].find(asked)) for code in codes]
    rows = [replace(row, source=source.code) for source, answer in found for row in answer.rows]
    rows.sort(key=lambda row: (row.first, row.source, row.title, row.key))
    return DatesOfSources(rows, [source for source, answer in found if answer.is_more])
