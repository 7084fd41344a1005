"""The office's own time: its name for people, and steps of whole days on its clock."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _


def place() -> str:
    """Return the place whose clock counts, in words: "Lisbon", "Buenos Aires"; "UTC" where the office named none."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")


def hint(then: str = "") -> str:
    """Return the sentence beside an hour to type: whose clock it is read on, and what follows."""
    words = _("Office time: %(place)s.") % {"place": place()}
    return f"{words} {then}" if then else words


def later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Return the same hour of the office's clock so much later, also when the clocks change in between."""
    return (timezone.localtime(moment) + by).astimezone(dt.UTC)


def office_span(first: dt.datetime, last: dt.datetime) -> dt.timedelta:
    """Return how far two instants lie apart on the office's clock; `later` goes the same way back."""
    return timezone.make_naive(last) - timezone.make_naive(first)


def noon(day: dt.date) -> dt.datetime:
    """Return noon of a day on the clock of the office: the instant by which a day without an hour is shown."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
