"""What the pages of the key dates show: the dates of a year with their sources, and what is said of one of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from directory.actions.recipients import may_enter
from directory.countries import name_of
from directory.dates.shown import day_in
from directory.forms.key_dates import DaysForm, TakeAwayForm
from directory.key_dates.listed import DaysOfYear, listed_dates
from directory.key_dates.occurrences import KeyDay, key_days_of
from directory.models import OfficeDate


@dataclass(frozen=True)
class KeyDateLine:
    """One key date of a year in words (directory/key_dates/key_dates.html)."""

    anchor: str
    when: str
    title: str
    why: str
    kind: str
    lead: str
    note: str
    source: str
    country: str
    code: str
    row: OfficeDate | None


@dataclass(frozen=True)
class KeyDatesPage:
    """The key dates of one year."""

    year: int
    before: int
    after: int
    rows: Sequence[KeyDateLine]
    without_day: Sequence[KeyDateLine]
    may_write: bool


@dataclass(frozen=True)
class DateDaysPage:
    """The form that says when a listed date falls (directory/key_dates/correct.html)."""

    form: DaysForm
    title: str
    why: str
    source: str
    rule: str


@dataclass(frozen=True)
class TakeAwayPage:
    """The form that takes a date of the office away (directory/key_dates/take_away.html)."""

    form: TakeAwayForm
    title: str
    date: OfficeDate


def take_away_page(date: OfficeDate, form: TakeAwayForm) -> TakeAwayPage:
    """Return which date would be taken away, beside the form that asks why."""
    return TakeAwayPage(form, date.title or listed_dates()[date.code].name, date)


def key_dates_page(user: User, year: int) -> KeyDatesPage:
    """Return every key date of a year; those of which nobody has said when they fall stand apart."""
    rows = key_days_of(year)
    return KeyDatesPage(
        year=year,
        before=year - 1,
        after=year + 1,
        rows=[_line(row) for row in rows if row.days],
        without_day=[_line(row) for row in rows if row.days is None],
        may_write=may_enter(user),
    )


def date_days_page(code: str, form: DaysForm) -> DateDaysPage:
    """Return what the list says of a date, beside the form that says better."""
    listed = listed_dates()[code]
    return DateDaysPage(form, listed.name, _(listed.why), listed.source, _rule_words(listed.rule))


def _rule_words(rule: str) -> str:
    if not rule:
        return _("The list does not say when.")
    if rule.startswith("month"):
        return _("The list knows the month alone.")
    return _("The list says the day.")


def days_words(days: DaysOfYear | None) -> str:
    """Return when something falls, in words: a day, a span, or a month of which the day is not known."""
    if days is None:
        return _("Not known")
    if days.is_vague:
        shape = pgettext("a month and its year, as Django's date filter", "F Y")
        first, last = day_in(days.first, shape), day_in(days.last, shape)
        return _("some time in %(month)s") % {"month": first} if first == last else _("%(first)s to %(last)s") % {
            "first": first,
            "last": last,
        }  # fmt: skip
    shape = pgettext("a day in a narrow place, as Django's date filter", "D j M")
    if days.first == days.last:
        return day_in(days.first, shape)
    return _("%(first)s to %(last)s") % {"first": day_in(days.first, shape), "last": day_in(days.last, shape)}


def lead_words(weeks: int, begins: dt.date | None) -> str:
    """Return how many weeks of work stand before a date, and when they begin, where that is known."""
    if not weeks:
        return ""
    words = ngettext("%(count)d week before", "%(count)d weeks before", weeks) % {"count": weeks}
    if begins is None:
        return words
    day = day_in(begins, pgettext("a day in a narrow place, as Django's date filter", "D j M"))
    return _("%(weeks)s: from %(day)s") % {"weeks": words, "day": day}


def _line(one: KeyDay) -> KeyDateLine:
    return KeyDateLine(
        anchor=f"k-{one.row.pk if one.row else one.code}",
        when=days_words(one.days),
        title=one.title,
        why=one.why,
        kind=one.kind_words,
        lead=lead_words(one.lead_weeks, one.begins),
        note=one.note if one.kind in {"release_window", "hostile_day"} else "",
        source=_said_by(one),
        country=name_of(one.country) if one.country else "",
        code=one.code,
        row=one.row,
    )


def _said_by(one: KeyDay) -> str:
    if one.row is None:
        return one.source
    return _("%(name)s: %(reason)s") % {"name": one.row.entered_by.get_full_name(), "reason": one.source}
