"""The rows of one case that a document may print: each read once for a packet, in a query that is written once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casework.models import (
    Ask,
    Case,
    Charge,
    Citation,
    Claim,
    ClaimItem,
    Demand,
    Detention,
    Name,
    Person,
    Place,
    RightImplicated,
)
from directory.dates import sort_key
from sealing.queries import KEY, prefetched, row_of, several, written_once


@dataclass(frozen=True)
class PaperRows:
    """What the packet of one case holds now, each kind in the order in which it was written down, charges by their date.

    Claims bring their citations with their sources, and the items they disclose; spells their places.
    """

    person: Person | None
    names: Sequence[Name]
    spells: Sequence[Detention]
    charges: Sequence[Charge]
    claims: Sequence[Claim]
    rights: Sequence[RightImplicated]
    demands: Sequence[Demand]
    asks: Sequence[Ask]


def rows_of(case: Case) -> PaperRows:
    """Return the rows of a packet in eleven queries, however many there are. Their words are opened where they are read."""
    return PaperRows(
        person=_person.first(case=case),
        names=_names(case=case),
        spells=_with_places(_spells(case=case)),
        charges=sorted(_charges(case=case), key=lambda row: sort_key(row.charged_on)),
        claims=_with_evidence(_claims(case=case)),
        rights=_rights(case=case),
        demands=_demands(case=case),
        asks=_asks(case=case),
    )


def _with_places(spells: list[Detention]) -> list[Detention]:
    """Put the places of each spell where Django keeps what was prefetched; removed ones are not read."""
    if spells:
        prefetched(spells, "places", _places(keys=[row.pk for row in spells]), by="detention_id")
    return spells


def _with_evidence(claims: list[Claim]) -> list[Claim]:
    """Give claims what `with_evidence` gives them."""
    keys = [claim.pk for claim in claims]
    if keys:
        prefetched(claims, "citations", _citations(keys=keys), by="claim_id")
        prefetched(claims, "items", _items(keys=keys), by="claim_id")
    return claims


@written_once(case=row_of(Case))
def _person(*, case: Case) -> QuerySet[Person]:
    return Person.objects.present().filter(case=case).order_by("pk")[:1]


@written_once(case=row_of(Case))
def _names(*, case: Case) -> QuerySet[Name]:
    return Name.objects.present().filter(case=case).order_by("created_at")


@written_once(case=row_of(Case))
def _spells(*, case: Case) -> QuerySet[Detention]:
    return Detention.objects.present().filter(case=case).order_by("created_at")


@written_once(keys=several(KEY))
def _places(*, keys: list[uuid.UUID]) -> QuerySet[Place]:
    return Place.objects.present().filter(detention__in=keys).order_by("created_at")


@written_once(case=row_of(Case))
def _charges(*, case: Case) -> QuerySet[Charge]:
    return Charge.objects.present().filter(case=case).order_by("created_at")


@written_once(case=row_of(Case))
def _claims(*, case: Case) -> QuerySet[Claim]:
    return Claim.objects.present().filter(case=case).order_by("number")


@written_once(keys=several(KEY))
def _citations(*, keys: list[uuid.UUID]) -> QuerySet[Citation]:
    return Citation.objects.filter(claim__in=keys).select_related("source").order_by("created_at")


@written_once(keys=several(KEY))
def _items(*, keys: list[uuid.UUID]) -> QuerySet[ClaimItem]:
    return ClaimItem.objects.filter(claim__in=keys).order_by("item")


@written_once(case=row_of(Case))
def _rights(*, case: Case) -> QuerySet[RightImplicated]:
    return RightImplicated.objects.present().filter(case=case).order_by("created_at")


@written_once(case=row_of(Case))
def _demands(*, case: Case) -> QuerySet[Demand]:
    return Demand.objects.present().filter(case=case).order_by("-is_lead", "rank", "created_at")


@written_once(case=row_of(Case))
def _asks(*, case: Case) -> QuerySet[Ask]:
    return Ask.objects.present().filter(case=case).select_related("demand").order_by("created_at")
