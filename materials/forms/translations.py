"""The lines of a translation, sent together: a field for each original, and ticks for whoever signs."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NumberField, asked_where_needed
from casework.actions.translations import Line, field_of
from casework.models import Translation
from casework.translating.originals import Original
from sealing.letters.languages import direction_of_language, language_name

MOST = 4000


class TranslationForm(forms.Form):
    """One field for each original; beside it which version was opened and what the original said then."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        language: str,
        originals: Sequence[Original],
        stored: Mapping[tuple[str, uuid.UUID], Translation],
    ) -> None:
        super().__init__(data)
        self.originals = {field_of(*one.key): one for one in originals}
        attrs = {"rows": 2, "class": "words", "lang": language, "dir": direction_of_language(language)}
        for name, original in self.originals.items():
            before = stored.get(original.key)
            self.fields[name] = forms.CharField(
                label=_("%(what)s in %(language)s") % {"what": original.label, "language": language_name(language)},
                required=False,
                max_length=MOST,
                widget=forms.Textarea(dict(attrs)),
                initial=(before.text or "") if before else "",
            )
            asked_where_needed(self.fields[name])
            self.fields[f"version-{name}"] = NumberField(
                required=False, widget=forms.HiddenInput, initial=before.version if before else 0
            )
            self.fields[f"read-{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=original.mac.hex()
            )
            if before and not before.is_of(original.words):
                self.fields[f"right-{name}"] = forms.BooleanField(
                    label=_("It still says the same as the original"), required=False
                )

    def lines(self) -> list[Line]:
        """Return what was typed, a line for each original that was on the page."""
        typed = self.cleaned_data
        return [
            Line(
                *original.key,
                text=(typed.get(name) or "").strip(),
                version=typed.get(f"version-{name}") or 0,
                read=typed.get(f"read-{name}") or "",
                is_still_right=bool(typed.get(f"right-{name}")),
            )
            for name, original in self.originals.items()
            if name in self.data
        ]

    def shown_hidden(self, name: str) -> list[Any]:
        """Return the hidden fields of a line. After a fault of the line, which told what stands now, they say what stands now."""
        hidden = [self[f"version-{name}"], self[f"read-{name}"]]
        if self.is_bound and self.errors.get(name):
            data = self.data.copy()  # type: ignore[attr-defined]
            for field in hidden:
                data[field.html_name] = str(field.initial)
            self.data = data
        return hidden


class SignTranslationsForm(forms.Form):
    """The translations that somebody read: each tick holds its key and the version that was read."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, offered: Sequence[Translation] = ()) -> None:
        super().__init__(data)
        self.fields["rows"] = forms.MultipleChoiceField(
            label=_("I have read these beside their originals, and they say the same"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(f"{row.pk}:{row.version}", row.pk) for row in offered],
        )
        asked_where_needed(self.fields["rows"])
        self.offered = {f"{row.pk}:{row.version}": row for row in offered}

    def clean_rows(self) -> list[tuple[uuid.UUID, int]]:
        """Return keys and versions; a form without a tick signs nothing."""
        ticked = self.cleaned_data["rows"]
        if not ticked:
            raise ValidationError(_("Tick what you have read. Without a tick nothing is signed."))
        return [(self.offered[one].pk, self.offered[one].version) for one in ticked]
