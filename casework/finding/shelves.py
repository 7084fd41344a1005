"""What is looked for over all cases beside the tags: one record a shelf, its rows, the right that opens them, the way there.

An app above registers a shelf of its own.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.case_keys import CASE_KEYS
from casework.models import Ask, Case, Charge, Contact, Detention, Name, Place
from sealing.errors import DecryptionError
from sealing.owner_keys import OwnerKeys
from sealing.queries import KEY, WrittenQuery, several, written_once


@dataclass(frozen=True)
class ShelfValue:
    """A value that stands on a shelf: of which case, of which row, and the words."""

    case: uuid.UUID
    row: uuid.UUID
    words: str


@dataclass(frozen=True)
class ShelfRows:
    """Rows of one kind on a shelf: how those of some cases are asked for, and which columns hold the words.

    A row names its case as `case_id`; each line of a column is a value. `keys` and `owner` say what seals it, and
    `beside` what else it is found by, such as what its code is called.
    """

    of_cases: WrittenQuery[Any]
    columns: tuple[str, ...]
    keys: OwnerKeys = CASE_KEYS
    owner: str = "case_id"
    beside: Callable[[Any], Sequence[str]] | None = None

    def read(
        self, cases: Sequence[uuid.UUID], may_read: Callable[[Iterable[uuid.UUID]], set[uuid.UUID]] | None
    ) -> Iterator[ShelfValue]:
        """Return the values of these cases; `may_read` keeps the rows that may be opened, before any is."""
        rows = self.of_cases(cases=cases)
        if may_read is not None and rows:
            allowed = may_read({row.pk for row in rows})
            rows = [row for row in rows if row.pk in allowed]
        self.keys.open_many(getattr(row, self.owner) for row in rows)
        for row in rows:
            for column in self.columns:
                for line in _lines(row, column):
                    yield ShelfValue(row.case_id, row.pk, line)
            for words in self.beside(row) if self.beside else ():
                yield ShelfValue(row.case_id, row.pk, words)


@dataclass(frozen=True)
class Shelf:
    """One kind of thing that is looked for: its heading, the right on a case that opens it, its rows, the way to one.

    `may_read` keeps of some rows those that this person may read, where the right on one case is not enough. Of a case
    the nearest value is shown alone, unless each row is a thing of its own (`is_by_row`).
    """

    name: str
    heading: str | Promise
    may: str
    rows: tuple[ShelfRows, ...]
    url: Callable[[Case, uuid.UUID], str]
    is_identity: bool = False
    is_by_row: bool = False
    may_read: Callable[[User, Iterable[uuid.UUID]], set[uuid.UUID]] | None = None

    def read(self, cases: Sequence[uuid.UUID], *, reader: User | None = None) -> list[ShelfValue]:
        """Return each value on this shelf of these cases: that this person may read, or all of them for the index."""
        rule = self.may_read
        may_read = None if reader is None or rule is None else lambda rows: rule(reader, rows)
        return [value for rows in self.rows for value in rows.read(cases, may_read)] if cases else []


_registered: list[Shelf] = []


def register_shelf(shelf: Shelf) -> None:
    """Have this shelf looked through too; a name stands once."""
    if shelf.name not in {known.name for known in shelves()}:
        _registered.append(shelf)


def shelves() -> Sequence[Shelf]:
    """Return every shelf, in the order of the page."""
    return (*OF_THE_PACKET, *_registered)


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


def _to(page: str) -> Callable[[Case, uuid.UUID], str]:
    return lambda case, _row: address_of(page, case.reference)


OF_THE_PACKET: tuple[Shelf, ...] = (
    Shelf(
        "names",
        _("Names that are nearly so"),
        "view_identity",
        (_rows(Name, "value"), _rows(Contact, "name", "other_names")),
        _to("casework:case"),
        is_identity=True,
    ),
    Shelf(
        "places",
        _("Places"),
        "view_case",
        (_rows(Place, "place"), _rows(Detention, "taken_at", "authority"), _rows(Charge, "trial_place")),
        _to("casework:case"),
    ),
    Shelf("courts", _("Courts"), "view_case", (_rows(Charge, "court"),), _to("casework:case")),
    Shelf("addressees", _("Who is asked"), "view_case", (_rows(Ask, "to"),), _to("casework:asks")),
)
