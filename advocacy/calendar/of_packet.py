"""Dates of packets: what is expected, such as a hearing; ends of terms of detention; consents that end.

The first two are sealed and may be vague: which of them fall into a month is known only once they are opened. The newest
thousand are, and the page says when there are more.
"""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.pages.addresses import address_of
from advocacy.calendar.question import (
    LONGEST_GUESS,
    MOST_OPENED,
    CalendarDate,
    CalendarQuestion,
    DateSource,
    FoundDates,
    capped,
)
from casework.case_keys import CASE_KEYS
from casework.models import Consent, Detention, TimelineEvent
from directory import dates

OF_A_CASE = ("version", "created_at", "case__reference", "case__codename", "case__lead__name", "case__lead__username")


def expected(asked: CalendarQuestion) -> FoundDates:
    """Return what timelines expect in these days: hearings above all."""
    rows = asked.seen(TimelineEvent.objects.all()).present().filter(is_expected=True, on__isnull=False)
    rows = rows.order_by("-created_at", "pk").select_related("case__lead").only("on", "event", *OF_A_CASE)
    found, is_more = capped(list(rows[: MOST_OPENED + 1]), MOST_OPENED)
    CASE_KEYS.open_many(row.case_id for row in found)
    lines = [_of_packet(row, days, row.event or "", "#events-h") for row in found if (days := _days(row.on, asked))]
    return FoundDates(lines, is_more)


def terms(asked: CalendarQuestion) -> FoundDates:
    """Return the terms of detention that end in these days, of those who are still held as far as the packet says."""
    rows = asked.seen(Detention.objects.all()).present().filter(term_ends__isnull=False, ended__isnull=True)
    rows = rows.order_by("-created_at", "pk").select_related("case__lead").only("term_ends", *OF_A_CASE)
    found, is_more = capped(list(rows[: MOST_OPENED + 1]), MOST_OPENED)
    CASE_KEYS.open_many(row.case_id for row in found)
    words = _("Term of detention ends")
    lines = [_of_packet(row, days, words, "") for row in found if (days := _days(row.term_ends, asked))]
    return FoundDates(lines, is_more)


def consents(asked: CalendarQuestion) -> FoundDates:
    """Return the consents that end in these days and were not withdrawn."""
    rows = asked.seen(Consent.objects.all()).present().filter(status__in=Consent.LIVE, withdrawn_at=None)
    rows = rows.filter(until_at__gte=asked.start, until_at__lt=asked.end).order_by("until_at", "pk")
    rows = rows.select_related("case__lead").only("until_at", *OF_A_CASE)
    found, is_more = capped(list(rows[: asked.most + 1]), asked.most)
    return FoundDates([_consent(row) for row in found], is_more)


def _days(told: str | None, asked: CalendarQuestion) -> tuple[dt.date, dt.date] | None:
    """Return the days that a date can mean where they fall into those asked for; None for one that is open or too vague."""
    first, last = dates.earliest(told), dates.latest(told)
    if first is None or last is None or last - first > LONGEST_GUESS or not asked.touches(first, last):
        return None
    return first, last


def _of_packet(row: TimelineEvent | Detention, days: tuple[dt.date, dt.date], title: str, place: str) -> CalendarDate:
    told = row.on if isinstance(row, TimelineEvent) else row.term_ends
    return CalendarDate(
        key=str(row.pk),
        first=days[0],
        last=days[1],
        title=title,
        url=reverse("casework:case", args=[row.case.reference]) + place,
        case=row.case.codename,
        reference=row.case.reference,
        owner=row.case.lead.get_full_name(),
        note="" if dates.is_exact(told) else dates.in_words(told),
        is_vague=days[0] != days[1],
        version=row.version,
    )


def _consent(row: Consent) -> CalendarDate:
    day = timezone.localdate(row.until_at)
    return CalendarDate(
        key=str(row.pk),
        first=day,
        last=day,
        title=_("Consent ends"),
        url=address_of("casework:consent", row.case.reference, row.pk),
        case=row.case.codename,
        reference=row.case.reference,
        owner=row.case.lead.get_full_name(),
        version=row.version,
        target=f"casework.consent:{row.pk}",
        case_key=row.case_id,
    )


SOURCES = (
    DateSource("expected", _lazy("expected"), _lazy("Hearings and what else is expected"), expected),
    DateSource("term", _lazy("clock"), _lazy("Ends of terms of detention"), terms),
    DateSource("consent", _lazy("consent"), _lazy("Consents that end"), consents, feed_word=_lazy("Consent")),
)
