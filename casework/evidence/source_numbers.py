"""Sources are called S1, S2 and so on within their case, in the order they came; a removed one keeps its number."""

import uuid

from casework.models import Case, Source


def numbered_sources(case: Case) -> dict[uuid.UUID, int]:
    """Return the number of every source of the case by its key, in one query that opens nothing."""
    keys = Source.objects.filter(case=case).order_by("created_at", "pk").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(keys, 1)}
