"""The person, the names in every script, and the people around."""

from collections.abc import Callable, Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NumberField
from casework.disclosing.marks import OutsideMark, inside
from casework.disclosing.printed_fields import PRINTED_NAMES
from casework.disclosing.readers import Readers
from casework.forms.dates import ImpreciseDateField
from casework.forms.marked import MarkedForm
from casework.forms.scripts import ScriptsField
from casework.forms.versioned import RowForm
from casework.models import Contact, Name, Person
from sealing.letters.hidden import without_hidden


class PersonForm(RowForm):
    """Who the person is. Everything here is sealed; who looks at it is recorded."""

    born = ImpreciseDateField(label=_("Date of birth"), required=False)
    spoken_of = forms.ChoiceField(
        label=_("How the person is spoken of"),
        required=False,
        choices=[("", _("Not said")), *Person.SpokenOf.choices],
        help_text=_(
            "As the person chose. Some languages say “held” otherwise of a woman than of a man; a paper follows where"
            " consent opens it, and else speaks without gender."
        ),
    )
    formless_in = ScriptsField()

    class Meta:
        model = Person
        fields = [
            "born",
            "gender",
            "spoken_of",
            "nationality",
            "occupation",
            "residence",
            "document_number",
            "health",
            "note",
            "formless_in",
        ]
        widgets = {"note": forms.Textarea({"rows": 3}), "health": forms.Textarea({"rows": 2})}
        help_texts = {
            "document_number": _("Only if a form asks for it. It names the person everywhere."),
            "residence": _("Only if a form asks for it. A family lives there."),
            "health": _("What doctors, family or the person say, and when."),
        }


class NameForm(MarkedForm, forms.Form):
    """One name in one script. An empty line is no name; a ticked one is taken away."""

    table = "name"
    unmarked = frozenset({"script", "kind", "remove"})

    pk = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = NumberField(required=False, widget=forms.HiddenInput)
    value = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=Name.LONGEST,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    script = forms.ChoiceField(label=_("Script"), choices=Name.Script.choices, initial=Name.Script.LATIN)
    kind = forms.ChoiceField(label=_("Kind"), choices=Name.Kind.choices, initial=Name.Kind.LEGAL)
    remove = forms.BooleanField(label=_("Remove this name"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_permitted = True
        if not (self.initial.get("pk") or (self.is_bound and self.data.get(self.add_prefix("pk")))):
            del self.fields["remove"]

    def own_marks(self) -> Mapping[str, Callable[[], OutsideMark]]:
        """Return the mark of the name: a paper prints the legal one and how it is spelled in other scripts, no alias."""
        is_printed = self["kind"].value() in PRINTED_NAMES
        return {} if is_printed else {"value": inside}

    def has_changed(self) -> bool:
        """A line without a name and without a stored one behind it says nothing, whatever its script."""
        return any((self.data.get(self.add_prefix(name)) or "").strip() for name in ("value", "pk"))

    def clean(self) -> dict[str, Any]:
        """A stored name cannot become empty by mistake."""
        given = super().clean() or {}
        given["value"] = " ".join(without_hidden(given.get("value") or "").split())
        if given.get("pk") and not given["value"] and not given.get("remove"):
            self.add_error("value", _("Write the name, or tick “Remove this name”."))
        return given


class NameSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The names of the person, with empty lines after them."""

    def read_by(self, readers: Readers) -> Self:
        """Give each line the readers that its marks are made of, so that they are asked for once."""
        for form in self.forms:
            form.readers = readers
        return self

    def rows(self) -> list[dict[str, Any]]:
        """Return what was typed for every line that says something."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("value") or form.cleaned_data.get("remove")
        ]


def name_set(*args: Any, extra: int = 1, **options: Any) -> NameSet:
    """Return the set of name lines, with `extra` empty ones when it is not bound."""
    made: Any = forms.formset_factory(NameForm, formset=NameSet, extra=extra, max_num=Name.MOST, validate_max=True)
    formset: NameSet = made(*args, **{**options, "prefix": "names"})
    return formset


def more_names(data: Any) -> NameSet:
    """Return the name lines as they were typed, with one empty line more."""
    data = data.copy()
    typed = data.get("names-TOTAL_FORMS", "")
    data["names-TOTAL_FORMS"] = str(min(int(typed) + 1 if typed.isdecimal() else 1, Name.MOST))
    return name_set(data)


class ContactForm(RowForm):
    """Somebody around the prisoner. The kind stands in clear, the rest is sealed."""

    formless_in = ScriptsField()

    class Meta:
        model = Contact
        fields = [
            "kind",
            "name",
            "other_names",
            "formless_in",
            "relation",
            "phone",
            "email",
            "address",
            "safe_channel",
            "note",
        ]
        widgets = {"other_names": forms.Textarea({"rows": 2}), "note": forms.Textarea({"rows": 3})}
        help_texts = {
            "other_names": _("The leak scan looks for each of them."),
            "phone": _("Several numbers: one a line or with commas between."),
            "safe_channel": _("Which way, at what times, and which phrase means danger."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        """Take out of the names what only hides: the leak scan looks for them as they are spelled."""
        given = super().clean() or {}
        return given | {name: without_hidden(given[name]) for name in ("name", "other_names") if given.get(name)}
