"""The cases that materials are about, read for a list that names them."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from materials.models import Material, MaterialCase
from sealing.queries import KEY, Prefetched, several, written_once


def with_cases(materials: Sequence[Material]) -> Sequence[Material]:
    """Return these materials with the names of their cases read in one query, or none where there are no materials."""
    if not materials:
        return materials
    of_material: dict[uuid.UUID, Prefetched] = defaultdict(Prefetched)
    for link in _links(materials=[row.pk for row in materials]):
        of_material[link.material_id].append(link.case)
    for row in materials:
        vars(row).setdefault("_prefetched_objects_cache", {})["cases"] = of_material[row.pk]
    return materials


@written_once(materials=several(KEY))
def _links(*, materials: list[uuid.UUID]) -> QuerySet[MaterialCase]:
    rows = MaterialCase.objects.filter(material__in=materials).select_related("case").order_by("case__codename")
    return rows.only("material_id", "case__codename", "case__reference")
