"""What a search found beside the list of cases: names that are nearly so, places, courts, who is asked."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.finding.found import FoundOnShelf, FoundValue, found_nearby
from casework.finding.likeness import Likeness
from casework.finding.shelves import Shelf
from casework.models import Case

LIKENESSES = {
    Likeness.SAME: gettext_lazy("The words you typed"),
    Likeness.ONE_LETTER: gettext_lazy("One letter is different"),
    Likeness.HEARD_ALIKE: gettext_lazy("Sounds alike"),
}


@dataclass(frozen=True)
class FoundLine:
    """One value that was found: its case, the words, and how near they are (a row of casework/_nearby.html)."""

    case: Case
    url: str
    value: str
    how: str


@dataclass(frozen=True)
class FoundGroup:
    """What was found of one kind; where there is more than is shown, the way to it, if there is one."""

    name: str
    heading: str
    note: str
    rows: Sequence[FoundLine]
    is_more: bool
    more_url: str


@dataclass(frozen=True)
class Nearby:
    """What stands below the list. `opened` are the cases whose names it shows: whoever shows them records the look.

    `all_url` leads back from one group to all of them.
    """

    groups: Sequence[FoundGroup] = ()
    all_url: str = ""
    is_whole: bool = True
    opened: Sequence[Case] = ()


def nearby_page(
    user: User, words: str, known: Collection[uuid.UUID], *, sees_many: bool, only: str, address: str
) -> Nearby:
    """Return what this person finds by these words, in a number of queries that does not grow with the rows.

    `only` names the one group that is asked for, and `address` is that of the list with these words.
    """
    found = found_nearby(user, words, known=known, sees_many=sees_many, only=only)
    opened = [one.case for shelf in found.shelves if shelf.shelf.is_identity for one in shelf.values]
    groups = [_group(shelf, "" if only else f"{address}&found={shelf.shelf.name}") for shelf in found.shelves]
    return Nearby(groups, address if only else "", found.is_whole, opened)


def _group(found: FoundOnShelf, more_url: str) -> FoundGroup:
    shelf = found.shelf
    note = _("Whoever looks at names stands in the trail") if shelf.is_identity else ""
    rows = [_line(shelf, one) for one in found.values]
    return FoundGroup(shelf.name, str(shelf.heading), note, rows, found.is_more, more_url)


def _line(shelf: Shelf, found: FoundValue) -> FoundLine:
    return FoundLine(found.case, shelf.url(found.case, found.row), found.value, str(LIKENESSES[found.likeness]))
