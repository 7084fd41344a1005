"""Items by audiences as boxes to tick."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.forms.widgets import CHECKED
from casework.disclosing.readers import GROUPS
from directory.vocabulary import label, terms


class Matrix(forms.CheckboxSelectMultiple):
    """Item by audience, one table a group of audiences.

    Each box is called by its row and its column, which stand once: a table of 240 boxes would weigh three times as much if
    each carried its own words. For the same reason the rows are drawn in one go, without what HTML lets leave out.
    """

    template_name = "django/forms/widgets/consent_matrix.html"
    has_lines = False
    ticked_lines: Collection[str] | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template its tables."""
        context = super().get_context(name, value, attrs)
        ticked, offered = set(value or ()), {code for code, _words in self.choices}
        full = full_lines(ticked) if self.ticked_lines is None else frozenset(self.ticked_lines)
        own = context["widget"]["attrs"].get("id", f"id_{name}")
        drawn = _Drawn(name, own, ticked, offered, full if self.has_lines else None)
        tables = [drawn.table(place, title, codes) for place, (title, codes) in enumerate(GROUPS)]
        context["widget"]["tables"] = [table for table in tables if table.rows]
        return context


class LinedMatrix(Matrix):
    """The same, with a first box for each row and column: ticked where the line is whole, or as it was sent."""

    has_lines = True


@dataclass(frozen=True)
class MatrixPart:
    """One table of the matrix: its heading, how many boxes are ticked, and its rows as HTML."""

    title: str | Promise
    count: int
    head: SafeString
    rows: SafeString


@dataclass(frozen=True)
class _Drawn:
    """Draws the tables of one matrix; `full` are the lines that are whole, None where no line has a first box."""

    name: str
    own_id: str
    ticked: Collection[str]
    offered: Collection[str]
    full: Collection[str] | None

    def table(self, place: int, title: str | Promise, audiences: Iterable[str]) -> MatrixPart:
        """Return the table of these audiences, as far as they are offered."""
        columns = [code for code in audiences if any(pair.endswith(f":{code}") for pair in self.offered)]
        items = [item for item in terms("consent_item") if any(f"{item}:{code}" in self.offered for code in columns)]
        heads = [(_column(place, number), label("consent_audience", code)) for number, code in enumerate(columns)]
        if self.full is not None:
            heads.insert(0, (_column(place), _("All")))
        rows = [self._all_items(place, columns)] if self.full is not None and items else []
        rows += [self._row(place, number, item, columns) for number, item in enumerate(items)]
        return MatrixPart(
            title,
            len([pair for pair in self.ticked if pair.partition(":")[2] in columns]),
            format_html_join("", "<th scope=col id={}>{}", heads),
            format_html_join("", "{}", ((row,) for row in rows)),
        )

    def _all_items(self, place: int, columns: Sequence[str]) -> SafeString:
        """Return the row of the first boxes of all columns."""
        head = _line_id(place)
        boxes = [self._line(f"col:{code}", head, _column(place, number)) for number, code in enumerate(columns)]
        return format_html("<tr><th scope=row id={}>{}<td>{}", head, _("All items"), _joined(boxes))

    def _row(self, place: int, number: int, item: str, columns: Sequence[str]) -> SafeString:
        head = _line_id(place, number)
        boxes = [self._line(f"row:{item}:{place}", head, _column(place))] if self.full is not None else []
        boxes += [
            self._box(f"{item}:{code}", head, _column(place, column)) if f"{item}:{code}" in self.offered else EMPTY
            for column, code in enumerate(columns)
        ]
        return format_html("<tr><th scope=row id={}>{}{}", head, label("consent_item", item), _joined(boxes))

    def _box(self, pair: str, row: str, column: str) -> SafeString:
        """Return the box of a pair; the first of all bears the id to which a list of faults leads."""
        is_first = pair == self._first
        place = format_html(" id={}_0", self.own_id) if is_first else ""
        return _tick(self.name, pair, row, column, place, is_ticked=pair in self.ticked)

    def _line(self, value: str, row: str, column: str) -> SafeString:
        return _tick("lines", value, row, column, is_ticked=value in (self.full or ()))

    @cached_property
    def _first(self) -> str:
        pairs = (f"{item}:{code}" for _title, codes in GROUPS for item in terms("consent_item") for code in codes)
        return next((pair for pair in pairs if pair in self.offered), "")


def _column(place: int, number: int | None = None) -> str:
    """Return the id of a column's heading, which each of its boxes names: of the first boxes, where no number is told."""
    return f"{'ABC'[place]}{'' if number is None else number}"


def _line_id(place: int, number: int | None = None) -> str:
    """Return the id of a row's heading, likewise."""
    return f"{'abc'[place]}{'' if number is None else number}"


EMPTY = format_html("<td>{}", "")  # a pair that is not offered


def _joined(boxes: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((box,) for box in boxes))


def _tick(name: str, value: str, row: str, column: str, place: str = "", *, is_ticked: bool) -> SafeString:
    """Return a cell with its box, called by its row and its column. No value holds a sign that needs quotation marks."""
    return format_html(
        '<td><input type=checkbox name={} value={}{} aria-labelledby="{} {}"{}>',
        name,
        value,
        place,
        row,
        column,
        CHECKED if is_ticked else "",
    )


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
