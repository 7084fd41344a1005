"""Sources are called S1, S2 and so on within their case, in the order they came; a removed one keeps its number."""

import uuid

from django.db.models import QuerySet

from casework.models import Case, Source
from sealing.queries import row_of, written_once


def numbered_sources(case: Case) -> dict[uuid.UUID, int]:
    """Return the number of every source of the case by its key, in one query that opens nothing."""
    return {pk: number for number, pk in enumerate(_keys_in_order(case=case), 1)}


@written_once(case=row_of(Case))
def _keys_in_order(*, case: Case) -> QuerySet[Source, uuid.UUID]:
    return Source.objects.filter(case=case).order_by("created_at", "pk").values_list("pk", flat=True)
