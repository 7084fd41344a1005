"""The form of how an ask stands."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.fields import DayField, NumberField, PastDayField
from advocacy.actions.asks import NewStanding
from advocacy.models import AskStanding
from casework.models import Case, Claim

HINTS = {
    AskStanding.State.VERIFIED: _("Met, and verified: by a second person, on a claim of the packet"),
}


class StandingForm(forms.Form):
    """How an ask stands, in one sentence, since which day; the claim that shows it, and when to look again."""

    state = forms.ChoiceField(
        label=_("How does it stand?"), widget=forms.RadioSelect, error_messages={"required": _("Say how it stands.")}
    )
    words = forms.CharField(
        label=_("What is so now"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Say in one sentence what is so now.")},
    )
    on = PastDayField(
        label=_("Since"),
        to_come=_("This day is still to come."),
        error_messages={"required": _("Say since which day.")},
    )
    claim = forms.ModelChoiceField(
        label=_("Claim that shows it"),
        queryset=Claim.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This claim is not in the packet of the case.")},
    )
    look_again_on = DayField(
        label=_("Look again on"), required=False, help_text=_("What was given is taken back at times.")
    )
    after = NumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, after: int, may_verify: bool, **options: Any) -> None:
        options["initial"] = {"on": timezone.localdate(), "after": after}
        super().__init__(*args, **options)
        states = [(code, HINTS.get(AskStanding.State(code), words)) for code, words in AskStanding.State.choices]
        state: Any = self.fields["state"]
        state.choices = [each for each in states if may_verify or each[0] != AskStanding.State.VERIFIED]
        rows = Claim.objects.filter(case=case).present().order_by("number")
        claim: Any = self.fields["claim"]
        claim.queryset = rows
        claim.choices = [
            ("", pgettext_lazy("claim", "None")),
            *((str(row.pk), f"{row.number}. {row.text}") for row in rows),
        ]

    def after_number(self) -> int:
        """Return the number of the last saying that stood on the page; one that was not sent is one that nobody has."""
        found = self.cleaned_data.get("after")
        return -1 if found is None else int(found)

    def new(self) -> NewStanding:
        """Return what the verb takes."""
        said = self.cleaned_data
        return NewStanding(said["state"], said["words"], said["on"], said["claim"], said["look_again_on"])
