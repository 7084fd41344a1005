"""Lists of what was, newest first, a page at a time by key."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

ROWS = 8


@dataclass(frozen=True)
class Page:
    """Some rows, and the addresses of the first and the next page where there are such."""

    rows: list[Any]
    first_url: str
    next_url: str


def page_of(rows: QuerySet[Any], request: HttpRequest, *, name: str, by: str) -> Page:
    """Return the page of the list that the address asks for; an address nobody gave out begins at the newest."""
    rows = rows.order_by(f"-{by}", "-pk")
    after = _key(request.GET.get(name, ""))
    if after:
        moment, pk = after
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment}, pk__lt=pk))
    found = list(rows[: ROWS + 1])
    shown = found[:ROWS]
    following = f"{getattr(shown[-1], by).isoformat()},{shown[-1].pk}" if len(found) > ROWS else ""
    return Page(
        shown,
        first_url=f"{request.path}#{name}-h" if after else "",
        next_url=f"{request.path}?{urlencode({name: following})}#{name}-h" if following else "",
    )


def _key(text: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _comma, pk = text.partition(",")
    try:
        read = datetime.fromisoformat(moment), uuid.UUID(pk)
    except ValueError:
        return None
    return read if read[0].tzinfo else None
