"""Choosing a State, and saying how it stands to one treaty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from directory.countries import country_choices
from directory.models import TreatyCorrection


class StateForm(forms.Form):
    """Of which State the treaties are shown."""

    country = forms.ChoiceField(label=_("State"), error_messages={"required": _("Choose a State.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a State")), *country_choices()]  # type: ignore[attr-defined]


class TreatyCorrectionForm(forms.Form):
    """How a State stands to one treaty, by what source and why the list is wrong."""

    status = forms.ChoiceField(
        label=_("How it stands to the treaty"),
        choices=TreatyCorrection.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the State stands to the treaty.")},
    )
    in_force_from = DayField(
        label=_("In force for the State since"),
        required=False,
        help_text=_("The day of entry into force for this State, not of the signature or the deposit."),
    )
    ended_on = DayField(
        label=_("No longer in force since"),
        required=False,
        help_text=_("For a State that left: the day on which leaving took effect."),
    )
    as_of = DayField(
        label=_("As of"),
        help_text=_("The day of the source, or on which you looked."),
        error_messages={"required": _("Say as of which day this is known.")},
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Where another person can look it up, such as the depositary’s page."),
        error_messages={"required": _("Say where this can be looked up.")},
    )
    reason = forms.CharField(
        label=_("Why the list is corrected"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why, in one sentence.")},
    )
