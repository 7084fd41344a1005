"""The form of a trusted recipient, before anybody needs it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from directory.actions.recipients import AUDIENCES
from directory.vocabulary import label


class RecipientForm(forms.Form):
    """A trusted recipient, before anybody needs it."""

    name = forms.CharField(
        label=_("Name and office"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
        error_messages={"required": _("Write who receives it, with the office.")},
    )
    audience = forms.ChoiceField(
        label=_("Which kind"),
        widget=forms.RadioSelect,
        help_text=_("Consent counts by this. A humanitarian body counts as a UN body, a chosen lawyer as the court."),
        error_messages={"required": _("Choose which kind it is.")},
    )
    channel = forms.CharField(
        label=_("Verified channel"),
        max_length=300,
        help_text=_("A telephone line, an address, a person."),
        error_messages={"required": _("Say through which channel it is reached.")},
    )
    verified_on = DayField(
        label=_("Channel verified on"),
        error_messages={"required": _("Say on which day somebody tried the channel.")},
    )
    passes_name_on = forms.TypedChoiceField(
        label=_("Does it pass the name to the State that holds the person?"),
        choices=(("yes", _("Yes, it does or may")), ("no", _("No, it keeps the name to itself"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. Who is not sure says that it may.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(code, label("consent_audience", code)) for code in AUDIENCES]  # type: ignore[attr-defined]

    def clean_verified_on(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["verified_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Verify the channel first."))
        return day
