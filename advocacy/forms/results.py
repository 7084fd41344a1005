"""Forms of results: a target and its figures, an outcome, and why something is withdrawn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField, NumberField
from advocacy.actions.results import is_proved
from advocacy.models import OfficeTarget, Outcome, Target
from advocacy.models.results import HARMS, MOST_WANTED, WORSE
from casework.evidence.source_numbers import numbered_sources
from casework.forms.dates import ImpreciseDateField
from casework.forms.versioned import RowForm
from casework.models import Claim, Source
from directory.countries import country_choices
from directory.vocabulary import choices, terms

CHOOSE = {
    "required": _("Choose one of the answers in the list."),
    "invalid_choice": _("Choose one of the answers in the list."),
}
NUMBER = {
    "required": _("Write how many."),
    "min_value": _("Write a number from 1 to 500."),
    "max_value": _("Write a number from 1 to 500."),
}
PROOF = _("“Strong” and “some” need evidence and one other cause; without them it is kept as unknown.")
Words = str | Promise


def outcome_choices() -> list[tuple[Words, Any]]:
    """Return what may change for a person: what is hoped for, and what harms."""
    labels = {code: term.label for code, term in terms("outcome_type").items()}
    hoped = [(code, label) for code, label in labels.items() if code not in HARMS]
    return [
        ("", _("Choose what")),
        (_("Changes"), hoped),
        (_("Harms"), [(code, labels[code]) for code in HARMS]),
    ]


def hoped_choices() -> list[tuple[str, Words]]:
    """Return what one may hope for: no harm, and not that nothing changes."""
    found = terms("outcome_type").items()
    hoped = [(code, term.label) for code, term in found if code not in {*HARMS, "OU_NOCHANGE"}]
    return [("", _("Choose what")), *hoped]


class HowManyForm(forms.Form):
    """How many."""

    wanted = NumberField(label=_("How many"), min_value=1, max_value=MOST_WANTED, error_messages=NUMBER)


class TargetForm(HowManyForm):
    """What is hoped for in a case: what, how many, by when."""

    what = forms.ChoiceField(label=_("What you hope for"), choices=hoped_choices, error_messages=CHOOSE)
    by = DayField(label=_("By when"), error_messages={"required": _("Choose a day.")})
    counts_from = DayField(
        label=_("Counts from"),
        required=False,
        help_text=_("Outcomes of an earlier day do not count. Empty: from today."),
    )
    track = forms.ChoiceField(
        label=_("Track"),
        required=False,
        help_text=_("With a track, only outcomes that this track brought count."),
        error_messages=CHOOSE,
    )
    field_order = ["what", "wanted", "by", "counts_from", "track"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tracks: Any = self.fields["track"]
        tracks.choices = [("", pgettext_lazy("track", "Any")), *choices("track")()]

    def given(self) -> dict[str, Any]:
        """Return what the verb takes."""
        said = dict(self.cleaned_data)
        said["counts_from"] = said["counts_from"] or min(timezone.localdate(), said["by"])
        return said


class OpenedOnForm(forms.Form):
    """What every form about a target carries: which version it was opened on."""

    version = NumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Target | OfficeTarget, **options: Any) -> None:
        self.row = row
        options.setdefault("initial", {}).update(version=row.version)
        super().__init__(*args, **options)

    def given(self) -> dict[str, Any]:
        """Return what the verb takes; a version that was not sent is one that nobody has."""
        return self.cleaned_data | {"version": self.cleaned_data.get("version") or 0}

    def open_on(self, version: int) -> None:
        """Keep what was typed, over the version that is stored now: saving again is a choice, no accident."""
        sent: Any = self.data
        typed = sent.copy()
        typed["version"] = str(version)
        self.data = typed


class AdjustTargetForm(HowManyForm, OpenedOnForm):
    """Another figure for a target, with the reason."""

    by = DayField(label=_("By when"), error_messages={"required": _("Choose a day.")})
    reason = forms.CharField(
        label=_("Why it is adjusted"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The earlier figure stays beside it."),
        error_messages={"required": _("Say why the target is adjusted.")},
    )
    field_order = ["version", "wanted", "by", "reason"]


class AdjustOfficeTargetForm(AdjustTargetForm):
    """Another figure for a target of the office, with the reason; its year stays."""

    by = None  # type: ignore[assignment]


class JudgeTargetForm(OpenedOnForm):
    """How a target went, and why."""

    verdict = forms.ChoiceField(
        label=_("How it went"), widget=forms.RadioSelect, choices=Target.Verdict.choices, error_messages=CHOOSE
    )
    words = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It is said once and stays."),
        error_messages={"required": _("Say why, in one sentence.")},
    )


class OfficeTargetForm(HowManyForm):
    """What the office hopes for in a year, in one country or in all."""

    what = forms.ChoiceField(label=_("What you hope for"), choices=hoped_choices, error_messages=CHOOSE)
    year = NumberField(
        label=_("Year"),
        min_value=1990,
        max_value=2100,
        error_messages={
            "required": _("Write a year of four figures."),
            "min_value": _("Write a year of four figures."),
            "max_value": _("Write a year of four figures."),
        },
    )
    country = forms.ChoiceField(label=_("Country"), required=False, error_messages=CHOOSE)
    field_order = ["what", "wanted", "year", "country"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["country"]
        field.choices = [("", _("All countries")), *country_choices()]


class OutcomeForm(RowForm):
    """What changed for the person, what our part was, who else acted. A harm is asked with the same questions."""

    on = ImpreciseDateField(label=_("When"))

    class Meta:
        model = Outcome
        fields = [
            "what", "on", "words", "effect", "part", "claim", "source", "other_cause", "who_else", "track", "visibility",
            "answer",
        ]  # fmt: skip
        widgets = {
            **{
                name: forms.Textarea(attrs={"rows": 2, "dir": "auto"}) for name in ("other_cause", "who_else", "answer")
            },
            "words": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "part": forms.RadioSelect,
        }
        help_texts = {
            "part": PROOF,
            "effect": _("A harm is recorded like any other outcome, and shown at the same size."),
            "other_cause": _("What else may have brought it: an election, a lawyer’s motion, an amnesty."),
            "who_else": _("Lawyers, embassies, other organisations, the family."),
            "visibility": _("What it did that the case was seen in public."),
            "answer": _("For a harm: what was stopped or changed."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        what: Any = self.fields["what"]
        what.choices = outcome_choices()
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = _("Say what happened.")
        for name in ("what", "effect", "part"):
            self.fields[name].error_messages |= CHOOSE
        for name in ("effect", "visibility"):
            field: Any = self.fields[name]
            field.choices = [pair for pair in field.choices if pair[0]]
        if not self.initial.get("effect"):
            self.initial["effect"] = "IM_U"
        self._offer_evidence()
        self._say_what_is_missing()

    def clean(self) -> dict[str, Any]:
        """Keep our part as it is proved, and refuse a harm whose effect is not for the worse."""
        said = super().clean() or self.cleaned_data
        if said.get("what") in HARMS and said.get("effect") not in WORSE:
            self.add_error("effect", _("This is a harm. Say how strong it was: moderate or strong."))
        self.is_lowered = said.get("part") in Outcome.OURS and not is_proved(said)
        if self.is_lowered:
            said["part"] = Outcome.Part.UNKNOWN.value
        return said

    def _offer_evidence(self) -> None:
        """Offer claims by number and words, and sources by number and title, never by who they are."""
        numbers = numbered_sources(self.case)
        sources = Source.objects.filter(case=self.case).present().order_by("created_at", "pk")
        claims = Claim.objects.filter(case=self.case).present().order_by("number")
        self._offer("claim", claims, [(str(row.pk), f"{row.number}. {row.text}") for row in claims])
        titles = sources.defer("identity", "attribution", "link", "reliability_reason", "formless_in")
        self._offer("source", sources, [(str(row.pk), f"S{numbers[row.pk]}. {row.title or ''}") for row in titles])

    def _offer(self, name: str, rows: Any, pairs: Sequence[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.queryset, field.choices = rows, [("", pgettext_lazy("evidence", "None")), *pairs]
        field.error_messages["invalid_choice"] = _("This evidence is not in the packet of the case.")
        if not pairs:
            del self.fields[name]

    def _say_what_is_missing(self) -> None:
        """Say beside our part why it is unknown, where something is missing to say more."""
        row = self.instance
        if not row._state.adding and row.part == Outcome.Part.UNKNOWN and (words := missing_words(row)):
            self.fields["part"].help_text = f"{words} {gettext(str(PROOF))}"


class WithdrawOutcomeForm(forms.Form):
    """Why an outcome is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("It stays readable on the page, with this reason, and counts no more."),
        error_messages={"required": _("Say why it is withdrawn.")},
    )


def missing_words(row: Outcome) -> str:
    """Return what lacks before our part in an outcome can be more than unknown; empty where nothing does."""
    has_evidence, has_cause = bool(row.claim_id or row.source_id), bool(row.other_cause)
    if has_evidence and has_cause:
        return ""
    if has_evidence:
        return gettext("No other cause is named.")
    if has_cause:
        return gettext("No evidence is named.")
    return gettext("Neither evidence nor another cause is named.")
