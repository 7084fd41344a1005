"""Who holds what: the copies of a case that are made, and those that an entry of the directory holds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from directory.holdings import HeldCopy, register
from directory.models import Actor
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy

ROWS = 40


@dataclass(frozen=True)
class CopiesPage:
    """The copies of a case, newest first, with who holds each (materials/dispatches/copies.html)."""

    case: Case
    rows: Sequence[Copy]
    next_url: str
    first_url: str
    tab: str = "materials"


def copies_page(case: Case, reader: User, *, after: str = "") -> CopiesPage:
    """Return one page of the copies of a case that this reader may dispatch; the queries do not grow with the rows."""
    rows = _after(_held(reader, case=case), after)
    shown = _opened(rows[: ROWS + 1])
    address = reverse("materials:copies", args=[case.reference])
    is_more = len(shown) > ROWS
    return CopiesPage(
        case=case,
        rows=shown[:ROWS],
        next_url=f"{address}?{urlencode({'after': shown[ROWS - 1].pk})}" if is_more else "",
        first_url=address if after else "",
    )


@register
def held_copies(reader: User, entry: Actor) -> list[HeldCopy]:
    """Return the newest copies that an entry holds, of materials on all of whose cases this reader may dispatch."""
    rows = _held(reader, entry=entry).prefetch_related("material__cases")
    return [_told(copy) for copy in _opened(rows[:ROWS])]


def _told(copy: Copy) -> HeldCopy:
    first, *others = sorted(copy.material.cases.all(), key=lambda case: str(case.pk))
    return HeldCopy(
        url=reverse("materials:copy", args=[copy.pk]),
        text=_("%(kind)s, copy %(number)s") % {"kind": copy.material.get_kind_display(), "number": copy.number},
        paper=copy.paper_number,
        case=", ".join(case.codename for case in (first, *others)),
        case_url=reverse("materials:copies", args=[first.reference]),
        revision=copy.revision,
        channel=copy.channel or "",
        made_at=copy.dispatched_at or copy.created_at,
        handed_over_at=copy.handed_over_at,
        is_stale=copy.stale_at is not None,
    )


def _held(reader: User, **of: Case | Actor) -> QuerySet[Copy]:
    return Copy.objects.where(reader, may="dispatch").held(**of).select_related("material", "sent_to__entry")


def _opened(rows: QuerySet[Copy]) -> list[Copy]:
    """Return the rows with the keys of their materials opened at once."""
    found = list(rows)
    MATERIAL_KEYS.open_many(copy.material_id for copy in found)
    return found


def _after(rows: QuerySet[Copy], after: str) -> QuerySet[Copy]:
    """Return the rows after this key in the order of the list; a key that nobody has begins anew."""
    try:
        last = rows.filter(pk=uuid.UUID(after)).values_list("dispatched_at", "pk").first()
    except ValueError:
        return rows
    return rows.filter(Q(dispatched_at__lt=last[0]) | Q(dispatched_at=last[0], pk__lt=last[1])) if last else rows
