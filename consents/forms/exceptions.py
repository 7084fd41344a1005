"""The third question: what was taken out, item by item, and for whom. An empty row says nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.widgets import QuickSelect
from casework.consent_codes import INSIDE_AUDIENCES
from consents.packages import GROUPS, Pair, group_of
from directory.vocabulary import choices, label, terms

EVERYBODY = "everybody"
LEAST, MOST = 3, 24


@dataclass(frozen=True)
class ExceptionRow:
    """One row of the question as the page draws it."""

    number: int
    item: BoundField
    whom: BoundField


def outside() -> list[str]:
    """Return every audience outside our own office."""
    return [code for code in terms("consent_audience") if code not in INSIDE_AUDIENCES]


def fields_of(number: int) -> dict[str, forms.ChoiceField]:
    """Return the two fields of a row."""
    whom = [
        (EVERYBODY, gettext_lazy("Everybody outside our office")),
        *((group.code, group.words) for group in GROUPS),
        (gettext_lazy("One reader"), choices("consent_audience")()),
    ]
    item = forms.ChoiceField(
        label=_("What was taken out, %(number)s") % {"number": number + 1},
        choices=[("", gettext_lazy("Nothing more")), *choices("consent_item")()],
        required=False,
        widget=QuickSelect,
    )
    reader = forms.ChoiceField(
        label=_("Not for, %(number)s") % {"number": number + 1},
        choices=[("", gettext_lazy("Nobody")), *whom],
        required=False,
        widget=QuickSelect,
    )
    for field in (item, reader):
        field.widget.attrs["aria-label"] = field.label
    return {f"out_{number}_item": item, f"out_{number}_for": reader}


def rows_sent(data: Mapping[str, Any]) -> int:
    """Return how many rows a page had when it was sent, none beyond what any page has."""
    return max((number + 1 for number in range(MOST) if f"out_{number}_item" in data), default=0)


def rows_to_draw(data: Mapping[str, Any], given: int) -> int:
    """Return how many rows to draw: those that are filled, one empty one at least, three at least."""
    filled = max((number + 1 for number in range(MOST) if data.get(f"out_{number}_item")), default=0)
    return min(MOST, max(LEAST, rows_sent(data), max(filled, given) + 1))


def pairs_taken_out(cleaned: Mapping[str, Any], count: int) -> frozenset[Pair]:
    """Return every pair that the rows name."""
    rows = ((cleaned.get(f"out_{number}_item"), cleaned.get(f"out_{number}_for")) for number in range(count))
    return frozenset((item, audience) for item, whom in rows if item and whom for audience in _audiences(whom))


def half_rows(cleaned: Mapping[str, Any], count: int) -> Iterable[tuple[str, ValidationError]]:
    """Yield the field that a half-written row lacks, with what to say there."""
    for number in range(count):
        item, whom = cleaned.get(f"out_{number}_item"), cleaned.get(f"out_{number}_for")
        if item and not whom:
            yield f"out_{number}_for", ValidationError(_("Choose who may not read it."))
        if whom and not item:
            yield f"out_{number}_item", ValidationError(_("Choose what was taken out, or choose nobody beside it."))


def rows_of(pairs: Collection[Pair]) -> list[tuple[str, str]]:
    """Return the fewest rows that name these pairs: everybody, a group, or one reader."""
    rows: list[tuple[str, str]] = []
    for item in terms("consent_item"):
        left = {audience for one, audience in pairs if one == item}
        if left >= set(outside()):
            rows.append((item, EVERYBODY))
            left -= set(outside())
        for group in GROUPS:
            if left >= set(group.audiences):
                rows.append((item, group.code))
                left -= set(group.audiences)
        rows += [(item, audience) for audience in terms("consent_audience") if audience in left]
    return rows[: MOST - 1]


def in_words(pairs: Collection[Pair]) -> str:
    """Return pairs as a sentence names them: the item, and the reader in brackets."""
    return ", ".join(
        f"{label('consent_item', item)} ({label('consent_audience', code)})" for item, code in sorted(pairs)
    )


def _audiences(whom: str) -> Iterable[str]:
    if whom == EVERYBODY:
        return outside()
    return (whom,) if whom in terms("consent_audience") else group_of(whom).audiences
