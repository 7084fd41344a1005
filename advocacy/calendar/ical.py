"""A calendar file in the form of RFC 5545, written and read. Only this module knows the library.

Of a file that comes from outside each event is read by itself: no time zone that it defines and no rule by which it repeats
is worked out, for a few lines of either can keep a process busy for ever.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from icalendar import Event

PROGRAM = "-//Calendar//Due days//EN"  # it names no site and no program of ours: it lies on telephones
WARNS_BEFORE = dt.timedelta(days=-1)
REFRESH = dt.timedelta(hours=6)
LARGEST, MOST_EVENTS = 256 * 1024, 500
REPEATS = ("RRULE", "RDATE")
A_DAY = dt.timedelta(days=1)


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


class NotACalendar(ValueError):
    """The bytes are no calendar file, or one with more than is taken."""


@dataclass(frozen=True)
class BroughtEvent:
    """An event of a file from outside: its title and its days on the office's clock, the last included."""

    title: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True)
class ReadCalendar:
    """The events of a file, and how many more it holds that repeat, were cancelled or cannot be read."""

    events: Sequence[BroughtEvent]
    left_out: int


def read_calendar(data: bytes) -> ReadCalendar:
    """Return the events of a calendar file. Raises NotACalendar for anything else, and for more than 500 events."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotACalendar from None
    if len(data) > LARGEST or "BEGIN:VCALENDAR" not in text.upper():
        raise NotACalendar
    blocks = list(_blocks(text))
    if len(blocks) > MOST_EVENTS:
        raise NotACalendar
    found = [event for block in blocks if (event := _read(block))]
    return ReadCalendar(found, len(blocks) - len(found))


def _blocks(text: str) -> Iterator[str]:
    """Return the lines of each event, in one walk through the file however it is made."""
    lines: list[str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            lines = []
        if lines is not None:
            lines.append(line)
        if lines and word == "END:VEVENT":
            yield "\r\n".join(lines)
            lines = None


def _read(block: str) -> BroughtEvent | None:
    from icalendar import Event

    try:
        event = Event.from_ical(block)
        title, start, end = str(event.get("summary", "")), event.start, event.end
    except (ValueError, KeyError, AttributeError, TypeError, OverflowError):  # whatever is wrong with a file of others
        return None
    if not title.strip() or any(name in event for name in REPEATS) or event.get("status") == "CANCELLED":
        return None
    first, last = _day(start), _day(end)
    if not isinstance(end, dt.datetime) and last > first:
        last -= A_DAY  # the end of whole days is the first day after them
    return BroughtEvent(" ".join(title.split()), first, max(first, last))


def _day(at: dt.date) -> dt.date:
    if isinstance(at, dt.datetime):
        return timezone.localdate(at) if timezone.is_aware(at) else at.date()
    return at
