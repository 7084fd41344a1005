"""The form that brings in a calendar file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advocacy.calendar.ical import LARGEST
from directory.models import OfficeDate

CHOOSE = _("Choose a calendar file (.ics) of 256 kilobytes at most.")


class CalendarFileForm(forms.Form):
    """A calendar file, what kind of dates it holds, and where it comes from."""

    file = forms.FileField(
        label=_("Calendar file"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=_("A file with .ics behind its name. The title and the days of each event are taken, nothing else."),
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "missing": CHOOSE},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OfficeDate.Kind.choices,
        initial=OfficeDate.Kind.UN_SESSION,
        error_messages={"required": _("Choose what kind of date it is.")},
    )
    reason = forms.CharField(
        label=_("Where the file comes from"),
        max_length=300,
        widget=forms.TextInput({"dir": "auto"}),
        error_messages={"required": _("Say why, or where another person can look it up.")},
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before anybody reads it."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(CHOOSE)
        return file
