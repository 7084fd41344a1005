"""Key dates: days, sessions, release windows and days of caution, with the day on which the work before them begins."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.roles import is_of_the_office
from advocacy.calendar.question import CalendarDate, CalendarQuestion, DateSource, FoundDates
from directory.key_dates.occurrences import KeyDay, key_days
from directory.models import OfficeDate

Kind = OfficeDate.Kind
WITH_A_CAUTION = (Kind.RELEASE_WINDOW, Kind.HOSTILE_DAY)
ITS_LEAD_IS_NAMED_BESIDE_IT = (
    Kind.UN_DAY,
    Kind.CIVIC_DAY,
)  # some sixty of a year: their beginnings would hide the rest


def key_dates(asked: CalendarQuestion) -> FoundDates:
    """Return the key dates of these days; of a case, those of its State or of none. Outside reviewers see none."""
    if not is_of_the_office(asked.reader):
        return FoundDates([])
    found = [one for one in key_days(asked.first, asked.last) if _is_about(one, asked)]
    return FoundDates([line for one in found for line in _lines(one, asked)])


def _is_about(one: KeyDay, asked: CalendarQuestion) -> bool:
    return asked.case is None or one.country in {"", asked.case.country}


def _lines(one: KeyDay, asked: CalendarQuestion) -> list[CalendarDate]:
    days, begins = one.days, one.begins
    if days is None:
        return []
    url = f"{reverse('directory:key_dates')}?year={days.first.year}#k-{one.row.pk if one.row else one.code}"
    told = [one.note] if one.kind in WITH_A_CAUTION else []
    lines = []
    if asked.touches(days.first, days.last):
        note = ". ".join(part for part in (one.why, *told) if part)
        lines.append(CalendarDate(one.key, days.first, days.last, one.title, url, note=note, is_vague=days.is_vague))
    if begins and asked.touches(begins, begins) and one.kind not in ITS_LEAD_IS_NAMED_BESIDE_IT:
        title = _("Work begins: %(date)s") % {"date": one.title}
        lines.append(CalendarDate(f"{one.key} begins", begins, begins, title, url, note=". ".join(told)))
    return lines


SOURCES = (DateSource("key_date", _lazy("key date"), _lazy("Key dates and sessions"), key_dates, is_of_cases=False),)
