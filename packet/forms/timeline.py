"""The form for one event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.dates import ImpreciseDateField
from casework.forms.versioned import RowForm
from casework.models import Claim, TimelineEvent


class EventForm(RowForm):
    """What happened, and when as far as it is known."""

    on = ImpreciseDateField(
        label=_("When"),
        help_text=_(
            "Leave day or month empty if it is not known. A span goes into the box of the year: 2025-03-14/2025-03-19."
        ),
    )

    class Meta:
        model = TimelineEvent
        fields = ["on", "event", "is_expected", "claim"]
        widgets = {"event": forms.Textarea(attrs={"rows": 3})}
        labels = {"event": _("What happened"), "is_expected": _("It is expected and has not happened yet")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["event"].required = True
        claim = self.fields["claim"]
        claim.queryset = Claim.objects.filter(case=self.case).present()  # type: ignore[attr-defined]
        claim.label_from_instance = lambda row: f"{row.number}. {row.text}"  # type: ignore[attr-defined]
