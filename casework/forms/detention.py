"""Spells of detention, places over time, charges."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from casework.custody import day_words
from casework.forms.cases import status_choices
from casework.forms.dates import ImpreciseDateField
from casework.forms.versioned import RowForm
from casework.models import Charge, Claim, Detention, Place
from directory import dates
from directory.vocabulary import label

NO_CLAIM = _("None: it stands as ours")


def offer_claims(form: RowForm, *names: str) -> None:
    """Offer the claims of the case as those that say a fact; a case without any is not asked. One query for all."""
    own = Claim.objects.filter(case=form.case).present()
    choices = [("", NO_CLAIM), *((str(row.pk), f"{row.number}. {row.text}") for row in own.order_by("number"))]
    for name in names:
        field: Any = form.fields[name]
        field.queryset, field.choices = own, choices
        field.help_text = _("On a paper the numbers of its sources stand behind this fact.")
        if len(choices) == 1:
            del form.fields[name]


class SpanForm(RowForm):
    """A row with a first and a last date."""

    first, last = "since", "until"

    def clean(self) -> dict[str, Any]:
        """The end cannot lie before the beginning, as far as both are known."""
        given = super().clean() or {}
        begins, ends = dates.earliest(given.get(self.first)), dates.latest(given.get(self.last))
        if begins and ends and ends < begins:
            self.add_error(self.last, _("This lies before the first date. Look at both again."))
        return given


class DetentionForm(SpanForm):
    """One spell of detention."""

    first, last = "started", "ended"
    columns = {"outcome": "case.status"}  # a ClassVar of MarkedForm
    started = ImpreciseDateField(label=_("Held since"), required=False)
    ended = ImpreciseDateField(label=_("Until"), required=False, help_text=_("Leave empty while the person is held."))
    term_ends = ImpreciseDateField(
        label=_("Term ends on"),
        required=False,
        help_text=_(
            "The day to which the sentence or the order runs. The person counts as held until “Until” is filled."
        ),
    )

    outcome = forms.ChoiceField(
        label=_("Status of the person now"),
        required=False,
    )

    class Meta:
        model = Detention
        fields = [
            "started", "taken_at", "arrest_claim", "taken_by", "circumstances", "warrant", "legal_basis", "basis_kind",
            "authority", "acknowledged", "counsel", "contact_allowed", "term_ends", "ended", "ending",
        ]  # fmt: skip
        widgets = {"circumstances": forms.Textarea({"rows": 4})}
        labels = {"arrest_claim": _("Claim that says when and where the person was taken")}
        help_texts = {
            "taken_at": _("As it may stand in a paper, such as the town. Where nobody knows, leave it empty."),
            "warrant": _(
                "Yes or no, by whom, and what it said. Where nobody knows, leave it empty and record “unknown”."
            ),
            "authority": _("Who holds the person now."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_claims(self, "arrest_claim")
        for name in ("basis_kind", "acknowledged", "counsel", "contact_allowed"):
            choices = [pair for pair in self.fields[name].choices if pair[0]]  # type: ignore[attr-defined]
            self.fields[name].choices = [("", _("Not written down")), *choices]  # type: ignore[attr-defined]
        self.fields["outcome"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            _("Needed when the detention ends or opens again: released, died, escaped, arrested again."),
            reverse("casework:fate", args=[self.case.reference]),
            _("Record what happened to the person"),
        )
        stays = _("As it is: %(status)s") % {"status": label("detention_status", self.case.status)}
        self.fields["outcome"].choices = [("", stays), *status_choices()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was typed for the spell, and the status that follows from it."""
        return {**super().values(), "outcome": self.cleaned_data.get("outcome", "")}

    def clean(self) -> dict[str, Any]:
        """Refuse a new spell of which nothing is said: the packet would take it for known."""
        given = super().clean()
        if (
            self.instance._state.adding
            and not self.errors
            and not any(given.get(name) for name in self._meta.fields or ())
        ):
            self.add_error(
                "started", _("Write at least one thing that is known, such as the year or who took the person.")
            )
        return given


class PlaceForm(SpanForm):
    """Where the person was held from one date to the next."""

    since = ImpreciseDateField(label=_("From"), required=False)
    until = ImpreciseDateField(
        label=_("To"), required=False, help_text=_("Leave empty if the person is there now, or nobody knows.")
    )

    class Meta:
        model = Place
        fields = ["place", "since", "until", "claim"]
        labels = {"claim": _("Claim that says so")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_claims(self, "claim")
        self.fields["place"].required = True


class ChargeForm(RowForm):
    """A charge with its court and outcome."""

    charged_on = ImpreciseDateField(label=_("Date of the charge"), required=False)
    tried_on = ImpreciseDateField(label=_("Trial, from and to"), required=False)
    sentenced_on = ImpreciseDateField(label=_("Date of the sentence"), required=False)

    class Meta:
        model = Charge
        fields = [
            "law", "charged_on", "charge_claim", "court", "tried_on", "trial_place", "trial_claim", "judge",
            "case_number", "verdict", "sentence", "sentenced_on", "sentence_claim",
        ]  # fmt: skip
        labels = {
            "charge_claim": _("Claim that says the charge"),
            "trial_claim": _("Claim that says the trial"),
            "sentence_claim": _("Claim that says the sentence"),
        }
        help_texts = {
            "case_number": _("It names the person: only those who may see the identity see it."),
            "trial_place": _("Where the court sat, such as the town."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_claims(self, "charge_claim", "trial_claim", "sentence_claim")
        self.fields["law"].required = True


def spell_choice(form: Any, spells: list[Detention]) -> Any:
    """Ask to which spell of detention a new row belongs, where there are several; the latest is proposed."""
    if len(spells) > 1:
        labels = [(str(row.pk), _("held since %(date)s") % {"date": day_words(row.started)}) for row in spells]
        choice = forms.ChoiceField(label=_("Which detention"), choices=labels, initial=labels[-1][0])
        form.fields = {"spell": choice, **form.fields}
    return form
