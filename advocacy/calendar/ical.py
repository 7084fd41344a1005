"""A calendar file in the form of RFC 5545. Only this module knows the library that writes it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

PROGRAM = "-//Calendar//Due days//EN"  # it names no site and no program of ours: it lies on telephones
WARNS_BEFORE = dt.timedelta(days=-1)
REFRESH = dt.timedelta(hours=6)


@dataclass(frozen=True)
class FeedEntry:
    """One due date as it leaves: `on` is a day, or an instant in UTC; nothing here may tell more than word and reference."""

    uid: str
    words: str
    on: dt.date
    sequence: int
    changed_at: dt.datetime | None


def calendar_file(entries: Iterable[FeedEntry], *, name: str, now: dt.datetime) -> bytes:
    """Return the file with an alarm a day before each date."""
    from icalendar import Calendar  # 10 MiB and 0.4 s that a process without a calendar program never needs

    calendar = Calendar()
    calendar.add("prodid", PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, now))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: FeedEntry, now: dt.datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.words)
    event.add("dtstart", entry.on)
    event.add("dtstamp", (entry.changed_at or now).astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    if entry.changed_at:
        event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.words)
    alarm.add("trigger", WARNS_BEFORE)
    event.add_component(alarm)
    return event
