"""Items by audiences as boxes to tick."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casework.disclosing.readers import GROUPS
from directory.vocabulary import label, terms


class Matrix(forms.CheckboxSelectMultiple):
    """Item by audience, one table a group of audiences; on a phone each item becomes a block."""

    template_name = "django/forms/widgets/consent_matrix.html"
    has_lines = False
    ticked_lines: Collection[str] | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template its tables."""
        context = super().get_context(name, value, attrs)
        ticked, offered = set(value or ()), {code for code, _words in self.choices}
        counter = iter(range(len(offered) + 1))
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["tables"] = [
            table
            for table in (self._table(title, codes, ticked, offered, base, counter) for title, codes in GROUPS)
            if table["lines"]
        ]
        if self.has_lines:
            self._add_lines(context["widget"]["tables"], ticked, base)
        return context

    def _add_lines(self, tables: list[dict[str, Any]], ticked: set[str], base: str) -> None:
        """Give each row and each column a first box, which stands for the whole line."""
        full = full_lines(ticked) if self.ticked_lines is None else frozenset(self.ticked_lines)
        for place, table in enumerate(tables):
            named = [
                (f"col:{code}", _("%(audience)s: all items") % {"audience": label("consent_audience", code)})
                for code in table["codes"]
            ]
            table["wholes"] = [_line_box(base, value, words, full) for value, words in named]
            for line in table["lines"]:
                words = _("%(item)s: all these readers") % {"item": line["label"]}
                line["whole"] = _line_box(base, f"row:{line['item']}:{place}", words, full)

    def _table(
        self, title: Any, audiences: Iterable[str], ticked: set[str], offered: set[str], base: str, counter: Any
    ) -> dict[str, Any]:
        columns = [code for code in audiences if any(pair.endswith(f":{code}") for pair in offered)]
        lines = []
        for item in terms("consent_item"):
            cells = [self._cell(f"{item}:{code}", code, ticked, offered, base, counter) for code in columns]
            if any(cells):
                lines.append({"item": item, "label": label("consent_item", item), "cells": cells})
        count = len([pair for pair in ticked if pair.partition(":")[2] in columns])
        return {
            "title": title,
            "codes": columns,
            "columns": [label("consent_audience", code) for code in columns],
            "lines": lines,
            "count": count,
        }

    def _cell(
        self, pair: str, audience: str, ticked: set[str], offered: set[str], base: str, counter: Any
    ) -> dict[str, Any] | None:
        if pair not in offered:
            return None
        item = pair.partition(":")[0]
        words = f"{label('consent_item', item)}: {label('consent_audience', audience)}"
        return {"value": pair, "id": f"{base}_{next(counter)}", "is_ticked": pair in ticked, "words": words}


class LinedMatrix(Matrix):
    """The same, with a first box for each row and column: ticked where the line is whole, or as it was sent."""

    has_lines = True


def _line_box(base: str, value: str, words: str, full: frozenset[str]) -> dict[str, Any]:
    return {"value": value, "id": f"{base}_{value.replace(':', '_')}", "words": words, "is_ticked": value in full}


def _pairs_of_lines() -> dict[str, frozenset[str]]:
    """Return the pairs that each line of the whole table stands for."""
    items = list(terms("consent_item"))
    lines = {
        f"row:{item}:{place}": frozenset(f"{item}:{code}" for code in audiences)
        for place, (_title, audiences) in enumerate(GROUPS)
        for item in items
    }
    columns = {
        f"col:{code}": frozenset(f"{item}:{code}" for item in items) for _title, codes in GROUPS for code in codes
    }
    return lines | columns


def full_lines(ticked: Collection[str]) -> frozenset[str]:
    """Return the rows and columns of which every box is ticked."""
    return frozenset(line for line, pairs in _pairs_of_lines().items() if pairs <= set(ticked))


def set_by_lines(ticked: Collection[str], lines: Collection[str], full: Collection[str]) -> set[str]:
    """Return the boxes after the first boxes of rows and columns were heeded.

    One that was ticked since the table was drawn sets its line; one that was unticked, of a line that is whole still,
    clears it.
    """
    found = set(ticked)
    for line, pairs in _pairs_of_lines().items():
        if line in full and line not in lines and pairs <= set(ticked):
            found -= pairs
    for line, pairs in _pairs_of_lines().items():
        if line in lines and line not in full:
            found |= pairs
    return found


class GrantsField(forms.MultipleChoiceField):
    """Pairs of item and audience."""

    widget = Matrix

    def clean(self, value: Any) -> list[tuple[str, str]]:  # type: ignore[override]
        """Return pairs, and refuse what was not offered."""
        pairs = super().clean(value)
        return [(item, audience) for item, _sign, audience in (pair.partition(":") for pair in pairs)]


def pairs_of(items: Iterable[str], audiences: Iterable[str]) -> list[tuple[str, str]]:
    """Return every pair as a choice."""
    wanted = list(audiences)
    return [(f"{item}:{code}", f"{item}:{code}") for item in items for code in wanted]
