"""A row of what happened: when, in one field; what; and the claim it rests on, or that it becomes one."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.widgets import QuickSelect, QuickTick
from casework.forms.dates import WordedDateField
from casework.models import Claim, TimelineEvent
from claims.forms.touched import TableRowForm
from directory.compared import ComparedAnswer, answer_to

NEW, MOST_OFFERED = "new", 60


class EventRowForm(TableRowForm):
    """One event; `rests` is the number of a claim, or that the same words are written as a new one."""

    on = WordedDateField(label=gettext_lazy("When"))
    rests = forms.ChoiceField(label=gettext_lazy("Rests on"), required=False, widget=QuickSelect)

    class Meta:
        model = TimelineEvent
        fields = ["on", "event", "is_expected"]
        widgets = {"event": forms.Textarea(attrs={"rows": 1}), "is_expected": QuickTick}
        labels = {"event": gettext_lazy("What happened"), "is_expected": gettext_lazy("Expected")}

    def __init__(self, *args: Any, claims: Mapping[int, Claim], may_claim: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claims = claims
        self.fields["event"].required = True
        offered = [number for number, claim in claims.items() if claim.pk == self.instance.claim_id]
        offered += [number for number in list(claims)[-MOST_OFFERED:] if number not in offered]
        self.fields["rests"].choices = [  # type: ignore[attr-defined]
            ("", _("No claim yet")),
            *((str(number), _("Claim %(number)s") % {"number": number}) for number in sorted(offered)),
            *([(NEW, _("A new claim, with these words"))] if may_claim else []),
        ]
        stood = [number for number, claim in claims.items() if claim.pk == self.instance.claim_id]
        if stood:
            self.initial["rests"] = str(stood[0])
        self.remember()

    @property
    def said_at(self) -> Mapping[str, str]:
        """Date and words of an event stay inside; one line of the page says so of all."""
        return dict.fromkeys(("on", "event"), "events-out")

    @property
    def row_name(self) -> str:
        """Return what a list of faults calls the row."""
        return _("The new event") if self.instance._state.adding else _("The event")

    def clean(self) -> dict[str, Any]:
        """Refuse a claim of what has not happened yet."""
        given = super().clean() or self.cleaned_data
        if given.get("rests") == NEW and given.get("is_expected"):
            self.add_error(
                "rests", _("What is only expected is no claim yet: untick “Expected”, or leave the claim out.")
            )
        return given

    def compared_beside(self, saved: TimelineEvent) -> Iterator[ComparedAnswer]:
        """Return the claim that the event rests on now, and the one that was chosen here."""
        stored = next((str(number) for number, claim in self.claims.items() if claim.pk == saved.claim_id), "")
        yield answer_to(self, "rests", stored, self.cleaned_data.get("rests") or "")

    @property
    def is_claimed(self) -> bool:
        """Say whether its words are to be a new claim too."""
        return bool(self.cleaned_data.get("rests") == NEW)

    def values(self) -> dict[str, Any]:
        """Return what was typed, with the claim that was chosen."""
        number = self.cleaned_data.get("rests") or ""
        return {**super().values(), "claim": self.claims.get(int(number)) if number.isdecimal() else None}
