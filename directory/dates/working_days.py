"""On which days there is work: in the office, and in the State that a case is about (DOMAIN.md 7).

reference/weekends.csv holds the States whose weekend is not Saturday and Sunday, as days from 1 (Monday) to 7, from
Unicode's CLDR 49. Public holidays are those of the office's country (`AMPARO_COUNTRY`), by the library `holidays`, which
only this module knows; an office that names no country has none. Holidays of the State that a case is about are not known
here: a step that falls on one stays, and somebody moves it.
"""

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from directory.dates import office_time
from directory.vocabulary import REFERENCE

DAY = dt.timedelta(days=1)
USUAL = frozenset({6, 7})


def is_open(day: dt.date, country: str) -> bool:
    """Say whether both work on this day: the office, whose weekend is Saturday and Sunday and who keeps its country's
    public holidays, and the State with its own weekend.
    """
    return day.isoweekday() not in USUAL | weekends().get(country, USUAL) and not holiday_on(day)


def holiday_on(day: dt.date) -> str:
    """Return what the public holiday of the office's country on this day is called; empty on any other day."""
    country = settings.OFFICE_COUNTRY
    return _holidays(country, day.year, get_language() or "").get(day, "") if country else ""


@lru_cache(maxsize=200)
def _holidays(country: str, year: int, language: str) -> Mapping[dt.date, str]:
    """Return the public holidays of a year by day, called as the reader's language calls them, else English, else its own.

    A country that the library does not know has none.
    """
    from holidays import country_holidays  # 25 MiB and 0.5 s that an office without a country never needs

    try:
        known = country_holidays(country, years=year)
    except NotImplementedError:
        return {}
    short = language.partition("-")[0]
    spoken = known.supported_languages
    fitting = [one for one in spoken if one.partition("_")[0] == short] + [one for one in spoken if one == "en_US"]
    named = country_holidays(country, years=year, language=fitting[0]) if fitting else known
    return {day: str(name) for day, name in named.items()}


def next_open(moment: dt.datetime, country: str) -> dt.datetime:
    """Return this moment, or the same hour of the office's clock on the next day on which both work."""
    while not is_open(timezone.localdate(moment), country):
        moment = office_time.later(moment, DAY)
    return moment


@cache
def weekends() -> dict[str, frozenset[int]]:
    """Return the weekend of each State that has another one than Saturday and Sunday."""
    with (REFERENCE / "weekends.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: frozenset(int(day) for day in row["days"].split(",")) for row in csv.DictReader(file)}
