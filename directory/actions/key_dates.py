"""Writing dates of the office: its own, the days of a listed one in a year, and taking either away."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.names import why_unreadable
from accounts.refusals import refuse_if
from audit.trail import record
from directory.actions.recipients import may_enter
from directory.countries import is_known_country
from directory.key_dates.listed import listed_dates
from directory.models import OfficeDate
from directory.models.key_dates import MOST_WEEKS

LONGEST = dt.timedelta(days=120)
MAY_NOT_WRITE = _lazy("Who coordinates a case, and reviewers and directors of the office, write in its calendar.")


@dataclass(frozen=True)
class DateGiven:
    """What is said of a date: from which day to which, how many weeks of work before it, and why or by what source."""

    first_day: dt.date
    last_day: dt.date | None
    lead_weeks: int
    reason: str


@transaction.atomic
def add_date(*, actor: User, given: DateGiven, title: str, kind: str, country: str = "") -> OfficeDate:
    """Write a date of the office into the calendar of everybody here.

    Refused to who neither coordinates a case nor signs for the office, without title, kind or reason, for a State that is
    not on the list, and for more than 120 days.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    faults = _faults(given)
    if not title.strip():
        faults["title"] = _("Write what it is, without a name or anything of a case.")
    elif unreadable := why_unreadable(title):
        faults["title"] = unreadable
    if kind not in OfficeDate.Kind.values:
        faults["kind"] = _("Choose what kind of date it is.")
    if country and not is_known_country(country):
        faults["country"] = _("This State is not on the list.")
    if faults:
        raise ValidationError(faults)
    return _written(actor, given, OfficeDate(title=title.strip(), kind=kind, country=country))


@transaction.atomic
def correct_days(*, actor: User, code: str, given: DateGiven) -> OfficeDate:
    """Say when a listed date falls in the year of its first day; what was said before of that year stays recorded.

    Refused as `add_date` is, and for a date that is not on the list.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    faults = _faults(given)
    if code not in listed_dates():
        faults["first_day"] = _("This date is not on the list.")
    if faults:
        raise ValidationError(faults)
    return _written(actor, given, OfficeDate(code=code, kind=listed_dates()[code].kind))


@transaction.atomic
def take_away(*, actor: User, date: OfficeDate, reason: str) -> OfficeDate:
    """Take a date that the office wrote out of the calendar; a listed date falls again as the list says.

    Refused as `add_date` is, and without a reason. A date that was taken away before stays as it is.
    """
    refuse_if((not may_enter(actor), MAY_NOT_WRITE))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in one sentence.")})
    row = OfficeDate.objects.select_for_update().get(pk=date.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by, row.end_reason = timezone.now(), actor, reason.strip()
        row.save(update_fields=["ended_at", "ended_by", "end_reason"])
        record(actor=actor, verb="directory.date.taken_away", about=row, code=row.code, reason=row.end_reason)
    return row


def _faults(given: DateGiven) -> dict[str, str]:
    faults: dict[str, str] = {}
    last = given.last_day or given.first_day
    if last < given.first_day:
        faults["last_day"] = _("The last day is before the first.")
    elif last - given.first_day > LONGEST:
        faults["last_day"] = _("A date takes 120 days at most. Write the first and the last of them apart.")
    if not 0 <= given.lead_weeks <= MOST_WEEKS:
        faults["lead_weeks"] = _("Write a number of weeks up to 52.")
    if not given.reason.strip():
        faults["reason"] = _("Say why, or where another person can look it up.")
    return faults


def _written(actor: User, given: DateGiven, row: OfficeDate) -> OfficeDate:
    row.first_day, row.last_day = given.first_day, given.last_day or given.first_day
    row.lead_weeks, row.reason, row.entered_by = given.lead_weeks, given.reason.strip(), actor
    row.save(force_insert=True)
    verb = "directory.date.corrected" if row.code else "directory.date.added"
    days = {"first_day": str(row.first_day), "last_day": str(row.last_day)}
    record(actor=actor, verb=verb, about=row, code=row.code, kind=row.kind, reason=row.reason, **days)
    return row
