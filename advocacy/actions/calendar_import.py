"""Bringing a calendar file from outside into the key dates of the office."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.refusals import refuse_if
from advocacy.calendar.ical import BroughtEvent, NotACalendar, read_calendar
from directory.actions.key_dates import MAY_NOT_WRITE, DateGiven, add_date
from directory.actions.recipients import may_enter
from directory.models import OfficeDate

BEHIND, AHEAD = dt.timedelta(days=31), dt.timedelta(days=731)
LONGEST_TITLE = 120


@dataclass(frozen=True)
class BroughtDates:
    """How many dates a file brought, how many stood there already, and how many were left out."""

    added: int
    known: int
    left_out: int

    @property
    def sentence(self) -> str:
        """Return what to say of it."""
        said = [
            ngettext("%(count)d date was added.", "%(count)d dates were added.", self.added) % {"count": self.added}
        ]
        if self.known:
            words = ngettext("%(count)d stood there already.", "%(count)d stood there already.", self.known)
            said.append(words % {"count": self.known})
        if self.left_out:
            words = ngettext(
                "%(count)d was left out: it repeats, has no title or day, or lies too far away.",
                "%(count)d were left out: they repeat, have no title or day, or lie too far away.",
                self.left_out,
            )
            said.append(words % {"count": self.left_out})
        return " ".join(said)


@transaction.atomic
def bring_in(*, actor: User, data: bytes, kind: str, reason: str, today: dt.date | None = None) -> BroughtDates:
    """Add each event of a calendar file as a date of the office, all together or none; sent twice it adds nothing twice.

    Taken are title and days, from a month ago to two years ahead. Refused to who may write no date, for a file that is no
    calendar, without a reason, and for a kind that is none.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    try:
        read = read_calendar(data)
    except NotACalendar:
        words = _(
            "This is no calendar file of 256 kilobytes and 500 events at most. Ask for one with .ics behind its name."
        )
        raise ValidationError({"file": words}) from None
    if kind not in OfficeDate.Kind.values:
        raise ValidationError({"kind": _("Choose what kind of date it is.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, or where another person can look it up.")})
    day = today or timezone.localdate()
    near = [one for one in read.events if day - BEHIND <= one.last_day and one.first_day <= day + AHEAD]
    there = _there(near)
    fresh = [one for one in dict.fromkeys(near) if _key(one) not in there]
    added = sum(_added(actor, one, kind, reason) for one in fresh)
    known = len(near) - len(fresh)
    return BroughtDates(added, known, read.left_out + len(read.events) - known - added)


def _key(one: BroughtEvent) -> tuple[str, dt.date, dt.date]:
    return one.title[:LONGEST_TITLE], one.first_day, one.last_day


def _there(near: list[BroughtEvent]) -> set[tuple[str, dt.date, dt.date]]:
    """Return the dates of the office that begin on one of these days, as the file would call them."""
    days = {one.first_day for one in near}
    rows = OfficeDate.objects.present().filter(code="", first_day__in=days)
    return {(row.title or "", row.first_day, row.last_day) for row in rows}


def _added(actor: User, one: BroughtEvent, kind: str, reason: str) -> bool:
    """Add one event and say whether that went: one with letters that cannot be seen, or of half a year, is left out."""
    given = DateGiven(one.first_day, one.last_day, 0, reason)
    try:
        add_date(actor=actor, given=given, title=one.title[:LONGEST_TITLE], kind=kind)
    except ValidationError:
        return False
    return True
