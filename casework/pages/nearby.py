"""What a search found beside the list of cases: names that are nearly so, places, courts, who is asked."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.finding.found import FoundOnShelf, FoundValue, found_nearby
from casework.finding.likeness import Likeness
from casework.models import Case

HEADINGS = {
    "names": gettext_lazy("Names that are nearly so"),
    "places": gettext_lazy("Places"),
    "courts": gettext_lazy("Courts"),
    "addressees": gettext_lazy("Who is asked"),
}
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
    """What was found of one kind, and whether there is more than is shown."""

    name: str
    heading: str
    note: str
    rows: Sequence[FoundLine]
    is_more: bool


@dataclass(frozen=True)
class Nearby:
    """What stands below the list. `opened` are the cases whose names it shows: whoever shows them records the look."""

    groups: Sequence[FoundGroup] = ()
    is_whole: bool = True
    opened: Sequence[Case] = ()


def nearby_page(user: User, words: str, known: Collection[uuid.UUID], *, sees_many: bool) -> Nearby:
    """Return what this person finds by these words, in a number of queries that does not grow with the rows."""
    found = found_nearby(user, words, known=known, sees_many=sees_many)
    opened = [one.case for shelf in found.shelves if shelf.shelf.is_identity for one in shelf.values]
    return Nearby([_group(shelf) for shelf in found.shelves], found.is_whole, opened)


def _group(found: FoundOnShelf) -> FoundGroup:
    name = found.shelf.name
    note = _("Whoever looks at names stands in the trail") if found.shelf.is_identity else ""
    return FoundGroup(name, str(HEADINGS[name]), note, [_line(name, one) for one in found.values], found.is_more)


def _line(shelf: str, found: FoundValue) -> FoundLine:
    page = "casework:asks" if shelf == "addressees" else "casework:case"
    url = address_of(page, found.case.reference)
    return FoundLine(found.case, url, found.value, str(LIKENESSES[found.likeness]))
