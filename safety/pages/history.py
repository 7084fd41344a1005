"""Lists of what was, newest first, a page at a time by key."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode

ROWS = 8

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the addresses of the first and the next page where there are such (safety/_more.html)."""

    rows: list[Row]
    first_url: str
    next_url: str


@dataclass(frozen=True)
class Address:
    """The address that a reader came by: its path, and what it asks for."""

    path: str
    asked: Mapping[str, str]


def page_of(rows: QuerySet[Row], address: Address, *, name: str, by: str) -> Page[Row]:
    """Return the page of the list that the address asks for; an address nobody gave out begins at the newest."""
    rows = rows.order_by(f"-{by}", "-pk")
    after = _key(address.asked.get(name, ""))
    if after:
        moment, pk = after
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment}, pk__lt=pk))
    found = list(rows[: ROWS + 1])
    shown = found[:ROWS]
    following = f"{getattr(shown[-1], by).isoformat()},{shown[-1].pk}" if len(found) > ROWS else ""
    return Page(
        shown,
        first_url=f"{address.path}#{name}-h" if after else "",
        next_url=f"{address.path}?{urlencode({name: following})}#{name}-h" if following else "",
    )


def _key(text: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _comma, pk = text.partition(",")
    try:
        read = datetime.fromisoformat(moment), uuid.UUID(pk)
    except ValueError:
        return None
    return read if read[0].tzinfo else None
