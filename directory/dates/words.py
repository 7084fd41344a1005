"""A date in words of the reader's language, with all its doubt."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.dates.parts import DatePart, ToldDate
from directory.dates.reading import parse
from directory.dates.shown import day_in


def in_words(text: str | None, *, is_long: bool = False) -> str:
    """Return the date in words of the reader's language; a text that is no date stands for itself, none is "Unknown".

    `is_long` says what is not known: "March 2025, day not known".
    """
    try:
        told = parse(text)
    except ValueError:
        told = None
    if told is None:
        return str(text) if text else _("Unknown")
    if told.kind == "one" and told.first:
        return _part(told.first, is_long=is_long)
    return _several(told)


def _several(told: ToldDate) -> str:
    """Return a span, one or all of several dates, or a date that is open to one side, in words."""
    if told.members:
        return _members(told)
    if told.first is None or told.last is None:
        return _open(told)
    if told.kind == "some_year":
        return _some_year(told.first, told.last)
    return _("between %(first)s and %(last)s") % {
        "first": shortened(told.first, told.last),
        "last": _part(told.last),
    }


def _open(told: ToldDate) -> str:
    words = {"date": _part(told.first or told.last or DatePart(1))}
    if told.kind in {"earlier", "later"}:
        return (_("%(date)s or later") if told.first else _("%(date)s or earlier")) % words
    if told.is_side_unknown:
        shape = _("from %(date)s, end not known") if told.first else _("until %(date)s, beginning not known")
        return shape % words
    return (
        _("from %(first)s on") % {"first": words["date"]}
        if told.first
        else _("until %(last)s") % {"last": words["date"]}
    )


def _members(told: ToldDate) -> str:
    *before, last = told.members
    if not before and last.first and last.last:
        return _("all from %(first)s to %(last)s") % {"first": _part(last.first), "last": _part(last.last)}
    if len(before) == 1 and all(one.kind == "one" for one in told.members) and before[0].first and last.first:
        first = shortened(before[0].first, last.first)
    else:
        first = pgettext("between dates of a list", ", ").join(_member(one) for one in before)
    shape = _("%(first)s or %(last)s") if told.kind == "either" else _("%(first)s and %(last)s")
    return shape % {"first": first, "last": _member(last)}


def _member(told: ToldDate) -> str:
    return _part(told.first) if told.kind == "one" and told.first else _several(told)


def _some_year(first: DatePart, last: DatePart) -> str:
    """Return a day, or a month, of a year that is known in part."""
    shape = (
        pgettext("a day without its year, as Django's date filter", "j F")
        if first.day
        else pgettext("a month without its year, as Django's date filter", "F")
    )
    words = {"date": day_in(first.first, shape), "first": first.year, "last": last.year}
    return _hedged(_("%(date)s of a year between %(first)s and %(last)s") % words, first)


def _part(part: DatePart, *, is_long: bool = False) -> str:
    if part.day:
        words = day_in(part.first, pgettext("a day, as Django's date filter", "j F Y"))
    elif part.month:
        words = day_in(part.first, pgettext("a month, as Django's date filter", "F Y"))
    else:
        words = str(part.year)
    if is_long and part.month and not part.day:
        words = _("%(month)s, day not known") % {"month": words}
    elif is_long and not part.month:
        words = _("%(year)s, day and month not known") % {"year": words}
    return _hedged(words, part)


def _hedged(words: str, part: DatePart) -> str:
    if part.is_about:
        words = _("about %(date)s") % {"date": words}
    return _("perhaps %(date)s") % {"date": words} if part.is_doubted else words


def shortened(first: DatePart, last: DatePart) -> str:
    """Return the first date of a span without what the last one says anyway."""
    is_hedged = first.is_about or first.is_doubted or last.is_about or last.is_doubted
    if is_hedged or first.year != last.year or not first.month or bool(first.day) != bool(last.day):
        return _part(first)
    if first.day and first.month == last.month:
        return day_in(first.first, pgettext("a day of the month that is named next, as Django's date filter", "j"))
    if first.day:
        return day_in(first.first, pgettext("a day of the year that is named next, as Django's date filter", "j F"))
    return day_in(first.first, pgettext("a month of the year that is named next, as Django's date filter", "F"))
