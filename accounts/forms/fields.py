"""The fields for a day, an hour, an instant, a number and a code: Django's own would guess, and know ASCII digits alone.

Every form uses these; tests/interface/test_days_and_figures.py walks all forms and lets no other pass.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.functional import Promise

from accounts.forms.days import read_day, read_hour, read_moment
from accounts.forms.widgets import DayInput, HourInput, MomentInput
from sealing.letters.figures import plain_figures

MOST_FIGURES = 12


class DayField(forms.DateField):
    """A day: the year first, in the digits of any script, within a century of today."""

    widget = DayInput

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day; refuse in a sentence what could mean another one."""
        return value if type(value) is dt.date else read_day(value, today=timezone.localdate())


class PastDayField(DayField):
    """A day that has come. One to come is named beside the other faults, and not once all the rest is right."""

    def __init__(self, *, to_come: str | Promise, **options: Any) -> None:
        super().__init__(**options)
        self.to_come = to_come

    def validate(self, value: Any) -> None:
        """Refuse a day to come, in the words of the verb that refuses it too."""
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(str(self.to_come), code="to_come")


class HourField(forms.TimeField):
    """An hour and its minutes, in the digits of any script."""

    widget = HourInput

    def to_python(self, value: Any) -> dt.time | None:
        """Return the hour; refuse in a sentence what is none."""
        return value if isinstance(value, dt.time) else read_hour(value)


class MomentField(forms.DateTimeField):
    """A day and an hour on the clock of the office."""

    widget = MomentInput

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the instant; an hour that the clocks leap over, or that comes twice, is refused as Django does."""
        if isinstance(value, dt.datetime):
            return from_current_timezone(value)
        moment = read_moment(value, today=timezone.localdate())
        return from_current_timezone(moment) if moment else None


class NumberField(forms.IntegerField):
    """A whole number, in the digits of any script."""

    def to_python(self, value: Any) -> int | None:
        """Return the number; one with more figures than anything here can have is refused."""
        plain = plain_figures(str(value)) if value not in self.empty_values else value
        if isinstance(plain, str) and len(plain) > MOST_FIGURES:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(plain)


class CodeField(forms.CharField):
    """A code of figures as an application shows it: in the digits of any script, with spaces or hyphens between."""

    def to_python(self, value: Any) -> str:
        """Return the code without spaces, hyphens and marks that cannot be seen."""
        return "".join(sign for sign in plain_figures(super().to_python(value) or "") if sign not in " -")


def asked_where_needed(field: forms.Field) -> None:
    """Mark a field that another answer makes needed: it may stay empty otherwise, and is not called optional."""
    field.required = False
    field.is_asked_where_needed = True  # type: ignore[attr-defined]  # read where a field is drawn
