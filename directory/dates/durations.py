"""How long, as far as the dates tell: counted once, said by the screen and by the papers in their own words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.dates import ToldDate, parse

SURE_WITHIN = dt.timedelta(days=92)
YEAR = 365.2425
OLDEST = 122


@dataclass(frozen=True)
class Duration:
    """So many days, or so many years when a date is known only to the year; no years are "less than a year"."""

    number: int
    is_in_years: bool = False
    is_about: bool = False


def how_long(started: str | None, ended: str | None = None, *, today: dt.date) -> Duration | None:
    """Return how long it is from one date to the other, or to today; None where nobody can tell.

    Days are exact from two exact days alone. A date that is open by more than a season gives years.
    """
    first, last = _read(started), _read(ended)
    until = _within(last, today) if last else None if ended else (today, today)
    since = _within(first, until[1] if until else today) if first else None
    if since is None or until is None or since[0] > until[1]:
        return None
    start, end = _middle(since), _middle(until)
    if max(since[1] - since[0], until[1] - until[0]) > SURE_WITHIN:
        is_short = (until[1] - since[0]).days < int(YEAR)
        years = 0 if is_short else max(1, round((end - start).days / YEAR))
        return Duration(years, is_in_years=True, is_about=years > 0)
    is_exact = first is not None and first.is_exact and (last is None or last.is_exact)
    return Duration(max((end - start).days, 0), is_about=not is_exact)


def age_on(born: str | None, today: dt.date) -> Duration | None:
    """Return how many years old somebody is who was born then; about, where the date leaves more than one; None if unknown.

    A date of birth to come, or one that makes somebody older than anybody was (122), tells nothing.
    """
    told = _read(born)
    first, last = (told.earliest, told.latest) if told else (None, None)
    if told is None or first is None or last is None or last > today:
        return None
    oldest, youngest = _full_years(first, today), _full_years(last, today)
    if oldest > OLDEST:
        return None
    is_about = not told.is_exact or oldest != youngest
    return Duration((oldest + youngest + 1) // 2, is_in_years=True, is_about=is_about)


def _full_years(day: dt.date, today: dt.date) -> int:
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def duration_words(found: Duration | None) -> str:
    """Return "616 days", "about 616 days", "about 1 year" or "less than a year"; nothing where nobody can tell."""
    if found is None:
        return ""
    number = {"n": found.number}
    if found.is_in_years and not found.number:
        return _("less than a year")
    if found.is_in_years:
        return ngettext("about %(n)s year", "about %(n)s years", found.number) % number
    if found.is_about:
        return ngettext("about %(n)s day", "about %(n)s days", found.number) % number
    return ngettext("%(n)s day", "%(n)s days", found.number) % number


def _read(text: str | None) -> ToldDate | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _within(told: ToldDate, limit: dt.date) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day it can mean, none after the limit; None when it is open to the past or all after."""
    first = told.earliest
    if first is None or first > limit:
        return None
    return first, min(told.latest or limit, limit)


def _middle(days: tuple[dt.date, dt.date]) -> dt.date:
    return days[0] + (days[1] - days[0]) / 2
