"""For whom a copy is, and what is answered before something becomes public."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, PastDayField
from casework.models import Case
from directory.models import Channel
from materials.actions.handing_over import DAY_TO_COME
from materials.actions.public_pages import FamilyAnswer
from materials.leaving.addressees import addressee_in_words
from papers.formats.names import PaperFormat


class DispatchForm(forms.Form):
    """Who gets a copy, by entries of the directory and one of the channels of each."""

    recipient = forms.MultipleChoiceField(
        label=_("Who gets a copy, and how"),
        help_text=_(
            "Entries of the directory that this text is written for, by channels that were verified. Each gets a"
            " numbered copy of its own."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose who gets it: the copy carries this name."),
            "invalid_choice": _("This channel is not in the directory any more. Choose another."),
        },
    )
    format = forms.ChoiceField(
        label=_("In which form"),
        help_text=_("The words are the same in each, and each is numbered. A copy keeps its form."),
        choices=PaperFormat.choices,
        initial=PaperFormat.PDF,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, channels: Sequence[Channel], chosen: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"recipient": list(chosen)}, **kwargs})
        known = {str(row.pk): row for row in channels}
        wanted = self.data.getlist("recipient") if isinstance(self.data, QueryDict) else chosen
        for key in wanted:
            if key not in known and (other := _known(key)):
                known[key] = other
        self.channels = {key: known[key] for key in dict.fromkeys([*chosen, *known]) if key in known}
        offered = [(key, addressee_in_words(row)) for key, row in self.channels.items()]
        self.fields["recipient"].choices = offered  # type: ignore[attr-defined]

    def clean_format(self) -> str:
        """Return the form that was chosen; a copy is printed where nobody chose."""
        return str(self.cleaned_data["format"] or PaperFormat.PDF)

    @property
    def chosen_channels(self) -> list[Channel]:
        """Return the channels that were chosen. One that may not be used reaches the gate, which says what mends it."""
        return [self.channels[key] for key in self.cleaned_data["recipient"]]


def _known(key: str) -> Channel | None:
    try:
        return Channel.objects.in_use().select_related("entry__parent__parent").filter(pk=key).first()
    except ValidationError:
        return None


class HandedOverForm(forms.Form):
    """On which day the paper reached whoever it is for."""

    on = PastDayField(
        to_come=DAY_TO_COME,
        label=_("Handed over on"),
        help_text=_("The day on which it was given, sent or posted."),
        error_messages={"required": _("Say on which day it was handed over.")},
    )


class PublishForm(forms.Form):
    """The family first, then the codename: nothing is ticked in advance."""

    def __init__(self, *args: Any, cases: list[Case], untold: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases, self.untold = cases, untold
        for case in untold:
            of = "" if len(cases) == 1 else f" ({case})"
            self.fields[f"who-{case.pk}"] = forms.CharField(
                label=_("Who of the family was told, and how") + of,
                help_text=_("Or why there is nobody to tell."),
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
                error_messages={"required": _("Say who was told and how, or why there is nobody to tell.")},
            )
            self.fields[f"on-{case.pk}"] = DayField(label=_("When") + of, required=False)
            self.fields[f"nobody-{case.pk}"] = forms.BooleanField(
                label=_("There is nobody to tell") + of, required=False
            )
        self.fields["codename"] = forms.CharField(
            label=_("Write the codename to go on"),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Write the codename of the case.")},
        )

    def clean_codename(self) -> str:
        typed = str(self.cleaned_data["codename"]).strip()
        if typed.casefold() != self.cases[0].codename.casefold():
            raise ValidationError(_("This is not the codename of the case."))
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for case in self.untold:
            on = cleaned.get(f"on-{case.pk}")
            if not on and not cleaned.get(f"nobody-{case.pk}") and f"on-{case.pk}" not in self.errors:
                self.add_error(f"on-{case.pk}", _("Say on which day, or that there is nobody to tell."))
            if on and on > timezone.localdate():
                self.add_error(f"on-{case.pk}", _("This day is still to come. Tell the family first."))
        return cleaned

    def family(self) -> dict[Any, FamilyAnswer]:
        """Return what was answered about the family of each case that had no answer yet."""
        return {case.pk: self._answer(case) for case in self.untold}

    def _answer(self, case: Case) -> FamilyAnswer:
        on = self.cleaned_data.get(f"on-{case.pk}")
        now = timezone.localtime()
        at = (
            now
            if on is None or on == now.date()
            else now.replace(year=on.year, month=on.month, day=on.day, hour=12, minute=0)
        )
        return FamilyAnswer(self.cleaned_data[f"who-{case.pk}"], at, self.cleaned_data[f"nobody-{case.pk}"])


class TakenDownForm(forms.Form):
    """What the second person found when looking at what was taken down; it may be nothing."""

    note = forms.CharField(
        label=_("What you found"),
        help_text=_("If there is anything to say. It is kept with your name."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
