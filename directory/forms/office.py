"""The letterhead of the office, and a person whom readers may answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import OfficeContact, OfficeIdentity
from sealing.letters.languages import OF_PAPERS, paper_languages, read_choices


class OfficeIdentityForm(forms.Form):
    """Who the office is, on the head of every paper."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto"}),
        error_messages={"required": _("Write the name of the organisation.")},
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("It is printed on every paper. Write one that may be known to everybody who finds a copy."),
        error_messages={"required": _("Write the address to which an answer can be posted.")},
    )
    place = forms.CharField(
        label=_("Place of writing"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("A letter bears it before its date. Empty: the date stands alone."),
    )
    reads = forms.MultipleChoiceField(
        label=_("Languages in which answers are read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A paper says so beside the contact."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if current := OfficeIdentity.at():
            told = {"name": current.name, "address": current.address, "place": current.place or ""}
            self.initial = {**told, "reads": current.reads.split(",")}
        self.fields["reads"].choices = read_choices()  # type: ignore[attr-defined]


class OfficeContactForm(forms.Form):
    """A person whom readers may answer."""

    name = forms.CharField(
        label=_("Name for outside"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("As it may be printed; it need not be the name with which they sign in."),
        error_messages={"required": _("Write the name that may be printed.")},
    )
    role = forms.CharField(
        label=_("What they are here"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto"}),
        error_messages={"required": _("Write what they are here, such as case officer.")},
    )
    channel = forms.CharField(
        label=_("How to reach them"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("An e-mail address, a telephone number, or both."),
        error_messages={"required": _("Write how to reach them.")},
    )
    language = forms.ChoiceField(
        label=_("Language of these words"),
        choices=paper_languages,
        required=False,
        help_text=_("A paper in another language names the contact once their words in it are written."),
    )
    is_default = forms.BooleanField(label=_("Signs where nobody else is named"), required=False)

    def clean_language(self) -> str:
        """Return the language; a form without one is of words in English, as the first of the list."""
        return self.cleaned_data["language"] or OF_PAPERS[0]


class ContactWordsForm(OfficeContactForm):
    """What a contact is called in another language."""

    field_order = ("language", "name", "role", "channel")

    def __init__(self, *args: Any, contact: OfficeContact, **kwargs: Any) -> None:
        self.contact = contact
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.choices = [one for one in paper_languages() if one[0] != contact.language]  # type: ignore[attr-defined]
        field.required, field.help_text = True, _("Of the papers that print these words.")
        del self.fields["is_default"]
        self.initial = {"name": contact.name, "channel": contact.channel}
