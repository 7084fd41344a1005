"""One question for a date that may be known only in part, in the calendar it was told in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.dates import is_date, parse
from casework.dates.calendars import Calendar, as_told, to_edtf

RANGES: dict[str, tuple[int, int, Any]] = {
    Calendar.GREGORIAN: (1000, 2999, _("Year: write four digits, for example 2025.")),
    Calendar.HIJRI: (1343, 1500, _("Year: the Hijri tables go from 1343 to 1500. Write the Gregorian date instead.")),
    Calendar.SOLAR: (1, 1600, _("Year: write a year of the Solar Hijri calendar, for example 1404.")),
}


class EdtfText(str):
    """EDTF text that remembers how the date was told."""

    told_as: str = ""


class ImpreciseDateWidget(forms.MultiWidget):
    """Day, month, year, about, calendar. What is no single date (a span) stands whole in the box of the year."""

    template_name = "django/forms/widgets/imprecise_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "size": "2", "maxlength": "2", "autocomplete": "off"}
        widgets = [
            forms.TextInput(number),
            forms.TextInput(number),
            forms.TextInput({"size": "6", "autocomplete": "off"}),
            forms.CheckboxInput(),
            forms.Select(choices=Calendar.choices),
        ]
        super().__init__(widgets, attrs)

    def decompress(self, value: str | None) -> list[Any]:
        """Take stored EDTF apart into what the boxes show."""
        told = None
        if value and is_date(value):
            told = parse(value)
        if told is None or told.kind != "one" or told.first is None or told.first.is_doubted:
            return [None, None, value or None, False, Calendar.GREGORIAN]
        part = told.first
        return [part.day, part.month, f"{part.year:04d}", part.is_about, Calendar.GREGORIAN]


class ImpreciseDateField(forms.MultiValueField):
    """Gives EDTF text. Day or month may stay empty; the year box also takes a span such as 1989/1990."""

    widget = ImpreciseDateWidget

    def __init__(self, **options: Any) -> None:
        is_required = options.pop("required", True)
        options.setdefault("help_text", _("Leave day or month empty if it is not known."))
        parts = [
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.BooleanField(required=False),
            forms.ChoiceField(required=False, choices=Calendar.choices),
        ]
        super().__init__(parts, required=is_required, require_all_fields=False, **options)
        for field in parts:
            field.required = False

    def clean(self, value: Any) -> EdtfText:
        """Return EDTF text, empty when nothing was told; refuse in a sentence what cannot be a date."""
        given = list(value or []) + [None] * 5
        day, month, year = (str(part or "").strip() for part in given[:3])
        if not (day or month or year):
            if self.required:
                raise ValidationError(_("Write at least the year."), code="required")
            return EdtfText("")
        return self._text(
            day, month, year, bool(given[3]) and str(given[3]) not in {"False", "0"}, given[4] or Calendar.GREGORIAN
        )

    def _text(self, day: str, month: str, year: str, is_about: bool, calendar: str) -> EdtfText:
        if calendar not in Calendar.values:
            raise ValidationError(_("Calendar: choose the one it was told in."), code="calendar")
        if not year.isdigit():
            return self._span(day, month, year)
        numbers = _number(year), _number(month), _number(day)
        low, high, sentence = RANGES[calendar]
        if numbers[0] is None or not low <= numbers[0] <= high:
            raise ValidationError(sentence, code="year")
        if month and not (numbers[1] and 1 <= numbers[1] <= 12):
            raise ValidationError(_("Month: write a number from 1 to 12, or leave it empty."), code="month")
        if day and not (numbers[2] and 1 <= numbers[2] <= 31):
            raise ValidationError(_("Day: write a number from 1 to 31, or leave it empty."), code="day")
        if day and not month:
            raise ValidationError(
                _("Month: a day needs its month. Leave both empty if the month is not known."), code="month"
            )
        try:
            text = EdtfText(to_edtf(calendar, numbers[0], numbers[1], numbers[2], is_about=is_about))
        except ValueError:
            raise ValidationError(_("Day: this month has no such day."), code="day") from None
        text.told_as = as_told(calendar, numbers[0], numbers[1], numbers[2])
        return text

    def _span(self, day: str, month: str, year: str) -> EdtfText:
        if not year or day or month or not is_date(year):
            raise ValidationError(RANGES[Calendar.GREGORIAN][2], code="year")
        return EdtfText(year)


def _number(text: str) -> int | None:
    """Return the number, in whichever digits it was written; None for no number."""
    return int(text) if text.isdecimal() else None
