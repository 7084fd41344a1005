"""One row of a table-form: it knows which version was opened and whether anybody touched it since."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.forms.doubles import Double, question
from accounts.forms.widgets import QuickHidden
from casework.forms.dates import WordedDateField
from casework.forms.versioned import RowForm
from directory.dates import typed


class TableRowForm(RowForm):
    """A row whose hidden box says what was opened: its version, a digest of what stood in it, and, of a claim, its sources.

    Who sends a table changed a few of its rows. The others are left alone, whoever saved them meanwhile.
    """

    version = forms.CharField(required=False, widget=QuickHidden)  # type: ignore[assignment]  # more than a number

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._beside = ""
        for name, field in self.fields.items():
            if isinstance(field, WordedDateField):
                field.stored = getattr(self.instance, name)
                told = self.initial.get(name) or field.stored
                self.initial[name] = typed.written(told) if told else ""

    def version_over(self, saved: Any) -> str:
        """Return what the hidden box says when the row is sent again over what is saved now."""
        return f"{saved.version}..{self._beside}"

    def remember(self, beside: str = "") -> None:
        """Write into the hidden box what is opened now; called when all fields of the row are there."""
        self._beside = beside
        version = 0 if self.instance._state.adding else self.instance.version
        self.initial["version"] = f"{version}.{self._digest()}.{beside}"

    @property
    def opened_version(self) -> int:
        """Return the version that was opened; nothing sent counts as a version nobody has."""
        version = self._opened()[0]
        return int(version) if version.isdecimal() and len(version) < 9 else 0

    @property
    def opened_beside(self) -> dict[int, int]:
        """Return the numbers of the sources that stood in the row, each with the version of its citation."""
        pairs = (pair.partition(":") for pair in self._opened()[2].split("-"))
        return {int(number): int(version) for number, _sign, version in pairs if (number + version).isdecimal()}

    @cached_property
    def outside(self) -> None:
        """No mark stands beside each box of a table: one line of the row, or of the page, says who may read it."""

    @property
    def said_at(self) -> Mapping[str, str]:
        """Return the id of the line that says who may read a box outside, by the name of the box."""
        return {}

    def place_of_mark(self, name: str, auto_id: str) -> str:
        """Return the id of that line; nothing where a box decides what prints and prints nothing itself."""
        return "" if self.is_alone else self.said_at.get(name, "")

    @property
    def row_name(self) -> str:
        """Return what a list of faults calls the row."""
        number = str(self.prefix)[1:]
        if self.instance._state.adding:
            return _("Empty row %(number)s") % {"number": number} if number != "0" else _("A source that is new")
        return f"S{number}" if str(self.prefix)[:1] == "s" else _("Claim %(number)s") % {"number": number}

    @property
    def is_touched(self) -> bool:
        """Say whether something else stands in the row than what was opened."""
        return self.is_bound and self._opened()[1] != self._digest()

    @property
    def seen_double(self) -> str:
        """Return the key of the row that a new one was asked about, beside which it is meant; empty for none."""
        return self._opened()[2]

    def ask_about(self, double: Double, *, at: str) -> None:
        """Put the question at these words of a new row, and into its hidden box that it was read: the next press saves."""
        version, digest, _beside = self._opened()
        self.data = {**dict(self.data.items()), self.add_prefix("version"): f"{version}.{digest}.{double.key}"}
        self.add_error(at, ValidationError(question(double)))

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Tell what was sent in boxes that stood in the row when it was opened and are none of it now."""
        return iter(())

    def _opened(self) -> tuple[str, str, str]:
        told = str(self.data.get(self.add_prefix("version"), "")).split(".")
        version, digest, beside = (*told, "", "", "")[:3]
        return version, digest, beside

    def _digest(self) -> str:
        """Return a digest of what stands in the row, the same for what is shown and for what was sent unchanged."""
        told = dict(self.left_out())
        told |= {name: plain(self[name].value()) for name in self.fields if name != "version"}
        return hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()[:16]


def plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(sorted(str(one) for one in value))
    return "\n".join(str(value or "").split())
