"""What the private calendar address of a person answers: their due dates, one word each.

The rights on the cases are asked at each request. No title is opened, and neither codename nor reference is written. Hearings and ends of
terms are not in it: their days stand in the books of a court, and would tell whose reference that is.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import CalendarAddress
from advocacy.calendar.ical import FeedEntry, calendar_file
from advocacy.calendar.question import CalendarDate, CalendarQuestion
from advocacy.calendar.registry import IN_THE_FEED, SOURCES, dates_of
from audit.models import Entry
from casework.access import sees_many

BEHIND, AHEAD = dt.timedelta(days=30), dt.timedelta(days=365)
MOST = 500  # dates of one source; the next ones come first


@dataclass(frozen=True)
class ChangesOfRow:
    """How often a row was changed, and when last, as the trail tells."""

    number: int = 0
    last_at: dt.datetime | None = None


def feed_of(address: CalendarAddress, *, now: dt.datetime | None = None) -> bytes:
    """Return the calendar file of the person whose address this is, in their language."""
    moment, reader = now or timezone.now(), address.user
    today = timezone.localdate(moment)
    asked = CalendarQuestion(
        reader=reader,
        first=today - BEHIND,
        last=today + AHEAD,
        row_by_row=sees_many(reader),
        most=MOST,
        with_titles=False,
    )
    rows = dates_of(asked, IN_THE_FEED).rows
    changes = _changes(rows)
    with override(reader.language or settings.LANGUAGE_CODE):
        entries = [_entry(row, address, changes.get(row.target, ChangesOfRow())) for row in rows]
        return calendar_file(entries, name=_("Due days"), now=moment)


def uid_of(address: CalendarAddress, source: str, key: str) -> str:
    """Return what an entry is called: the same as long as the address lives, guessed by nobody who has not its hash.

    Two addresses call the same row differently, so that two stolen telephones cannot be laid side by side.
    """
    secret = bytes.fromhex(address.token_sha256)
    return hmac.new(secret, f"{source} {key}".encode(), hashlib.sha256).hexdigest()[:40]


def _entry(row: CalendarDate, address: CalendarAddress, changes: ChangesOfRow) -> FeedEntry:
    return FeedEntry(
        uid=uid_of(address, row.source, row.key),
        words=str(SOURCES[row.source].feed_word),
        on=row.at.astimezone(dt.UTC) if row.at else row.first,
        sequence=row.version - 1 + changes.number,
        changed_at=changes.last_at,
    )


def _changes(rows: Sequence[CalendarDate]) -> Mapping[str, ChangesOfRow]:
    """Return what the trail tells of each of these rows, in one query."""
    if not rows:
        return {}
    told = Entry.objects.done().filter(
        case_id__in={row.case_key for row in rows}, target__in=[row.target for row in rows]
    )
    found = told.order_by().values_list("target").annotate(Count("pk"), Max("at"))
    return {target: ChangesOfRow(number, last_at) for target, number, last_at in found}
