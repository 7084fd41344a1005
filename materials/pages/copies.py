"""Who holds what: the copies of a case that are made, and those that an entry of the directory holds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from casework.access import may
from casework.models import Case
from casework.models.aims import situation_of
from directory.holdings import HeldCopy, register
from directory.models import Actor
from materials.material_keys import MATERIAL_KEYS
from materials.models import Copy
from materials.models.material import AUDIENCE_CHOICES
from papers.kinds import registry

ROWS = 40


@dataclass(frozen=True)
class CopiesPage:
    """The copies of a case, newest first, with who holds each (materials/dispatches/copies.html)."""

    case: Case
    rows: Sequence[Copy]
    readers: Sequence["ReadersOfCopies"]
    next_url: str
    first_url: str
    tab: str = "materials"


@dataclass(frozen=True)
class ReadersOfCopies:
    """How many copies went to one audience, and where a paper to all who hold one is written."""

    label: str
    count: int
    papers: Sequence[tuple[str | Promise, str]]


def copies_page(case: Case, reader: User, *, after: str = "") -> CopiesPage:
    """Return one page of the copies of a case that this reader may dispatch; the queries do not grow with the rows."""
    rows = _after(_held(reader, case=case), after)
    shown = _opened(rows[: ROWS + 1])
    address = reverse("materials:copies", args=[case.reference])
    is_more = len(shown) > ROWS
    return CopiesPage(
        case=case,
        rows=shown[:ROWS],
        readers=[] if after or not may(reader, "write_material", case) else _readers(case, reader),
        next_url=f"{address}?{urlencode({'after': shown[ROWS - 1].pk})}" if is_more else "",
        first_url=address if after else "",
    )


def _readers(case: Case, reader: User) -> list[ReadersOfCopies]:
    """Return the audiences that hold copies, each with the papers that may follow what they hold."""
    counted = _held(reader, case=case).order_by().values("material__audience").annotate(n=Count("pk"))
    names, fits = dict(AUDIENCE_CHOICES()), registry.fitting(situation_of(case.status))
    address = reverse("materials:material_new", args=[case.reference])
    return [
        ReadersOfCopies(
            str(names.get(audience, audience)),
            row["n"],
            [
                (kind.label, f"{address}?{urlencode({'kind': kind.code, 'audience': audience})}")
                for kind in fits
                if kind.follows and audience in kind.audiences
            ],
        )
        for row in counted.order_by("material__audience")
        if (audience := row["material__audience"])
    ]


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
