"""The forms of the directory: somebody who is written to, how they are reached, and that somebody tried it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, NumberField
from directory.actions.entries import EntryGiven, kinds_in
from directory.countries import country_choices
from directory.models import Actor
from directory.vocabulary import choices

TYPED = {"dir": "auto"}
# Names of languages stand in themselves: whoever reads one finds it.
LANGUAGES = (
    ("en", "English"),
    ("fr", "français"),
    ("es", "español"),
    ("ar", "العربية"),
    ("ru", "русский"),
    ("de", "Deutsch"),
    ("fa", "فارسی"),
    ("pt", "português"),
    ("tr", "Türkçe"),
    ("zh", "中文"),
)


class EntryForm(forms.Form):
    """An institution, an office or a person, as letters address them."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As it stands on an envelope. Of a person the name alone; the title has its own box."),
        max_length=120,
        widget=forms.TextInput(TYPED),
        error_messages={"required": _("Write the name.")},
    )
    actor_type = forms.ChoiceField(
        label=_("What it is"),
        help_text=_("Of a person or an office: what it works for."),
        error_messages={"required": _("Choose what it is: texts are offered by this.")},
    )
    country = forms.ChoiceField(
        label=_("State it serves"),
        help_text=_("Empty for a body between States."),
        required=False,
    )
    title = forms.CharField(
        label=_("Formal title"),
        help_text=_("Such as “Minister of Foreign Affairs” or “H.E. the Ambassador”."),
        max_length=120,
        required=False,
        widget=forms.TextInput(TYPED),
    )
    salutation = forms.CharField(
        label=_("Salutation"),
        help_text=_("The first line of a letter, such as “Excellency,”."),
        max_length=120,
        required=False,
        widget=forms.TextInput(TYPED),
    )
    language = forms.ChoiceField(
        label=_("Language it reads"), required=False, choices=[("", _("Not known")), *LANGUAGES]
    )
    term_ends_on = DayField(
        label=_("Last day of the term"),
        help_text=_("Of a person who holds an office for a time. After this day no copy goes there."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("actor_type", [("", _("Choose")), *choices("actor_type")()])
        self._offer("country", [("", _("None")), *country_choices()])

    def _offer(self, name: str, offered: list[Any]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def given(self) -> EntryGiven:
        """Return what was typed."""
        names = EntryGiven.__dataclass_fields__
        return EntryGiven(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class NewEntryForm(EntryForm):
    """Somebody new: what kind of entry it is is asked once."""

    kind = forms.ChoiceField(
        label=_("Kind of entry"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is an institution, an office or a person.")},
    )
    field_order = ("kind",)

    def __init__(self, *args: Any, parent: Actor | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("kind", [(kind, Actor.Kind(kind).label) for kind in kinds_in(parent)])
        if parent is not None:
            self.fields["actor_type"].initial, self.fields["country"].initial = parent.actor_type, parent.country
            self.fields["language"].initial = parent.language


class ChangeEntryForm(EntryForm):
    """An entry as it was opened; a term is of a person alone."""

    version = NumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Actor, **kwargs: Any) -> None:
        told = {name: getattr(entry, name) for name in EntryGiven.__dataclass_fields__}
        super().__init__(*args, **{"initial": {**told, "version": entry.version}, **kwargs})
        if entry.kind != Actor.Kind.PERSON:
            del self.fields["term_ends_on"]


class ChannelForm(forms.Form):
    """How an entry is reached. Post has several lines."""

    kind = forms.ChoiceField(
        label=_("Way"), widget=forms.RadioSelect, error_messages={"required": _("Choose the way.")}
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Line by line as on an envelope, an e-mail address, or where and to whom it is handed."),
        max_length=600,
        widget=forms.Textarea({**TYPED, "rows": 5}),
        error_messages={"required": _("Write the address.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("channel_kind")()  # type: ignore[attr-defined]


class VerifyChannelForm(forms.Form):
    """That a second person tried the channel, on which day and through which other way."""

    on = DayField(label=_("Tried on"), error_messages={"required": _("Say on which day the channel was tried.")})
    how = forms.CharField(
        label=_("Through which second way"),
        help_text=_(
            "Such as “rang the switchboard, number from the printed list”. Never by asking the address itself."
        ),
        max_length=300,
        widget=forms.TextInput(TYPED),
        error_messages={"required": _("Say through which second way it was tried.")},
    )
