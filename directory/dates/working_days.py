"""On which days there is work: in the office, and in the State that a case is about (DOMAIN.md 7).

reference/weekends.csv holds the States whose weekend is not Saturday and Sunday, as days from 1 (Monday) to 7, from
Unicode's CLDR 49. Holidays are not known here: a step that falls on one stays, and somebody moves it.
"""

import csv
import datetime as dt
from functools import cache

from django.utils import timezone

from directory.dates import office_time
from directory.vocabulary import REFERENCE

DAY = dt.timedelta(days=1)
USUAL = frozenset({6, 7})


def is_open(day: dt.date, country: str) -> bool:
    """Say whether both work on this day: the office, whose weekend is Saturday and Sunday, and the State."""
    return day.isoweekday() not in USUAL | weekends().get(country, USUAL)


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
