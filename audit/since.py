"""What was done since: the trail as the counter of changes, for what keeps something worked out in its own memory.

Entries are appended one after another, each once the one before it stands: a number that was read is never passed by.
"""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from audit import labels
from audit.chain import as_bytes
from audit.models import Entry
from sealing.queries import NUMBER, written_once

MOST_READ = 2000


@dataclass(frozen=True)
class TrailMoment:
    """A place in the trail: the number of an entry and its MAC, so that another trail is not taken for this one."""

    sequence: int = 0
    mac: bytes = b""


@dataclass(frozen=True)
class DoneSince:
    """The cases that something was done to since a moment, the moment until which was read, and whether that is all."""

    cases: tuple[uuid.UUID, ...]
    until: TrailMoment
    is_all: bool


def trail_now() -> TrailMoment:
    """Return the last entry of the trail."""
    row = _last.first()
    return TrailMoment(row[0], as_bytes(row[1])) if row else TrailMoment()


def done_since(moment: TrailMoment) -> DoneSince | None:
    """Return what was done after a moment, looks apart; None where this trail never had that moment."""
    rows = _from(sequence=moment.sequence)
    if moment.sequence:
        if not rows or (rows[0][0], as_bytes(rows[0][1])) != (moment.sequence, moment.mac):
            return None
        rows = rows[1:]
    looks = labels.looks()
    cases = dict.fromkeys(case for _number, _mac, case, verb in rows if case and verb not in looks)
    until = TrailMoment(rows[-1][0], as_bytes(rows[-1][1])) if rows else moment
    return DoneSince(tuple(cases), until, is_all=len(rows) < MOST_READ)


@written_once()
def _last() -> QuerySet[Entry, tuple[int, bytes | memoryview]]:
    return Entry.objects.order_by("-sequence").values_list("sequence", "mac")[:1]


@written_once(sequence=NUMBER)
def _from(*, sequence: int) -> QuerySet[Entry, tuple[int, bytes | memoryview, uuid.UUID | None, str]]:
    rows = Entry.objects.filter(sequence__gte=sequence).order_by("sequence")
    return rows.values_list("sequence", "mac", "case_id", "verb")[: MOST_READ + 1]
