"""What an author answers: which text for whom, its words, and what it discloses beyond its claims."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.fields import DayField, NumberField, asked_where_needed
from casework.models import Ask, Case
from casework.models.aims import HELD, situation_of
from directory.vocabulary import choices, label, terms
from materials.actions.materials import StatedDisclosures
from materials.asks_used import needs_a_look
from materials.disclosures import items_of
from materials.leaving.addressees import readers_to_choose
from materials.models import Material
from papers.composing.length import count_words
from papers.composing.naming import Naming
from papers.composing.sections import find, is_sources
from papers.composing.words import direction, languages
from papers.kinds import registry
from papers.kinds.kind import Kind


class NewMaterialForm(forms.Form):
    """Which text, for whom, in which language, until when."""

    kind = forms.ChoiceField(
        label=_("What is written"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is written.")},
    )
    audience = forms.ChoiceField(
        label=_("For whom"),
        widget=forms.RadioSelect,
        help_text=_("Consent decides by this what may be printed. Publishing asks for the full gate."),
        error_messages={"required": _("Choose who will read it.")},
    )
    language = forms.ChoiceField(label=_("Language of the reader"))
    addressee = forms.ChoiceField(
        label=_("Whose asks a briefing carries"),
        required=False,
        help_text=_("A paper for one reader asks that reader. A page for supporters names every addressee."),
    )
    reader = forms.ChoiceField(
        label=_("To whom it is written"),
        required=False,
        help_text=_(
            "For a letter, a question or an appeal: address and salutation come from the directory. Nothing else takes them."
        ),
        error_messages={"invalid_choice": _("This entry is not in the directory any more. Choose another.")},
    )
    naming = forms.ChoiceField(
        label=_("How the text speaks of the person"),
        choices=Naming.choices,
        required=False,
        help_text=_("One choice for the whole text. Claims that would tell the name are left out with it."),
    )
    stop_on = DayField(label=_("Stop date"), required=False, help_text=_("After this day nobody acts on it any more."))

    def __init__(self, *args: Any, case: Case, others: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        situation = situation_of(case.status)
        offered = registry.fitting(situation)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.code, kind.name if situation in kind.made_for or situation == HELD else _not_first(kind))
            for kind in offered
        ]
        known = terms("consent_audience")
        audiences = dict.fromkeys(code for kind in offered for code in kind.audiences)
        self.fields["audience"].choices = [(code, known[code].label) for code in audiences]  # type: ignore[attr-defined]
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        asked = Ask.objects.present().filter(case=case).order_by("created_at")
        named = dict.fromkeys(row.to.strip() for row in asked if row.to)
        first = ("", _("The first whom the packet names"))
        self.fields["addressee"].choices = [first, *((name, name) for name in named)]  # type: ignore[attr-defined]
        self.readers = {str(row.pk): row for row in readers_to_choose()}
        nobody = ("", _("Nobody of the directory"))
        lines = ((key, row.line) for key, row in self.readers.items())
        self.fields["reader"].choices = [nobody, *lines]  # type: ignore[attr-defined]
        self.cases = {str(other.pk): other for other in others}
        self.case = case
        if self.cases:
            together = [(key, f"{other.codename} {other.reference}") for key, other in self.cases.items()]
            self.fields["also"] = forms.MultipleChoiceField(
                label=_("Also about"), choices=together, required=False, widget=forms.CheckboxSelectMultiple
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = registry.find(cleaned["kind"]) if cleaned.get("kind") else None
        audience = cleaned.get("audience")
        if kind and audience and audience not in kind.audiences:
            self.add_error("audience", _("This kind of text is not written for this audience."))
        if kind and kind.missing_stop_date and not cleaned.get("stop_on") and "stop_on" not in self.errors:
            self.add_error("stop_on", str(kind.missing_stop_date))
        cleaned["reader"] = self.readers.get(cleaned.get("reader", ""))
        cleaned["naming"] = cleaned.get("naming") or Naming.NAMED.value
        return cleaned

    def chosen_cases(self) -> list[Case]:
        """Return the cases the text will be about."""
        return [self.case, *(self.cases[key] for key in self.cleaned_data.get("also", ()))]


def asks_field(cases: list[Case]) -> forms.BooleanField:
    """Return the question whether the words ask nothing in vain of these people, who are not held any more."""
    told = [
        _("%(codename)s is recorded as “%(status)s”.")
        % {"codename": case, "status": label("detention_status", case.status)}
        for case in cases
    ]
    return forms.BooleanField(
        label=_("What the text asks makes sense all the same"),
        required=False,
        help_text=_("%(known)s Without this tick the text cannot go to review.") % {"known": " ".join(told)},
    )


def _not_first(kind: Kind) -> str:
    return _("%(kind)s (not the first choice: %(why)s)") % {"kind": kind.name, "why": kind.why_not_first}


class EditMaterialForm(forms.Form):
    """The words, section by section, and the one question that has no default."""

    version = NumberField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"), max_length=300, error_messages={"required": _("Write what the reader sees first.")}
    )

    def __init__(self, *args: Any, material: Material, cases: list[Case], **kwargs: Any) -> None:
        self.material, self.cases = material, cases
        super().__init__(*args, **{"initial": self.stored(), **kwargs})
        attributes = {"class": "words", "lang": material.language, "dir": direction(material.language)}
        self.fields["title"].widget.attrs.update({"lang": material.language, "dir": "auto"})
        self.sections = [
            row for row in material.body or [] if not (is_sources(row["code"]) or registry.is_title(row["code"]))
        ]
        for row in self.sections:
            known = find(row["code"])
            self.fields[self.name_of(row["code"])] = forms.CharField(
                label=row["heading"],
                required=False,
                strip=False,
                help_text=_words_of(row["code"], self._typed(row)),
                widget=forms.Textarea(
                    attrs={**attributes, "rows": max(2, min(12, row["text"].count("\n") + 2 + len(row["text"]) // 90))}
                ),
            )
            if known and known.is_required:  # it may stay empty in a draft; sending to review asks for it
                asked_where_needed(self.fields[self.name_of(row["code"])])
        self.fields["stop_on"] = DayField(label=_("Stop date"), required=False)
        for case in cases:
            self.fields[f"items-{case.pk}"] = self._items(case)
        self.fields["is_nothing_further"] = forms.BooleanField(label=_("Nothing further is disclosed"), required=False)
        if overtaken := needs_a_look(cases):
            self.fields["asks_make_sense"] = asks_field(overtaken)

    def _typed(self, row: dict[str, str]) -> str:
        """Return the words that stand in the box: those just typed, else those saved."""
        return str(self.data.get(self.add_prefix(self.name_of(row["code"])), row["text"]))

    def _items(self, case: Case) -> forms.MultipleChoiceField:
        words = (
            _("What else does the text disclose?")
            if len(self.cases) == 1
            else _("What else does it disclose of %(codename)s?") % {"codename": case}
        )
        return forms.MultipleChoiceField(
            label=words,
            choices=choices("consent_item")(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=self._counted(case),
        )

    def _counted(self, case: Case) -> str:
        """Say what is counted already, because the claims and the facts from the packet disclose it."""
        own = set((self.material.withheld or {}).get("own", {}).get(str(case.pk), []))
        counted = sorted(items_of(self.material).get(case.pk, frozenset()) - own)
        if not counted:
            return str(_("Tick what your own words disclose."))
        words = ", ".join(label("consent_item", item).lower() for item in counted)
        return str(_("Counted already: %(items)s. Tick what your own words add.") % {"items": words})

    @staticmethod
    def name_of(code: str) -> str:
        """Return the name of the box of a section."""
        return "text-" + code.replace(".", "-")

    def stored(self) -> dict[str, Any]:
        """Return what is saved now, as the boxes hold it."""
        kept = self.material.withheld or {}
        found: dict[str, Any] = {
            "version": self.material.version,
            "title": self.material.title,
            "stop_on": self.material.stop_on,
        }
        found |= {self.name_of(row["code"]): row["text"] for row in self.material.body or []}
        found |= {f"items-{case.pk}": kept.get("own", {}).get(str(case.pk), []) for case in self.cases}
        return {**found, "is_nothing_further": kept.get("is_nothing_further", False)}

    @property
    def asks_make_sense(self) -> bool:
        """Say whether the author ticked that the words ask nothing in vain; they are asked anew at each saving."""
        return bool(self.cleaned_data.get("asks_make_sense"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ticked = any(cleaned.get(f"items-{case.pk}") for case in self.cases)
        if cleaned.get("is_nothing_further") and ticked:
            raise ValidationError(_("You ticked an item and “nothing further”. Only one of them can be true."))
        return cleaned

    def texts(self) -> dict[str, str]:
        """Return the words by section."""
        return {
            row["code"]: self.cleaned_data[self.name_of(row["code"])].replace("\r\n", "\n") for row in self.sections
        }

    def told(self) -> StatedDisclosures:
        """Return what the author says the text discloses beyond its claims."""
        items: dict[uuid.UUID, frozenset[str]] = {
            case.pk: frozenset(self.cleaned_data[f"items-{case.pk}"]) for case in self.cases
        }
        return StatedDisclosures(items, self.cleaned_data["is_nothing_further"])


def _words_of(code: str, typed: str) -> str:
    """Return how many words stand in a section, of about how many that it may take."""
    section = find(code)
    if section is None or section.words is None:
        return ""
    count = count_words(typed)
    told = ngettext("%(count)s of about %(words)s word.", "%(count)s of about %(words)s words.", section.words) % {
        "count": count,
        "words": section.words,
    }
    over = count - section.words
    if over <= 0:
        return told
    return f"{told} {ngettext('%(over)s word too many.', '%(over)s words too many.', over) % {'over': over}}"
