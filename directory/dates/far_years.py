"""Whether a year is so far from today that it may be one of another calendar: then the form asks."""

import datetime as dt

from django.utils.translation import gettext as _

from directory.dates.calendars import RECKONINGS, Calendar, label, year_in_gregorian

BACK = 120
AHEAD = 25


def is_far(calendar: str, year: int, *, today: dt.date) -> bool:
    """Say whether a year of this calendar lies further from today than a life is long, or than most terms are."""
    there = year_in_gregorian(calendar, year)
    return there is None or not today.year - BACK <= there <= today.year + AHEAD


def calendars_near(year: int, *, today: dt.date, but: str) -> list[str]:
    """Return the other calendars in which this year is near today."""
    return [other for other in RECKONINGS if other != but and not is_far(other, year, today=today)]


def question(calendar: str, year: int, *, today: dt.date) -> str:
    """Return the question about a year that is far, empty where there is none to ask.

    It names the calendars in which the year would be near. Who chose another calendar than the Gregorian one is asked
    only where there is such a calendar: a far year is then no slip of the choice.
    """
    near = calendars_near(year, today=today, but=calendar)
    is_known = RECKONINGS[calendar].knows(year)
    if not is_far(calendar, year, today=today) or (is_known and not near and calendar != Calendar.GREGORIAN):
        return ""
    confirm = _("If the year is right as it is, tick “The year is right”.") if is_known else ""
    if not near:
        return f"{_('Year: %(year)s is far from today. Look at it again.') % {'year': year}} {confirm}"
    named = "; ".join(f"{label(other)}: {year_in_gregorian(other, year)}" for other in near)
    asked = _("Year: %(year)s looks like a year of another calendar (%(near)s). Choose the calendar it was told in.")
    return f"{asked % {'year': year, 'near': named}} {confirm}".strip()
