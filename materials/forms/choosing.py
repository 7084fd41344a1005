"""Which rows of the packets print and in which order: a tick and a place for each."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NumberField
from materials.models import Material
from papers.composing.choice import Choice
from papers.composing.offered import Offered, PacketPart
from papers.composing.packet import MOST_ASKS

LAST = 999
Rows = dict[uuid.UUID, list[Offered]]


class ChoosingForm(forms.Form):
    """A tick and a place for each row that may print; what may not has neither."""

    version = NumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, material: Material, rows: Rows, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(*args, **{"initial": {"version": material.version}, **kwargs})
        for row in self._free():
            self.fields[f"tick-{row.key}"] = forms.BooleanField(label=row.said, required=False, initial=bool(row.place))
            self.fields[f"place-{row.key}"] = NumberField(
                label=_("Place in the paper: %(words)s") % {"words": row.said},
                required=False,
                min_value=1,
                max_value=LAST,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": _PLACE, "min_value": _PLACE, "max_value": _PLACE},
            )
        for number, row in self._places():
            self.fields[f"place-{row.key}"].initial = number

    def _free(self) -> list[Offered]:
        return [row for rows in self.rows.values() for row in rows if not row.why]

    def _places(self) -> list[tuple[int, Offered]]:
        """Return the rows that stand in the text, each with its number within its part of its case."""
        counted: dict[tuple[uuid.UUID, PacketPart], int] = {}
        found = []
        for case, rows in self.rows.items():
            for row in rows:
                if row.place and not row.why:
                    counted[case, row.part] = counted.get((case, row.part), 0) + 1
                    found.append((counted[case, row.part], row))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asks = [row for row in self._free() if row.part == PacketPart.ASKS and cleaned.get(f"tick-{row.key}")]
        for row in asks[MOST_ASKS:]:
            self.add_error(
                f"tick-{row.key}", ValidationError(_("One reader is asked for one or two things. Untick one."))
            )
        return cleaned

    def choices(self) -> dict[uuid.UUID, Choice]:
        """Return what prints of each case, in the order of its places; without a number it comes after those with one."""
        return {case: self._choice(rows) for case, rows in self.rows.items()}

    def _choice(self, rows: list[Offered]) -> Choice:
        free = [row for row in rows if not row.why]
        ticked = [row for row in free if self.cleaned_data[f"tick-{row.key}"]]
        ticked.sort(key=lambda row: self.cleaned_data[f"place-{row.key}"] or LAST + 1)
        left = (row.key for row in rows if row not in ticked)
        return Choice(tuple(row.key for row in ticked), tuple(left))


_PLACE = _("Write a place from 1 to 999, or leave it empty.")
