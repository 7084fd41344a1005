"""Clocks of detentions: anniversaries, the hundredth, five hundredth and thousandth day, and days without any contact.

They are for inside. The day of an arrest is the person's own: a paper uses it with the family's agreement, and each line
says so. Only a beginning that is known to the day counts; "about" is no anniversary.
"""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from advocacy.calendar.question import MOST_OPENED, CalendarDate, CalendarQuestion, DateSource, FoundDates, capped
from casework.case_keys import CASE_KEYS
from casework.models import Detention
from directory import dates

ROUND_DAYS = (100, 500, 1000)
NO_CONTACT = "CT_NONE"
SHOWN = [
    *("started", "contact_allowed", "version"),
    *("case__reference", "case__codename", "case__lead__name", "case__lead__username"),
]


def clocks(asked: CalendarQuestion) -> FoundDates:
    """Return what the clocks of those who are still held say in these days."""
    rows = asked.seen(Detention.objects.all()).present().filter(started__isnull=False, ended__isnull=True)
    rows = rows.order_by("-created_at", "pk").select_related("case__lead").only(*SHOWN)
    found, is_more = capped(list(rows[: MOST_OPENED + 1]), MOST_OPENED)
    CASE_KEYS.open_many(row.case_id for row in found)
    return FoundDates([line for row in found for line in _lines(row, asked)], is_more)


def _lines(row: Detention, asked: CalendarQuestion) -> Iterator[CalendarDate]:
    told, since, today = row.started, dates.earliest(row.started), timezone.localdate()
    if since is None or not dates.is_exact(told) or since > asked.last:
        return
    agreement = _("For inside. Ask the family before the day is used in public.")
    for number in ROUND_DAYS:
        day = since + dt.timedelta(days=number)
        if asked.touches(day, day):
            yield _line(row, f"{number} days", day, _("%(count)d days held") % {"count": number}, agreement)
    for year in range(asked.first.year, asked.last.year + 1):
        day, years = _anniversary(since, year), year - since.year
        if years > 0 and asked.touches(day, day):
            words = ngettext("%(count)d year held", "%(count)d years held", years) % {"count": years}
            yield _line(row, f"{years} years", day, words, agreement)
    if row.contact_allowed == NO_CONTACT and since <= today and asked.touches(today, today):
        count = (today - since).days
        words = ngettext("%(count)d day without any contact", "%(count)d days without any contact", count)
        yield _line(row, "contact", today, words % {"count": count}, "")


def _anniversary(since: dt.date, year: int) -> dt.date:
    """Return the same day of another year; of 29 February, the last of that February."""
    try:
        return since.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


def _line(row: Detention, which: str, day: dt.date, title: str, note: str) -> CalendarDate:
    return CalendarDate(
        key=f"{row.pk} {which}",
        first=day,
        last=day,
        title=title,
        url=reverse("casework:case", args=[row.case.reference]),
        case=row.case.codename,
        reference=row.case.reference,
        owner=row.case.lead.get_full_name(),
        note=note,
        version=row.version,
    )


SOURCES = (DateSource("held", _lazy("clock"), _lazy("How long somebody is held"), clocks),)
