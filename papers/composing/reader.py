"""To whom a paper is written, as the directory has it: the lines of the address, and how the reader is addressed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from directory.models import Actor, Channel

BY_POST = "CH_POST"


@dataclass(frozen=True)
class PaperReader:
    """The address block of one reader, line by line, and the salutation; empty where the directory has none."""

    lines: tuple[str, ...]
    salutation: str = ""
    name: str = ""


def reader_of(entry_id: uuid.UUID | str | None, *, today: dt.date | None = None) -> PaperReader | None:
    """Return how somebody of the directory is written to today; None for nobody and for an entry that was ended.

    The postal address stands there only when a second person verified it within 180 days.
    """
    entry = Actor.objects.in_use().with_places().filter(pk=entry_id).first() if entry_id else None
    if entry is None:
        return None
    first = ", ".join(part for part in (entry.name, entry.title) if part)
    above = [place.name for place in _above(entry) if place.name]
    post = Channel.objects.usable(today).filter(entry=entry, kind=BY_POST).order_by("-entered_at").first()
    address = [line.strip() for line in (post.address or "").splitlines()] if post else []
    lines = tuple(filter(None, [first, *above, *address]))
    return PaperReader(lines, (entry.salutation or "").strip(), entry.name or "")


def _above(entry: Actor) -> list[Actor]:
    """Return the office and the institution that an entry stands in, the nearest first."""
    found, place = [], entry.parent
    while place is not None:
        found.append(place)
        place = place.parent
    return found
