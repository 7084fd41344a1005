"""Items by audiences as boxes to tick."""

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.pages.consent_matrix import GROUPS
from directory.vocabulary import label, terms


class Matrix(forms.CheckboxSelectMultiple):
    """Item by audience, one table a group of audiences; on a phone each item becomes a block."""

    template_name = "django/forms/widgets/consent_matrix.html"
    allowed: frozenset[str] | None = None

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
        return context

    def _table(
        self, title: Any, audiences: Iterable[str], ticked: set[str], offered: set[str], base: str, counter: Any
    ) -> dict[str, Any]:
        columns = [code for code in audiences if any(pair.endswith(f":{code}") for pair in offered)]
        lines = []
        for item in terms("consent_item"):
            cells = [self._cell(f"{item}:{code}", code, ticked, offered, base, counter) for code in columns]
            if any(cells):
                lines.append({"label": label("consent_item", item), "cells": cells})
        count = len([pair for pair in ticked if pair.partition(":")[2] in columns])
        return {
            "title": title,
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
