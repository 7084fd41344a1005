"""Forms for sources, claims, what checks them, and the citations between."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.evidence.naming import NAMED_BY_ITS_WORDS
from casework.evidence.source_numbers import numbered_sources
from casework.forms.dates import ImpreciseDateField
from casework.forms.scripts import ScriptsField
from casework.forms.versioned import RowForm
from casework.models import Citation, Claim, Source, TimelineEvent
from directory.dates import in_words
from directory.vocabulary import choices

LINES = forms.Textarea(attrs={"rows": 3})


class SourceForm(RowForm):
    """A source, without who it is: that stands on a page of its own."""

    on = ImpreciseDateField(label=_("Date of the source"), required=False)
    link = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Printed only for a source on the record. Without a name of somebody who must be protected in it."),
        error_messages={"invalid": _("Write a whole address, such as https://example.org/report.")},
    )
    seen_on = ImpreciseDateField(label=_("Day on which it was seen there"), required=False)

    class Meta:
        model = Source
        fields = ["title", "kind", "on", "reliability", "secrecy", "attribution", "link", "seen_on", "is_general"]
        help_texts = {
            "title": _("No name of somebody who must be protected. That stands apart, under “who the source is”."),
            "reliability": _("A new source starts at F. Grade the source, not what it says."),
            "attribution": _(
                "For example “a witness”: what the list of sources prints, and who a weak claim is according to. On the"
                " record or as background it is needed; the title above is never printed."
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("secrecy") in NAMED_BY_ITS_WORDS and not cleaned.get("attribution"):
            self.add_error("attribution", _("Write by which words it may be named outside, or leave it not decided."))
        if cleaned.get("seen_on") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("link", _("A day is given on which it was seen. Write where."))
        return cleaned


class SourceIdentityForm(RowForm):
    """Who the source is."""

    formless_in = ScriptsField()

    class Meta:
        model = Source
        fields = ["identity", "formless_in"]
        widgets = {"identity": LINES}


class SourceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """The sources of a case by number and title."""

    numbers: dict[Any, int]

    def label_from_instance(self, source: Any) -> str:
        return f"S{self.numbers[source.pk]} {source.title} ({source.reliability})"


def sources_of(form: RowForm, field: str) -> None:
    """Offer the present sources of the form's case in their order."""
    choice = form.fields[field]
    choice.numbers = numbered_sources(form.case)  # type: ignore[attr-defined]
    choice.queryset = Source.objects.filter(case=form.case).present().order_by("created_at", "pk")  # type: ignore[attr-defined]


class EventChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """An event by its date and words."""

    def label_from_instance(self, obj: TimelineEvent) -> str:
        """Return the date as far as it is known, and what happened."""
        return f"{in_words(obj.on)}: {obj.event}" if obj.on else str(obj.event)


class ClaimForm(RowForm):
    """One sentence, and what printing it would disclose."""

    on = ImpreciseDateField(label=_("Date it speaks of"), required=False)
    items = forms.MultipleChoiceField(
        label=_("What it would disclose if it were printed"),
        choices=choices("consent_item"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Claim
        fields = ["text", "use", "on", "discloses_nothing"]
        widgets = {"text": LINES}
        labels = {"discloses_nothing": _("It discloses no personal item")}
        help_texts = {
            "text": _("One sentence that is true or not. Two facts are two claims."),
            "discloses_nothing": _(
                "Nothing ticked above is no answer: until you tick this or an item, the claim prints nowhere."
            ),
        }

    field_order = ["text", "use", "on", "items", "discloses_nothing"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = True
        if not self.instance._state.adding:
            self.fields["items"].initial = [row.item for row in self.instance.items.all()]

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that says both."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("items") and cleaned.get("discloses_nothing"):
            raise ValidationError({"discloses_nothing": _("Items are ticked above. Untick them, or untick this.")})
        return cleaned


class NewClaimForm(ClaimForm):
    """A claim with its first source, and the event of the timeline that it proves."""

    source = SourceChoice(label=_("Source that supports it"), queryset=Source.objects.none(), required=False)
    event = EventChoice(
        label=_("Event of the timeline that it proves"), queryset=TimelineEvent.objects.none(), required=False
    )
    field_order = ["text", "source", *ClaimForm.field_order[1:], "event"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sources_of(self, "source")
        rows = TimelineEvent.objects.present().filter(case=self.case, claim=None)
        self.fields["event"].queryset = rows  # type: ignore[attr-defined]


class VerifyForm(RowForm):
    """How far the claim was checked."""

    credibility = forms.TypedChoiceField(
        label=_("Credibility of the claim"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Grade what is said, apart from who says it."),
    )

    class Meta:
        model = Claim
        fields = ["status", "credibility"]
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grades = [(code, f"{code}: {words}") for code, words in choices("info_credibility")()]
        self.fields["credibility"].choices = [("", _("Not graded")), *grades]  # type: ignore[attr-defined]


class CitationForm(RowForm):
    """A source under a claim."""

    source = SourceChoice(label=_("Source"), queryset=Source.objects.none())

    class Meta:
        model = Citation
        fields = ["source", "kind", "place"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": _("It")}
        help_texts = {"place": _("Page, paragraph, minute: where in the source it stands.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sources_of(self, "source")
        if self.instance._state.adding:
            cited = (
                Citation.objects.filter(claim=self.instance.claim_id).present().values("source")
                if self.instance.claim_id
                else ()
            )
            self.fields["source"].queryset = self.fields["source"].queryset.exclude(pk__in=cited)  # type: ignore[attr-defined]
        else:
            del self.fields["source"]
