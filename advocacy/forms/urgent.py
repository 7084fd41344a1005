"""The one form of an alarm, and the small forms around a protective notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, NumberField
from advocacy.actions.alarm_facts import BEST_INTEREST, Alarm
from casework.models import Case
from directory.countries import country_choices
from directory.models import Recipient
from directory.vocabulary import label, terms
from materials.asks_used import needs_a_look
from materials.forms.materials import asks_field
from papers.composing.words import languages
from sealing.letters.hidden import without_hidden

WORDS = {"dir": "auto", "rows": 3}
LINE = {"dir": "auto", "autocomplete": "off"}
ALSO = ("CI_HEALTH", "CI_FAMILY", "CI_AFFIL", "CI_RELIGION", "CI_TORTURE", "CI_STATUS")
BASES = (
    (BEST_INTEREST, _("Nobody of them can be asked: best interest, for 72 hours")),
    ("CG_SELF", _("The person agreed")),
    ("CG_SELF_LAWYER", _("The person agreed, through the lawyer")),
    ("CG_FAMILY", _("The family agreed")),
)
QUESTIONS: dict[str, tuple[Any, Any]] = {
    "is_silence_not_wished": (
        _("No wish for silence is known"),
        _("A wish for silence is known, or you are not sure: then no notice goes out. Open the case without a notice."),
    ),
    "is_nobody_exposed": (
        _("It exposes no source and no relative"),
        _("Take out what could expose a source or a relative, then tick this. Else open the case without a notice."),
    ),
    "is_passing_on_known": (
        _("I looked whether each recipient passes the name on"),
        _("Look at each recipient: does it pass the name to the State that holds the person?"),
    ),
    "is_stoppable": (
        _("Somebody who reads this can stop it: I can, or a signer"),
        _("Somebody must be able to stop it. Ask a colleague to stay reachable, then tick this."),
    ),
}
MISSING: dict[str, Any] = {
    "name": _("Write the name, or a safe label and tick it."),
    "country": _("Choose the State that holds the person."),
    "last_seen": _("Write when, or that it is unknown."),
    "place": _("Write where, or that it is unknown."),
    "taken_by": _("Write who, or that it is unknown."),
    "danger": _("Say in a sentence what may happen."),
    "ask": _("Say the one thing a recipient can do."),
    "basis": _("Choose who agreed, or that nobody can be asked."),
    "told": _("Say who, how and when. Without this nothing may be sent."),
}
NEEDED_FOR_CASE = frozenset({"name", "country", "is_other_person"})


def recipient_in_words(row: Recipient) -> str:
    """Return a recipient as it stands beside its tick: who, which kind, and what it does with the name."""
    passing = _("passes the name to the holding State") if row.passes_name_on else _("keeps the name to itself")
    return f"{row.name}. {label('consent_audience', row.audience)}; {passing}."


def four_questions() -> dict[str, forms.Field]:
    """Return the four questions as ticks; one that is not ticked stops the notice with its sentence."""
    return {
        name: forms.BooleanField(label=words, error_messages={"required": refusal})
        for name, (words, refusal) in QUESTIONS.items()
    }


class FourForm(forms.Form):
    """The four questions again, for words that changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(four_questions())


class UrgentForm(forms.Form):
    """Eight answers and ticks. Unknown is an answer: write it. Nothing is ticked in advance."""

    name = forms.CharField(label=_("Name, or a safe label"), max_length=120, widget=forms.TextInput(LINE))
    is_label = forms.BooleanField(label=_("This is a safe label, not the name"), required=False)
    country = forms.ChoiceField(label=_("State that holds the person"))
    age = forms.CharField(label=_("Age, where known"), max_length=40, required=False, widget=forms.TextInput(LINE))
    nationality = forms.CharField(
        label=_("Nationality, where known"), max_length=80, required=False, widget=forms.TextInput(LINE)
    )
    last_seen = forms.CharField(
        label=_("When last seen"),
        max_length=120,
        help_text=_("As told: “today, about 19:00”."),
        widget=forms.TextInput(LINE),
    )
    place = forms.CharField(label=_("Where"), max_length=200, widget=forms.TextInput(LINE))
    taken_by = forms.CharField(
        label=_("Who took the person"),
        max_length=200,
        help_text=_("Unknown is an answer: write it."),
        widget=forms.TextInput(LINE),
    )
    danger = forms.CharField(label=_("The danger"), max_length=600, widget=forms.Textarea(WORDS))
    ask = forms.CharField(
        label=_("The one ask"),
        max_length=400,
        help_text=_("What the recipient can do tonight."),
        widget=forms.Textarea(WORDS),
    )
    told_by = forms.ChoiceField(
        label=_("Who told us of it"),
        required=False,
        help_text=_("This stays inside. The danger stands in the packet as a claim of this source, not checked yet."),
    )
    known_at = MomentField(
        label=_("Hour at which this was known"),
        required=False,
        help_text=_("It is printed, and the notice is valid for 72 hours from it. Left empty: now."),
    )
    may_be_named = forms.BooleanField(
        label=_("The person may be named to the authorities"),
        required=False,
        help_text=_(
            "It writes the handling line. Without this tick the notice asks not to name the person: can the ask be done so?"
        ),
    )
    basis = forms.ChoiceField(label=_("Who agreed"), choices=BASES, widget=forms.RadioSelect)
    told = forms.CharField(
        label=_("Who said so and how; or who was tried, when, and why nobody can be asked"),
        max_length=1000,
        help_text=_("This stays inside."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    also = forms.MultipleChoiceField(
        label=_("It also tells of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beside who and where."),
    )
    method = forms.ChoiceField(label=_("How they said it"), required=False)
    spoken = forms.CharField(label=_("In which language"), max_length=20, required=False, widget=forms.TextInput(LINE))
    explained = forms.CharField(
        label=_("What was explained to them"),
        max_length=400,
        required=False,
        help_text=_(
            "These three only where somebody agreed and it tells of health, ill-treatment, religion or family."
        ),
        widget=forms.Textarea(WORDS),
    )
    recipients = forms.MultipleChoiceField(
        label=_("Trusted recipients"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one recipient, or open the case without a notice.")},
    )
    language = forms.ChoiceField(label=_("Language of the headings"), initial="en", required=False)

    def __init__(
        self, *args: Any, namesakes: list[Case], case: Case | None = None, is_notice: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.trusted = {str(row.pk): row for row in Recipient.objects.approved().order_by("entered_at")}
        self._choices("country", [("", _("Choose a State")), *country_choices()])
        self._choices("also", [(code, terms("consent_item")[code].label) for code in ALSO])
        self._choices(
            "method", [("", _("Not said")), *((code, term.label) for code, term in terms("consent_method").items())]
        )
        told_by = [("", _("Not said")), *((code, term.label) for code, term in terms("source_type").items())]
        self._choices("told_by", told_by)
        self._choices("recipients", [(pk, recipient_in_words(row)) for pk, row in self.trusted.items()])
        self._choices("language", languages())
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = sentence
        self.fields.update(four_questions())
        if namesakes:
            self.fields["is_other_person"] = forms.BooleanField(
                label=_("It is another person"),
                error_messages={"required": _("Look at the possible twin first. If it is somebody else, tick this.")},
            )
        if case is not None:
            del self.fields["country"]
            if overtaken := needs_a_look([case]):
                self.fields["asks_make_sense"] = asks_field(overtaken)
                self.fields["asks_make_sense"].required = True
                self.fields["asks_make_sense"].error_messages["required"] = _(
                    "Look at what is recorded of the person first. If the ask makes sense all the same, tick this."
                )
        if not is_notice:
            for name, field in self.fields.items():
                field.required = field.required and name in NEEDED_FOR_CASE

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = without_hidden(value).strip()
        return cleaned

    def alarm(self) -> Alarm:
        """Return what was filled in."""
        said = self.cleaned_data
        return Alarm(
            name=said["name"],
            is_label=said["is_label"],
            country=self.case.country if self.case else said["country"],
            last_seen=said["last_seen"],
            place=said["place"],
            taken_by=said["taken_by"],
            danger=said["danger"],
            ask=said["ask"],
            basis=said["basis"],
            told=said["told"],
            method=said["method"],
            spoken=said["spoken"],
            explained=said["explained"],
            also=frozenset(said["also"]),
            recipients=tuple(self.trusted[pk] for pk in said["recipients"]),
            language=said["language"] or "en",
            age=said["age"],
            nationality=said["nationality"],
            known_at=said["known_at"],
            may_be_named=said["may_be_named"],
            told_by=said["told_by"],
            asks_make_sense=bool(said.get("asks_make_sense")),
        )


class NoticeSignForm(forms.Form):
    """Which text was read; and whether its reader also agrees that best interest may be presumed."""

    revision = NumberField(widget=forms.HiddenInput)
    mac = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agrees = forms.BooleanField(
        label=_("I also agree, as second person, to act in the person’s best interest for 72 hours"), required=False
    )

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_agree:
            del self.fields["agrees"]


class LookBackForm(forms.Form):
    """What the second person found when looking at a notice that was sent alone."""

    note = forms.CharField(
        label=_("What you found"),
        help_text=_("Was it right to send it, and is anything to be mended? It is kept with your name."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in one sentence what you found.")},
    )
