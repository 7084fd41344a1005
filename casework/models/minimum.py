"""The parts of a packet without which no paper can be written: detention, name, claim, demand, ask."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from casework.models.asks import Ask, Demand
from casework.models.case import Case
from casework.models.detention import Detention
from casework.models.evidence import Claim
from casework.models.people import Name
from sealing.queries import KEY, written_once

PARTS: Mapping[str, Any] = MappingProxyType(
    {"spell": Detention, "name": Name, "claim": Claim, "demand": Demand, "ask": Ask}
)


@dataclass(frozen=True)
class MinimumReached:
    """When the packet became whole and by whom; by nobody for what came in from a file."""

    at: dt.datetime
    by: int | None


def minimum_reached(case: Case) -> MinimumReached | None:
    """Return when the packet of a case became whole: with the youngest of its first rows. None while a part is missing.

    One query; no words are opened.
    """
    (columns,) = _first_rows(case=case.pk)
    first = list(zip(columns[::2], columns[1::2], strict=True))
    if any(at is None for at, _by in first):
        return None
    return MinimumReached(*max(first, key=lambda row: row[0]))


@written_once(case=KEY)
def _first_rows(*, case: Any) -> QuerySet[Case, tuple[Any, ...]]:
    """Return when the first row of each part was written and by whom, in the order of PARTS."""
    asked = {}
    for name, model in PARTS.items():
        rows = model.objects.present().filter(case=OuterRef("pk")).order_by("created_at", "pk")
        asked[f"{name}_at"] = Subquery(rows.values("created_at")[:1])
        asked[f"{name}_by"] = Subquery(rows.values("created_by")[:1])
    return Case.objects.filter(pk=case).order_by().annotate(**asked).values_list(*asked)
