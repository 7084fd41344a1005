"""The forms of the calendar of the office: a date of its own, the days of a listed one, and taking either away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, NumberField
from directory.actions.key_dates import DateGiven
from directory.countries import country_choices
from directory.models import OfficeDate

TYPED = {"dir": "auto"}


class DaysForm(forms.Form):
    """When a listed date falls in a year, and by what source."""

    first_day = DayField(label=_("First day"), error_messages={"required": _("Say on which day it begins.")})
    last_day = DayField(label=_("Last day"), help_text=_("Empty for a single day."), required=False)
    lead_weeks = NumberField(
        label=_("Weeks of work before it"),
        help_text=_("The day on which this work begins stands in the calendar, too. 0 for none."),
        initial=0,
        error_messages={"required": _("Write a number of weeks; 0 for none.")},
    )
    reason = forms.CharField(
        label=_("Why, or by what source"),
        max_length=300,
        widget=forms.TextInput(TYPED),
        help_text=_("Where another person can look it up. Nothing of a case."),
        error_messages={"required": _("Say why, or where another person can look it up.")},
    )

    def given(self) -> DateGiven:
        """Return what was said of the days."""
        said = self.cleaned_data
        return DateGiven(said["first_day"], said["last_day"], said["lead_weeks"], said["reason"])


class OfficeDateForm(DaysForm):
    """A date of the office's own."""

    title = forms.CharField(
        label=_("What it is"),
        max_length=120,
        widget=forms.TextInput(TYPED),
        help_text=_("Everybody of the office reads it: no name, no codename, nothing of a case."),
        error_messages={"required": _("Write what it is, without a name or anything of a case.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OfficeDate.Kind.choices,
        initial=OfficeDate.Kind.OFFICE_DAY,
        error_messages={"required": _("Choose what kind of date it is.")},
    )
    country = forms.ChoiceField(
        label=_("State"), required=False, help_text=_("Of a release window or a day of caution: the State it is about.")
    )
    field_order = ("title", "kind", "first_day", "last_day", "lead_weeks", "country", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Every State")), *country_choices()]  # type: ignore[attr-defined]


class TakeAwayForm(forms.Form):
    """Why a date leaves the calendar."""

    reason = forms.CharField(
        label=_("Why it is taken away"),
        max_length=300,
        widget=forms.TextInput(TYPED),
        error_messages={"required": _("Say why, in one sentence.")},
    )
