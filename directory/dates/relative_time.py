"""How far away a date is, in words: "2 days late", "in 3 hours", "Ana, Fri 6"."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from directory.dates.shown import day_in

DAY = 24 * 3600
HOUR = 3600
MINUTE = 60


def late_words(due_at: dt.datetime, *, now: dt.datetime) -> str:
    """Return by how much a date is missed."""
    seconds = int((now - due_at).total_seconds())
    if seconds >= DAY:
        return ngettext("%(count)d day late", "%(count)d days late", seconds // DAY) % {"count": seconds // DAY}
    if seconds >= HOUR:
        return ngettext("%(count)d hour late", "%(count)d hours late", seconds // HOUR) % {"count": seconds // HOUR}
    if seconds >= MINUTE:
        minutes = seconds // MINUTE
        return ngettext("%(count)d minute late", "%(count)d minutes late", minutes) % {"count": minutes}
    return _("due now")


def ahead_words(at: dt.datetime, *, now: dt.datetime) -> str:
    """Return how far ahead a date is."""
    seconds = int((at - now).total_seconds())
    if seconds >= DAY:
        return ngettext("in %(count)d day", "in %(count)d days", seconds // DAY) % {"count": seconds // DAY}
    if seconds < HOUR:
        return _("in less than an hour")
    return ngettext("in %(count)d hour", "in %(count)d hours", seconds // HOUR) % {"count": seconds // HOUR}


def ago_words(at: dt.datetime, *, now: dt.datetime) -> str:
    """Return how many days ago something was, by the days of the office: "today", "yesterday", "23 days ago"."""
    days = days_since(at, now=now)
    if days < 2:
        return _("yesterday") if days == 1 else _("today")
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def days_since(at: dt.datetime, *, now: dt.datetime) -> int:
    """Return how many midnights of the office have passed since; never less than none."""
    return max(0, (timezone.localdate(now) - timezone.localdate(at)).days)


def waits_words(since: dt.datetime, *, now: dt.datetime) -> str:
    """Return how long something waits."""
    seconds = int((now - since).total_seconds())
    if seconds >= DAY:
        return ngettext("Waits %(count)d day", "Waits %(count)d days", seconds // DAY) % {"count": seconds // DAY}
    if seconds < HOUR:
        return _("Waits less than an hour")
    return ngettext("Waits %(count)d hour", "Waits %(count)d hours", seconds // HOUR) % {"count": seconds // HOUR}


def short_day(at: dt.datetime) -> str:
    """Return a day in little room: "Fri 6 Nov"."""
    return day_in(timezone.localtime(at), pgettext("a day in a narrow place, as Django's date filter", "D j M"))


def full_day(at: dt.datetime) -> str:
    """Return a day in full: "6 November 2026"."""
    return day_in(timezone.localtime(at), pgettext("a day, as Django's date filter", "j F Y"))


def short_hour(at: dt.datetime) -> str:
    """Return an instant in little room: "Fri 14:00"."""
    return date_format(timezone.localtime(at), pgettext("an hour in a narrow place, as Django's date filter", "D H:i"))


def hour(at: dt.datetime) -> str:
    """Return the hour alone."""
    return date_format(timezone.localtime(at), pgettext("an hour, as Django's date filter", "H:i"))


def day_between(first: dt.datetime, last: dt.datetime) -> str:
    """Return the days from one to another in little room: "2–8 Nov", "30 Nov–6 Dec"."""
    first, last = timezone.localtime(first), timezone.localtime(last)
    is_same = (first.year, first.month) == (last.year, last.month)
    start = date_format(
        first, pgettext("first day of a span in one month", "j") if is_same else pgettext("first day of a span", "j M")
    )
    end = date_format(last, pgettext("last day of a span", "j M"))
    return pgettext("a span of days", "%(start)s–%(end)s") % {"start": start, "end": end}
