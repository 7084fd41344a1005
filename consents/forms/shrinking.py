"""Forms for what is presumed and wished, and for the ways an answer shrinks."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from casework.consent_codes import PROTECTIVE
from casework.models import Consent, Wish
from consents.forms.matrix import GrantsField, pairs_of
from directory.vocabulary import terms


def end_of(day: dt.date) -> dt.datetime:
    """Return the instant at which a day ends where the office is."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


class BestInterestForm(forms.Form):
    """Nobody can be asked: who was tried, and which protective steps are presumed."""

    tried = forms.CharField(
        label=_("Who was tried, when, and why nobody can be asked"), widget=forms.Textarea(attrs={"rows": 4})
    )
    grants = GrantsField(
        label=_("Private and protective steps"), help_text=_("Nothing public can be presumed. It ends after 72 hours.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        protective = [code for code in terms("consent_audience") if code in PROTECTIVE]
        self.fields["grants"].choices = pairs_of(terms("consent_item"), protective)  # type: ignore[attr-defined]


class NarrowForm(forms.Form):
    """What stays of a consent."""

    grants = GrantsField(
        label=_("What stays"),
        help_text=_("Untick what is no longer allowed."),
        error_messages={"required": _("Nothing would be left. Withdraw the consent instead.")},
    )

    def __init__(self, *args: Any, consent: Consent, **options: Any) -> None:
        super().__init__(*args, **options)
        held = [f"{row.item}:{row.audience}" for row in consent.grants.filter(ended_at=None)]
        self.fields["grants"].choices = [(pair, pair) for pair in held]  # type: ignore[attr-defined]
        self.fields["grants"].initial = held


class ShortenForm(forms.Form):
    """The new last day of a consent."""

    until_on = DayField(label=_("Last day"))

    def clean_until_on(self) -> dt.date:
        """Refuse a day that is over: then it is a withdrawal."""
        day: dt.date = self.cleaned_data["until_on"]
        if day < timezone.localdate():
            raise ValidationError(_("This day is over already. Withdraw the consent instead."))
        return day


class Nothing(forms.Form):
    """An act that asks nothing but to be done."""


class PressureForm(forms.Form):
    """What may have pressed the giver."""

    pressure = forms.CharField(
        label=_("Perhaps under pressure: what is known"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who keep consents, reviewers and directors read this. Nobody outside is told."),
    )


class WishForm(forms.Form):
    """What the person wants."""

    wants = forms.ChoiceField(label=_("What is wished"), choices=Wish.Wants, widget=forms.RadioSelect)
    told_by = forms.CharField(
        label=_("Said by whom, when, how, and could they speak freely"), widget=forms.Textarea(attrs={"rows": 3})
    )
