"""For whom a copy is, and what is answered before something becomes public."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from casework.models import Case
from materials.actions.public_pages import FamilyAnswer
from papers.formats.names import PaperFormat


class DispatchForm(forms.Form):
    """One recipient, named, and the way the copy takes."""

    recipient = forms.CharField(
        label=_("Who gets this copy"),
        help_text=_("Name and office, as it stands on the sheet."),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Name who gets it: the copy carries this name.")},
    )
    channel = forms.CharField(
        label=_("How it gets there"),
        help_text=_("By hand, by diplomatic bag, by a verified address."),
        max_length=200,
        required=False,
    )
    format = forms.ChoiceField(
        label=_("In which form"),
        help_text=_("The words are the same in each, and each is numbered. A copy keeps its form."),
        choices=PaperFormat.choices,
        initial=PaperFormat.PDF,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_format(self) -> str:
        """Return the form that was chosen; a copy is printed where nobody chose."""
        return str(self.cleaned_data["format"] or PaperFormat.PDF)


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
