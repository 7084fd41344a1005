"""A date in one text field: a closed list of forms, read into the boxes of an imprecise date; nothing is guessed.

Read are "2025", "June 2025", "2 June 2025", the same behind "about", "14 to 19 March 2025", "March to May 2025",
"July or August 2026", "until June 2025", "from 2 June 2025 on", EDTF such as "2025-06-02", and numbers with the name of
their calendar behind them: "1404-3-12 solar", or "1890 gregorian" for a year that is far and right. Months are named in the reader's language or in English.
"""

import calendar as gregorian
import re
from functools import cache

from django.core.exceptions import ValidationError
from django.utils import dates as django_dates
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from directory.dates import DatePart, compose, in_words, is_date, parse
from directory.dates.calendars import Calendar
from directory.dates.told import note_in_parts, with_about
from directory.dates.words import shortened
from sealing.letters.figures import plain_figures

Boxes = list[str | bool | None]  # day, month, year, about, calendar, "the year is right"
Numbers = tuple[int | None, int | None, int | None]  # year, month, day
ISO = re.compile(r"(\d{3,4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)
LEFT_OUT: Numbers = (None, None, None)


class _Unread(Exception):
    """No form of the list."""


def read(text: str) -> Boxes:
    """Return what stands in which box. Raises ValidationError in a sentence for what is in no form, or no such day."""
    words = plain_figures(" ".join(text.replace(",", " ").split())).casefold()
    words, calendar = _without_calendar(words)
    words, is_about = _without(words, _said("about"))
    try:
        if calendar and calendar != Calendar.GREGORIAN:
            return [None, None, words, is_about, calendar, True]
        edtf = words.upper() if calendar or is_about or " " in words else plain_figures(text.strip())
        if ("-" in edtf and is_date(edtf)) or edtf.isdecimal() or (edtf[:1] in "[{." and is_date(edtf)):
            return [None, None, edtf, is_about, Calendar.GREGORIAN, bool(calendar)]
        return [None, None, _edtf(words, is_about=is_about), False, Calendar.GREGORIAN, bool(calendar)]
    except _Unread:
        raise ValidationError(
            _(
                "Write the date as one of these: 2 June 2025, June 2025, 2025, about 14 March 2025, "
                "14 to 19 March 2025, July or August 2025, 2025-06-02."
            ),
            code="unread",
        ) from None


def written(text: str | None) -> str:
    """Return a stored date as the field shows it; `read` takes it back."""
    if parts := note_in_parts(text):
        return f"{parts[1]} {parts[0]}"
    told = parse(text) if is_date(text) else None
    if told is None:
        return str(text or "")
    shown = in_words(text)
    if told.kind == "span" and told.first and told.last:
        shown = _span_written(told.first, told.last)
    try:
        boxes = read(shown)
        return shown if boxes[2] == text or _is_same(boxes, str(text)) else str(text)
    except ValidationError:
        return str(text)


def _is_same(boxes: Boxes, text: str) -> bool:
    """Say whether these boxes hold exactly this date."""
    year = str(boxes[2])
    return (with_about(year) if boxes[3] else year) == text


def _span_written(first: DatePart, last: DatePart) -> str:
    ends = in_words(compose(last.year, last.month, last.day, is_about=last.is_about))
    return f"{shortened(first, last)} {pgettext('between two typed dates', 'to')} {ends}"


def _edtf(words: str, *, is_about: bool) -> str:
    """Return EDTF of a date or a span in words."""
    for name, shape in (("or", "[{},{}]"), ("to", "{}/{}")):
        if sides := _parted(words, _said(name)):
            last = _numbers(sides[1], LEFT_OUT)
            told = [_text(_numbers(sides[0], last)), _text(last)]
            edtf = shape.format(*(one + "~" if is_about else one for one in told))
            if not is_date(edtf):
                raise ValidationError(_("The span ends before it begins. Look at both sides again."), code="span")
            return edtf
    for opening, closing, shape in (("until", "", "../{}"), ("from", "on", "{}/..")):
        if words.startswith(f"{opening} ") and words.endswith(closing):
            rest = words.removeprefix(f"{opening} ").removesuffix(closing).strip()
            return shape.format(_text(_numbers(rest, LEFT_OUT)))
    return _text(_numbers(words, LEFT_OUT)) + ("~" if is_about else "")


def _numbers(words: str, other: Numbers) -> Numbers:
    """Return year, month and day; what the first side of a span leaves out is said by the last one."""
    if found := ISO.fullmatch(words):
        year, month, day = (int(part) if part else None for part in found.groups())
        return year, month, day
    day = month = year = None
    parts = words.split()
    if parts and re.fullmatch(r"\d{1,2}\.?", parts[0], re.ASCII):
        day = int(parts.pop(0).rstrip("."))
    if parts and parts[-1].isdecimal() and len(parts[-1]) in (3, 4):
        year = int(parts.pop())
    if parts:
        month = _months(get_language() or "en").get(" ".join(parts)) or _months("en").get(" ".join(parts))
        if month is None:
            raise _Unread
    year, month = year or other[0], month or (other[1] if day else None)
    if year is None and month and not other[0]:
        raise ValidationError(_("Write the year too: a date without its year is not known."), code="year")
    if year is None or (day and not month):
        raise _Unread
    return year, month, day


def _text(numbers: Numbers) -> str:
    """Return EDTF of one date; refuse a day that its month does not have."""
    year, month, day = numbers
    if year is None:
        raise _Unread
    if month and day and 1 <= month <= 12 and 1 <= year <= 9999:
        most = gregorian.monthrange(year, month)[1]
        if not 1 <= day <= most:
            words = {"month": str(django_dates.MONTHS[month]), "most": most, "year": year}
            raise ValidationError(
                _(
                    "%(month)s has %(most)s days. Write %(most)s %(month)s %(year)s, or %(month)s %(year)s when the day "
                    "is not known."
                )
                % words,
                code="day",
            )
    try:
        return compose(year, month, day)
    except ValueError:
        raise _Unread from None


def _without_calendar(words: str) -> tuple[str, str]:
    """Return the words before the name of a calendar, and which it is; nothing where none is named."""
    for one in Calendar:
        for name in (one.value, str(one.label).casefold()):
            if words.endswith(f" {name}"):
                return words.removesuffix(f" {name}").strip(), one.value
    return words, ""


def _without(words: str, openings: set[str]) -> tuple[str, bool]:
    for opening in openings:
        if words.startswith(f"{opening} "):
            return words.removeprefix(f"{opening} "), True
    return words, False


def _parted(words: str, between: set[str]) -> tuple[str, str] | None:
    for word in between:
        first, sign, last = words.partition(f" {word} ")
        if sign:
            return first, last
    return None


def _said(name: str) -> set[str]:
    """Return the word of a form in the reader's language, and in English."""
    words = {
        "about": {_("about %(date)s").replace("%(date)s", "").strip(), "about"},
        "to": {pgettext("between two typed dates", "to"), "to", "–"},
        "or": {_("%(first)s or %(last)s").replace("%(first)s", "").replace("%(last)s", "").strip(), "or"},
    }
    return {word.casefold() for word in words[name] if word}


@cache
def _months(language: str) -> dict[str, int]:
    """Return the numbers of the months by their names in this language, as a nominative and beside a day."""
    with override(language):
        named = {str(name).casefold(): number for number, name in django_dates.MONTHS.items()}
        return named | {str(name).casefold(): number for number, name in django_dates.MONTHS_ALT.items()}
