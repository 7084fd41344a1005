"""What a search finds beyond the tags, for one person: rights first, then the rows as they are now, then the order."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from casework.finding.kept_words import KEPT_WORDS
from casework.finding.likeness import Likeness, Typed
from casework.finding.shelves import Shelf, ShelfValue, shelves
from casework.models import Case
from sealing.queries import FLAG, KEY, PERSON, TEXT, among, array_of, written_once

MOST_READ = 100
MOST_SHOWN = 20
MOST_SEEN = 1000


@dataclass(frozen=True)
class FoundValue:
    """A value that was found on a case, the row that holds it, and how near it is to what was typed."""

    case: Case
    row: uuid.UUID
    value: str
    likeness: Likeness


@dataclass(frozen=True)
class FoundOnShelf:
    """What one shelf holds for this person, the nearest first, and whether there is more than is shown."""

    shelf: Shelf
    values: tuple[FoundValue, ...]
    is_more: bool


@dataclass(frozen=True)
class FoundNearby:
    """What every shelf holds; a shelf without anything is left out. `is_whole` says whether every case was asked."""

    shelves: tuple[FoundOnShelf, ...] = ()
    is_whole: bool = True


def found_nearby(
    user: User, words: str, *, known: Collection[uuid.UUID], sees_many: bool, only: str = ""
) -> FoundNearby:
    """Return what this person may find by these words, names apart that are on a case found already (`known`).

    Nothing of a case is read, counted or put in order before the right that its shelf asks for was seen. Of one shelf
    alone (`only`, by its name) up to MOST_READ values are returned, of all of them MOST_SHOWN of each.
    """
    typed = Typed.read(words)
    if not typed.ways:
        return FoundNearby()
    seen = None if sees_many else _seen(user=user)
    may_hold = KEPT_WORDS.ask(words, of=seen)
    looked = [shelf for shelf in shelves() if only in {"", shelf.name}]
    cases = _opened(user, looked, may_hold.cases, frozenset(known), row_by_row=sees_many)
    most = MOST_READ if only else MOST_SHOWN
    found = [_on_shelf(user, shelf, typed, cases[shelf.name], most) for shelf in looked if cases[shelf.name]]
    return FoundNearby(tuple(one for one in found if one.values), may_hold.is_whole)


def _opened(
    user: User,
    looked: Sequence[Shelf],
    may_hold: dict[str, set[uuid.UUID]],
    known: frozenset[uuid.UUID],
    *,
    row_by_row: bool,
) -> dict[str, list[Case]]:
    """Return, for each shelf, the cases that may hold what was typed and that are open to this person for it."""
    wanted = {shelf.name: may_hold[shelf.name] - (known if shelf.is_identity else set()) for shelf in looked}
    found: dict[str, list[Case]] = {}
    for shelf in looked:
        keys = sorted(wanted[shelf.name])
        found[shelf.name] = _open(user=user, may=shelf.may, cases=keys, row_by_row=row_by_row) if keys else []
    return found


def _on_shelf(user: User, shelf: Shelf, typed: Typed, cases: Sequence[Case], most: int) -> FoundOnShelf:
    read = {case.pk: case for case in cases[:MOST_READ]}
    values: dict[uuid.UUID, list[ShelfValue]] = {}
    for value in shelf.read(list(read), reader=user):
        values.setdefault(value.row if shelf.is_by_row else value.case, []).append(value)
    found = [one for of_one in values.values() for one in _nearest(read, typed, of_one)]
    found.sort(key=lambda one: (one.likeness, one.case.codename, one.case.reference))
    is_cut = len(cases) > MOST_READ and bool(found or not shelf.is_by_row)
    return FoundOnShelf(shelf, tuple(found[:most]), is_cut or len(found) > most)


def _nearest(cases: Mapping[uuid.UUID, Case], typed: Typed, values: Iterable[ShelfValue]) -> list[FoundValue]:
    """Return the nearest of some values that lead to the same place."""
    near = [
        FoundValue(cases[value.case], value.row, value.words, one)
        for value in values
        if (one := typed.likeness(value.words)) is not None
    ]
    return [min(near, key=lambda one: one.likeness)] if near else []


@written_once(user=PERSON)
def _seen(*, user: User) -> QuerySet[Case, uuid.UUID]:
    visible = Case.objects.visible_to(user, row_by_row=False)
    return visible.order_by().values_list("pk", flat=True)[:MOST_SEEN]


@written_once(user=PERSON, may=TEXT, cases=array_of(KEY), row_by_row=FLAG)
def _open(*, user: User, may: str, cases: Sequence[uuid.UUID], row_by_row: bool) -> QuerySet[Case]:
    allowed = Case.objects.where(user, may=may, row_by_row=row_by_row).filter(among("pk", cases))
    return allowed.only("codename", "reference").order_by("codename", "reference")[: MOST_READ + 1]
