"""One question for a date that may be known only in part, in the calendar it was told in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.widgets import QuickText
from casework.models import Case
from directory.dates import NotKept, is_date, parse, typed
from directory.dates.calendars import RECKONINGS, Calendar, of_country
from directory.dates.far_years import calendars_near, question
from directory.dates.told import convert, note_in_parts, numbers, read_one, shown, to_edtf, with_about
from sealing.fields import NotedText, note_of
from sealing.letters.figures import plain_figures

DECADE = re.compile(r"(\d{3})0s", re.ASCII)
LEAST_FIGURES = 3  # a year of two figures is never guessed


class ImpreciseDateWidget(forms.MultiWidget):
    """Day, month, year, about, calendar, and that a far year is right. A span stands whole in the box of the year."""

    template_name = "django/forms/widgets/imprecise_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "size": "2", "maxlength": "12", "autocomplete": "off"}
        widgets = [
            forms.TextInput(number),
            forms.TextInput(number),
            forms.TextInput({"size": "6", "autocomplete": "off", "dir": "ltr"}),
            forms.CheckboxInput(),
            forms.Select(choices=Calendar.choices),
            forms.CheckboxInput(),
        ]
        super().__init__(widgets, attrs)

    def decompress(self, value: str | None) -> list[Any]:
        """Take stored EDTF apart into what the boxes show: the date as it was told, in its calendar."""
        told = note_in_parts(value)
        calendar, text = told or (Calendar.GREGORIAN, str(value or ""))
        one = read_one(text) if told else _one_gregorian(text)
        if one is None:
            return [None, None, text or None, False, calendar, _has_far_year(calendar, text)]
        year = f"{one.year:04d}"
        return [one.day, one.month, year, one.is_about, calendar, _has_far_year(calendar, year)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Offer "The year is right" only where the year is asked about."""
        context = super().get_context(name, value, attrs)
        boxes = Boxes(value if isinstance(value, list) else self.decompress(value))
        context["widget"]["is_year_asked"] = boxes.is_year_right or _has_far_year(boxes.calendar, boxes.year)
        return context


class Boxes:
    """What stands in the boxes, in plain figures."""

    def __init__(self, values: Any) -> None:
        given = [*(values or []), *[None] * 6]
        self.day, self.month, self.year = (plain_figures(str(part or "")) for part in given[:3])
        if found := DECADE.fullmatch(self.year):
            self.year = found[1] + "X"
        self.year = "".join(self.year.split()).replace("x", "X")
        self.is_about, self.is_year_right = _is_ticked(given[3]), _is_ticked(given[5])
        self.calendar = str(given[4] or Calendar.GREGORIAN)

    @property
    def is_empty(self) -> bool:
        """Say whether no number was typed."""
        return not (self.day or self.month or self.year)


class ImpreciseDateField(forms.MultiValueField):
    """Gives EDTF text, with what was told as its note. Day or month may stay empty; the year box also takes a span."""

    widget = ImpreciseDateWidget

    def __init__(self, **options: Any) -> None:
        is_required = options.pop("required", True)
        options.setdefault("help_text", gettext_lazy("Leave day or month empty if it is not known."))
        parts = [
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.BooleanField(required=False),
            forms.ChoiceField(required=False, choices=Calendar.choices),
            forms.BooleanField(required=False),
        ]
        super().__init__(parts, required=is_required, require_all_fields=False, **options)
        for field in parts:
            field.required = False

    def in_words(self, value: str) -> str:
        """Return a date in words and how it was told, for a comparison."""
        return shown(value)

    def offer_calendars_of(self, country: str) -> None:
        """Put the calendars that this State uses right behind the Gregorian one; the others stay beneath."""
        used = of_country(country)
        order = [Calendar.GREGORIAN, *used, *(one for one in Calendar if one not in used and one != Calendar.GREGORIAN)]
        calendar: Any = self.widget.widgets[4]
        calendar.choices = [(one.value, one.label) for one in order]

    def clean(self, value: Any) -> NotedText:
        """Return EDTF text, empty when nothing was told; refuse in a sentence what cannot be a date, or could be two."""
        boxes = Boxes(value)
        if boxes.is_empty:
            if self.required:
                raise ValidationError(_("Write at least the year."), code="required")
            return NotedText("")
        if boxes.calendar not in RECKONINGS:
            raise ValidationError(_("Calendar: choose the one it was told in."), code="calendar")
        return _one(boxes) if boxes.year.isdigit() else _span(boxes)


class WordedDateField(forms.CharField):
    """The same date in one text field, as a row of a table has it: read by a closed list of forms, else refused."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", QuickText({"autocomplete": "off"}))
        super().__init__(max_length=80, **options)
        self.stored: str | None = None

    def in_words(self, value: str) -> str:
        """Return a date in words and how it was told, for a comparison."""
        return shown(value)

    def clean(self, value: Any) -> NotedText:
        """Return EDTF text; what still stands as the stored date was shown is that date, with how it was told."""
        text = super().clean(value)
        if not text:
            return NotedText("")
        if self.stored and text == typed.written(self.stored):
            return NotedText(self.stored, note_of(self.stored))
        try:
            return ImpreciseDateField(required=False).clean(typed.read(text))
        except ValidationError as fault:
            if fault.code != "far":
                raise
            raise ValidationError(
                _(
                    "This year is far from today. Write behind it in which calendar it was told, for example “%(text)s "
                    "solar”, or “%(text)s gregorian” when it is right as it is."
                )
                % {"text": text},
                code="far",
            ) from None


def offer_calendars(form: forms.BaseForm, case: Case) -> None:
    """Offer the calendars of the State that holds the person first, at every imprecise date of a form."""
    for field in form.fields.values():
        if isinstance(field, ImpreciseDateField):
            field.offer_calendars_of(case.country)


def _one(boxes: Boxes) -> NotedText:
    kind = RECKONINGS[boxes.calendar]
    year, month, day = int(boxes.year[:9]), _number(boxes.month), _number(boxes.day)
    _refuse_year(boxes, boxes.year)
    if boxes.month and not (month and 1 <= month <= kind.months):
        raise ValidationError(
            _("Month: write a number from 1 to %(most)s, or leave it empty.") % {"most": kind.months}, code="month"
        )
    if boxes.day and not (day and 1 <= day <= kind.most_days):
        raise ValidationError(
            _("Day: write a number from 1 to %(most)s, or leave it empty.") % {"most": kind.most_days}, code="day"
        )
    if day and not month:
        raise ValidationError(
            _("Month: a day needs its month. Leave both empty if the month is not known."), code="month"
        )
    try:
        if boxes.calendar == Calendar.GREGORIAN:
            return NotedText(to_edtf(boxes.calendar, year, month, day, is_about=boxes.is_about))
        return convert(boxes.calendar, numbers(year, month, day, is_about=boxes.is_about))
    except ValueError:
        raise ValidationError(_("Day: this month has no such day."), code="day") from None


def _span(boxes: Boxes) -> NotedText:
    """Read what stands whole in the box of the year: a span, or any other EDTF of the Gregorian calendar."""
    if not boxes.year or not any(sign.isdigit() for sign in boxes.year):
        raise ValidationError(RECKONINGS[boxes.calendar].short_words, code="year")
    if boxes.day or boxes.month:
        raise ValidationError(
            _("Year: write the year alone beside a day or a month, or the whole date in the box of the year."),
            code="year",
        )
    return _edtf(boxes) if boxes.calendar == Calendar.GREGORIAN else _span_of_another_calendar(boxes)


def _edtf(boxes: Boxes) -> NotedText:
    try:
        parse(boxes.year)
    except NotKept:
        raise ValidationError(
            _("Year: this is EDTF, but only dates of the years 1 to 9999 can be kept. Write the years that are known."),
            code="year",
        ) from None
    except ValueError:
        raise ValidationError(RECKONINGS[Calendar.GREGORIAN].short_words, code="year") from None
    for year in _years(boxes.calendar, boxes.year):
        _refuse_year(boxes, str(year))
    try:
        return NotedText(with_about(boxes.year) if boxes.is_about else boxes.year)
    except ValueError:
        raise ValidationError(
            _(
                "About: it can stand with one date or a span only. Leave the tick empty here, and write ~ behind a date."
            ),
            code="about",
        ) from None


def _span_of_another_calendar(boxes: Boxes) -> NotedText:
    sides = boxes.year.split("/")
    known = [read_one(side) for side in sides]
    example = _("Year: in this calendar write a year, or a span such as 1357/1360 or 1403-12/1404-2.")
    if any(one is None and (side not in {"", ".."} or len(sides) == 1) for one, side in zip(known, sides, strict=True)):
        raise ValidationError(example, code="year")
    for one in known:
        if one:
            _refuse_year(boxes, str(one.year))
    told = "/".join(
        numbers(one.year, one.month, one.day, is_about=one.is_about or boxes.is_about) if one else side
        for one, side in zip(known, sides, strict=True)
    )
    try:
        found = convert(boxes.calendar, told)
    except ValueError:
        raise ValidationError(
            _("Year: this calendar has no such month or day. Look at it again."), code="year"
        ) from None
    if not is_date(found):
        raise ValidationError(_("Year: the span ends before it begins. Look at both sides again."), code="year")
    return found


def _refuse_year(boxes: Boxes, typed: str) -> None:
    """Raise ValidationError for a year that is short, that the calendar does not know, or that is far and not confirmed."""
    kind, year, today = RECKONINGS[boxes.calendar], int(typed[:9]), timezone.localdate()
    if len(typed) < LEAST_FIGURES:
        raise ValidationError(kind.short_words, code="year")
    if not kind.knows(year) and not calendars_near(year, today=today, but=boxes.calendar):
        raise ValidationError(kind.range_words, code="year")
    asked = question(boxes.calendar, year, today=today)
    if asked and not (boxes.is_year_right and kind.knows(year)):
        raise ValidationError(asked, code="far")


def _has_far_year(calendar: str, text: str) -> bool:
    """Say whether a year in this text is asked about, and may be confirmed: the calendar knows it."""
    kind = RECKONINGS.get(calendar)
    years = _years(calendar, text) if kind else []
    is_known = all(kind and kind.knows(year) for year in years)
    return is_known and any(question(calendar, year, today=timezone.localdate()) for year in years)


def _years(calendar: str, text: str) -> list[int]:
    """Return the first and the last year that a text in the box of the year names; none where it cannot be read."""
    if calendar != Calendar.GREGORIAN:
        return [one.year for side in text.split("/") if (one := read_one(side))]
    told = parse(text) if is_date(text) else None
    return [part.year for part in (told.first, told.last) if part] if told else []


def _one_gregorian(text: str) -> Any:
    """Return the numbers of one date, None for what stands whole in the box of the year."""
    if not is_date(text):
        return None
    told = parse(text)
    one = told.first if told and told.kind == "one" else None
    is_plain = one is not None and not one.is_doubted and text in {_plain(one), _plain(one) + "~"}
    return one if is_plain else None


def _plain(one: Any) -> str:
    return to_edtf(Calendar.GREGORIAN, one.year, one.month, one.day, is_about=False)


def _number(text: str) -> int | None:
    """Return the number; None for no number."""
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _is_ticked(value: Any) -> bool:
    return bool(value) and str(value) not in {"False", "0"}
