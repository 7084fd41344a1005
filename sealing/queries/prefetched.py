"""Rows that a page has read with a query of its own, put where Django keeps what was prefetched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models


class Prefetched(list[Any]):
    """The related rows of one row. It answers all() and refuses every further question, which would ask of other rows."""

    def all(self) -> "Prefetched":
        """Return the rows that were read."""
        return self


def prefetched(rows: Sequence[models.Model], name: str, related: Iterable[models.Model], *, by: str) -> None:
    """Give each of these rows its related ones under this name; `by` is the column of the related rows that names theirs."""
    of_row: dict[Any, Prefetched] = defaultdict(Prefetched)
    for one in related:
        of_row[getattr(one, by)].append(one)
    for row in rows:
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = of_row[row.pk]
