"""What happened to the person, when, and who says so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.fate import FATES, STILL_TO_COME, Fate
from casework.custody import is_to_come
from casework.forms.dates import ImpreciseDateField, offer_calendars
from casework.forms.marked import MarkedForm
from casework.models import Case
from directory.vocabulary import terms


class FateForm(MarkedForm, forms.Form):
    """Which of the five, as the status that follows; the day as far as it is known; the words of the source."""

    columns = {"status": "case.status", "on": "detention.ended"}

    status = forms.ChoiceField(label=_("What happened"), error_messages={"required": _("Choose what happened.")})
    on = ImpreciseDateField(
        label=_("When"), required=False, help_text=_("As far as it is known. Leave it empty if nobody knows the day.")
    )
    told = forms.CharField(
        label=_("Who says so, and in which words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Those who look at the risk of the case read it."),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case
        offer_calendars(self, case)
        known = terms("detention_status")
        groups = [
            (fate.label, [(code, term.label) for code, term in known.items() if code in fate.statuses])
            for fate in FATES.values()
        ]
        self.fields["status"].choices = [("", _("Choose what happened")), *groups]  # type: ignore[attr-defined]

    def clean_on(self) -> str:
        """Refuse a day to come beside the other faults; the verb refuses it too."""
        on: str = self.cleaned_data["on"]
        if is_to_come(on):
            raise forms.ValidationError(str(STILL_TO_COME))
        return on

    @property
    def fate(self) -> Fate:
        """Return the fate that the chosen status belongs to."""
        return next(fate for fate in FATES.values() if self.cleaned_data["status"] in fate.statuses)
