"""Holding and lifting, posture, what happened, and the small forms with one reason."""

import datetime as dt
from typing import Any, TypedDict

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import DayField, HourField, NumberField
from directory import vocabulary
from directory.dates import office_time
from safety.forms.answers import choice
from safety.models import Hold, OfficeSafety, Posture, RiskEvent

REVIEW_IN = dt.timedelta(days=30)
CHOOSE = {"required": gettext_lazy("Choose one.")}
SAY_WHY = {"required": gettext_lazy("Say why, in one sentence.")}
A_DAY = {"required": gettext_lazy("Write the day: year, month, day, such as 2026-11-30.")}


class ReasonForm(forms.Form):
    """One reason, in the words of the person who gives it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=SAY_WHY,
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class HoldForm(ReasonForm):
    """Why public work stops, and for how long."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How long"),
        choices=Hold.Kind.choices,
        initial=Hold.Kind.PRECAUTION,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("One sentence. Everybody on the case reads it, with your name.")


class LiftForm(forms.Form):
    """The codename, typed, before a hold is lifted."""

    codename = forms.CharField(
        label=gettext_lazy("Write the codename to go on"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the codename of this case.")},
    )

    def __init__(self, *args: Any, codename: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = codename

    def clean_codename(self) -> str:
        typed: str = self.cleaned_data["codename"].strip()
        if typed.casefold() != self.wanted.casefold():
            raise forms.ValidationError(_("This is not the codename of this case."))
        return typed


class SignForm(forms.Form):
    """What a signer says of themself."""

    is_free = forms.BooleanField(
        label=gettext_lazy("I did not write this, and have no interest of my own in the case."),
        error_messages={"required": gettext_lazy("Only somebody who can say this may sign.")},
    )


class PostureGiven(TypedDict):
    """What `decide_posture` takes."""

    kind: str
    reason: str
    review_on: dt.date
    embargo_until: dt.datetime | None


class PostureForm(forms.Form):
    """How visible the case is to be, until when, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Posture"),
        choices=Posture.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    embargo_day = DayField(
        label=gettext_lazy("Embargo until: day"),
        required=False,
        help_text=gettext_lazy("Only for an embargo. Year, month, day: 2026-11-30."),
    )
    embargo_time = HourField(
        label=gettext_lazy("Embargo until: hour"),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages=SAY_WHY,
    )
    review_on = DayField(
        label=gettext_lazy("Look again on"),
        help_text=gettext_lazy("Year, month, day: 2026-11-30."),
        error_messages=A_DAY,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + REVIEW_IN
        self.fields["embargo_time"].help_text = office_time.hint(_("For example 09:00. Empty is the start of the day."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("review_on") and cleaned["review_on"] < timezone.localdate():
            self.add_error("review_on", _("This day lies in the past."))
        if (
            cleaned.get("kind") == Posture.Kind.EMBARGO
            and not cleaned.get("embargo_day")
            and "embargo_day" not in self.errors
        ):
            self.add_error("embargo_day", _("An embargo needs the day it ends."))
        return cleaned

    def values(self) -> PostureGiven:
        """Return what `decide_posture` takes."""
        cleaned = self.cleaned_data
        until = None
        if cleaned["kind"] == Posture.Kind.EMBARGO:
            until = timezone.make_aware(
                dt.datetime.combine(cleaned["embargo_day"], cleaned["embargo_time"] or dt.time())
            )
        return {
            "kind": cleaned["kind"],
            "reason": cleaned["reason"],
            "review_on": cleaned["review_on"],
            "embargo_until": until,
        }


class RiskEventForm(forms.Form):
    """What happened, from the office's list; the list says what follows from it."""

    code = forms.ChoiceField(label=gettext_lazy("What happened"), error_messages=CHOOSE)
    what = forms.CharField(
        label=gettext_lazy("What is known"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("When, who says so, and how sure they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "code").choices = [("", _("Choose what happened")), *_by_class()]


def _by_class() -> list[tuple[str, list[tuple[str, str]]]]:
    headings = {
        RiskEvent.EventClass.STOP: _("Stops public work at once"),
        RiskEvent.EventClass.REVIEW: _("Asks for a new look in time"),
        RiskEvent.EventClass.NOTE: _("Is noted, and changes nothing"),
    }
    known = vocabulary.terms("reassess_trigger").values()
    return [
        (heading, [(term.code, term.label) for term in known if term.event_class == name])
        for name, heading in headings.items()
    ]


class OfficeSafetyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """The office's settings for the gate, with the reason for changing them."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages=SAY_WHY,
    )

    class Meta:
        model = OfficeSafety
        fields = ["emergency_wait_minutes", "grace_days", "contact_line"]
        field_classes = {"emergency_wait_minutes": NumberField, "grace_days": NumberField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["emergency_wait_minutes"].label = _(
            "Minutes to wait for a signer before one person may send a protective notice alone"
        )
        self.fields["emergency_wait_minutes"].help_text = _("0 to 120. Empty: nobody ever sends alone.")
        self.fields["grace_days"].label = _("Days that a public page stays after its consent or assessment expired")
        self.fields["grace_days"].help_text = _(
            "0 to 30. A page that is withdrawn, held or proved wrong goes at once all the same."
        )
        self.fields["grace_days"].error_messages["required"] = _("Write a number from 0 to 30.")
        self.fields["contact_line"].label = _("Our contact, as printed on notices")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, most in (("emergency_wait_minutes", 120), ("grace_days", 30)):
            if (cleaned.get(name) or 0) > most:
                self.add_error(name, _("At most %(most)s.") % {"most": most})
        return cleaned
