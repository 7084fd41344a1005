"""What is looked for over all cases beside the tags: one record a shelf, its rows, and the right that opens them."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.case_keys import CASE_KEYS
from casework.models import Ask, Charge, Contact, Detention, Name, Place
from sealing.errors import DecryptionError
from sealing.queries import KEY, WrittenQuery, several, written_once


@dataclass(frozen=True)
class ShelfRows:
    """Rows of one kind on a shelf: how those of some cases are asked for, and which columns hold the words.

    A column of several lines holds a value on each.
    """

    of_cases: WrittenQuery[Any]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """One kind of thing that is looked for: its words on the page, the right on a case that opens it, its rows."""

    name: str
    label: str | Promise
    may: str
    rows: tuple[ShelfRows, ...]
    is_identity: bool = False

    def read(self, cases: Sequence[uuid.UUID]) -> Iterator[tuple[uuid.UUID, str]]:
        """Return each value on this shelf of these cases, with its case. The caller has opened the keys of the cases."""
        for rows in self.rows:
            for row in rows.of_cases(cases=cases):
                for column in rows.columns:
                    for value in _lines(row, column):
                        yield row.case_id, value


def values_of(shelf: Shelf, cases: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the values on a shelf of these cases as they are stored now; the keys are opened in one query."""
    found: dict[uuid.UUID, list[str]] = {}
    if cases:
        CASE_KEYS.open_many(cases)
        for case, value in shelf.read(cases):
            found.setdefault(case, []).append(value)
    return found


def _lines(row: Any, column: str) -> list[str]:
    """Return the lines of a column; of a row whose key was destroyed there are none."""
    try:
        return [line for line in (getattr(row, column) or "").splitlines() if line.strip()]
    except DecryptionError:
        return []


def _rows(model: Any, *columns: str) -> ShelfRows:
    def present(*, cases: list[uuid.UUID]) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.present().filter(case_id__in=cases).only("case_id", *columns)
        return found

    return ShelfRows(written_once(cases=several(KEY))(present), columns)


NAMES = Shelf(
    "names", _("Name"), "view_identity", (_rows(Name, "value"), _rows(Contact, "name", "other_names")), is_identity=True
)
PLACES = Shelf(
    "places",
    _("Place"),
    "view_case",
    (_rows(Place, "place"), _rows(Detention, "taken_at", "authority"), _rows(Charge, "trial_place")),
)
COURTS = Shelf("courts", _("Court"), "view_case", (_rows(Charge, "court"),))
ADDRESSEES = Shelf("addressees", _("Who is asked"), "view_case", (_rows(Ask, "to"),))
SHELVES: tuple[Shelf, ...] = (NAMES, PLACES, COURTS, ADDRESSEES)
