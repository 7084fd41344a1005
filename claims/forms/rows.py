"""A row of the table of claims: the sentence, when, its sources, the ruling, and what it discloses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.widgets import QuickHidden, QuickSelect, QuickText, QuickTick, QuickTicks
from casework.forms.dates import WordedDateField
from casework.models import Case, Citation, Claim, Source
from claims.forms.sources import NewSourceForm
from claims.forms.touched import TableRowForm, plain
from directory.compared import ComparedAnswer, of_lists
from directory.vocabulary import choices, label

NEW = "new"


@dataclass(frozen=True)
class SourcesOffered:
    """What each row offers: the present sources by their numbers, and the empty rows whose new source may be shared."""

    sources: Mapping[int, Source]
    empty: Sequence[str] = ()

    def choices(self) -> list[tuple[str, str]]:
        """Return the choices of *Add a source*."""
        named = [(f"s{number}", f"S{number} {source.title}") for number, source in self.sources.items()]
        shared = [
            (f"{NEW}-{prefix}", _("The new one of empty row %(number)s") % {"number": prefix[1:]})
            for prefix in self.empty
        ]
        return [("", _("Add a source …")), *named, (NEW, _("A new one, written here")), *shared]


@dataclass(frozen=True)
class Chip:
    """A source that stands under the claim."""

    number: int
    cited: Citation
    kind_in_words: str
    keep: BoundField
    kind: BoundField
    place: BoundField


class ClaimRowForm(TableRowForm):
    """One sentence with everything that decides whether it prints."""

    on = WordedDateField(label=gettext_lazy("When"), required=False)
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Discloses"), choices=choices("consent_item"), required=False, widget=QuickTicks
    )
    credibility = forms.TypedChoiceField(
        label=gettext_lazy("How credible"), coerce=int, empty_value=None, required=False, widget=QuickSelect
    )
    add = forms.ChoiceField(label=gettext_lazy("Add a source"), required=False, widget=QuickSelect)
    add_kind = forms.ChoiceField(
        label=gettext_lazy("The source that is added"),
        choices=Citation.Kind,
        initial="supports",
        required=False,
        widget=QuickSelect,
    )
    event = forms.UUIDField(required=False, widget=QuickHidden)

    class Meta:
        model = Claim
        fields = ["text", "use", "on", "status", "credibility", "discloses_nothing"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "use": QuickSelect,
            "status": QuickSelect,
            "discloses_nothing": QuickTick,
        }
        labels = {
            "text": gettext_lazy("Sentence"),
            "status": gettext_lazy("Ruling"),
            "use": gettext_lazy("What it is"),
            "discloses_nothing": gettext_lazy("No personal item"),
        }

    def __init__(self, *args: Any, case: Case, offered: SourcesOffered, may_rule: bool = True, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        self.offered = offered
        self.cited = {} if self.instance._state.adding else self._cited()
        self.fields["text"].required = True
        self.fields["add"].choices = offered.choices()  # type: ignore[attr-defined]
        grades = [(code, f"{code} {words}") for code, words in choices("info_credibility")()]
        self.fields["credibility"].choices = [("", _("Not graded")), *grades]  # type: ignore[attr-defined]
        if self.instance._state.adding:
            fresh = [choice for choice in Claim.Status.choices if choice[0] != Claim.Status.STALE]
            self.fields["status"].choices = fresh  # type: ignore[attr-defined]
        else:
            self.initial["items"] = [row.item for row in self.instance.items.all()]
        if not may_rule:
            del self.fields["status"]
            if self.instance.status not in {Claim.Status.NEW, Claim.Status.STALE}:
                del self.fields["credibility"]
        for name in ("status", "credibility"):
            if self.is_bound and not self.instance._state.adding and self.add_prefix(name) not in self.data:
                self.fields.pop(name, None)  # it was not asked when the row was opened: nobody took the ruling away
        self._add_chips()
        self._name_each()
        self.new = NewSourceForm(
            self.data if self.is_bound else None, case=case, instance=Source(case=case), prefix=f"{self.prefix}-new"
        )
        beside = "-".join(f"{number}:{cited.version}" for number, cited in self.cited.items())
        self.remember(beside)

    def _cited(self) -> dict[int, Citation]:
        """Return the present citations by the numbers of their sources."""
        numbers = {source.pk: number for number, source in self.offered.sources.items()}
        rows = [row for row in self.instance.citations.all() if row.removed_at is None and row.source_id in numbers]
        return dict(sorted((numbers[row.source_id], row) for row in rows))

    def _add_chips(self) -> None:
        """Ask for each source that stood in the row when it was opened: one that came meanwhile is not dropped unseen."""
        if self.is_bound:
            opened = self.opened_beside
            self.cited = {number: row for number, row in self.cited.items() if number in opened}
        for number, row in self.cited.items():
            self.fields[f"keep_{number}"] = forms.BooleanField(
                required=False, initial=True, widget=QuickTick, label=f"S{number}"
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                choices=Citation.Kind, initial=row.kind, widget=QuickSelect, label=f"S{number}"
            )
            self.fields[f"place_{number}"] = forms.CharField(
                required=False,
                initial=row.place or "",
                widget=QuickText,
                label=_("Place in S%(number)s") % {"number": number},
            )

    def _name_each(self) -> None:
        """Give each box a name of its own for who hears the page."""
        number = self.instance.number or (self.prefix or "n1")[1:]
        row = _("claim %(number)s") if self.instance.number else _("empty row %(number)s")
        for name in ("text", "use", "on", "status", "credibility", "add", "add_kind"):
            if name in self.fields:
                words = f"{self.fields[name].label}, {row % {'number': number}}"
                self.fields[name].widget.attrs["aria-label"] = words

    @property
    def said_at(self) -> Mapping[str, str]:
        """Sentence and date are what a paper prints of a claim."""
        return dict.fromkeys(("text", "on"), f"{self.prefix}-out")

    @property
    def chips(self) -> list[Chip]:
        """Return the sources of the row as they are drawn."""
        return [
            Chip(
                number,
                row,
                label("source_type", row.source.kind),
                self[f"keep_{number}"],
                self[f"kind_{number}"],
                self[f"place_{number}"],
            )
            for number, row in self.cited.items()
        ]

    @property
    def discloses(self) -> str:
        """Return the items that stand in the row, in words, for the fold that holds them."""
        named = [label("consent_item", item) for item in self["items"].value() or ()]
        nothing = _("No personal item") if self["discloses_nothing"].value() else ""
        return " · ".join(named) or nothing

    @property
    def is_adding_new(self) -> bool:
        """Say whether a new source is written beneath the row."""
        return str(self["add"].value() or "") == NEW

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Tell of a ruling that is another's meanwhile, and of sources that a colleague took off."""
        gone = [number for number in self.opened_beside if number not in self.cited] if self.is_bound else []
        names = [f"{name}_{number}" for number in gone for name in ("kind", "place")]
        for name in (*names, "status", "credibility"):
            yield name, plain(self.data.get(self.add_prefix(name)))
        for number in gone:
            yield f"keep_{number}", str(self.add_prefix(f"keep_{number}") in self.data or "")

    def is_valid(self) -> bool:
        """Say whether the row, and the new source where one was asked for, is whole."""
        return all([super().is_valid(), not self.is_adding_new or self.new.is_valid()])

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that says both, and a source that stands under the claim already."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("items") and cleaned.get("discloses_nothing"):
            raise ValidationError({"discloses_nothing": _("Items are ticked above. Untick them, or untick this.")})
        number = re.fullmatch(r"s(\d+)", cleaned.get("add") or "")
        if number and cleaned.get(f"keep_{number[1]}"):
            self.add_error("add", _("S%(number)s stands under this claim already.") % {"number": number[1]})
        return cleaned

    def compared_beside(self, saved: Claim) -> Iterator[ComparedAnswer]:
        """Return the sources that stand under the claim now and those that this row would leave under it."""
        numbers = {source.pk: number for number, source in self.offered.sources.items()}
        cited = [row for row in saved.citations.all() if row.removed_at is None and row.source_id in numbers]
        stored = {numbers[row.source_id]: (row.kind, row.place) for row in cited}
        typed = dict(stored)
        for number in self.opened_beside:
            typed.pop(number, None)
            if self.cleaned_data.get(f"keep_{number}"):
                typed[number] = (self.cleaned_data[f"kind_{number}"], self.cleaned_data[f"place_{number}"])
        words = [[self._source_in_words(*one) for one in sorted(told.items())] for told in (stored, typed)]
        if added := self.cleaned_data.get("add"):
            words[1].append(dict(self.fields["add"].choices)[added])  # type: ignore[attr-defined]
        yield of_lists(_("Sources"), *words)

    def _source_in_words(self, number: int, told: tuple[str, str | None]) -> str:
        kind, place = told
        source = self.offered.sources[number]
        said = {"number": number, "title": source.title or label("source_type", source.kind), "place": place or ""}
        words = _("S%(number)s %(title)s (%(kind)s)") % {**said, "kind": Citation.Kind(kind).label}
        return _("%(source)s, at %(place)s") % {"source": words, "place": place} if place else words

    @property
    def own_values(self) -> dict[str, Any]:
        """Return what goes to the verb that writes the sentence; the ruling is a verb of its own."""
        return {name: self.cleaned_data[name] for name in ("text", "use", "on", "discloses_nothing")}

    @property
    def ruling(self) -> tuple[str, int | None] | None:
        """Return the ruling that was chosen, None where nothing else was chosen than what stood there."""
        stood = (self.initial.get("status") or Claim.Status.NEW, self.initial.get("credibility"))
        if "credibility" not in self.fields:
            return None
        chosen = (self.cleaned_data.get("status") or stood[0], self.cleaned_data["credibility"])
        return None if chosen == stood else chosen
