"""What the list of a person's notices shows, fifty at a time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from web.pages.notices import SHOWN, NoticeLine, notice_lines, notices_of
from work.models import Notice


@dataclass(frozen=True)
class NoticesPage:
    """Some notices of one person, the youngest first (web/notices/notices.html)."""

    lines: Sequence[NoticeLine]
    unread: int
    next_url: str
    is_first: bool


def notices_page(user: User, *, before: uuid.UUID | None = None) -> NoticesPage:
    """Return fifty notices, those older than `before` where it is given; Notice.DoesNotExist when it is not theirs."""
    mine = notices_of(user)
    rows = mine if before is None else mine.filter(made_at__lt=mine.get(pk=before).made_at)
    found: list[Notice] = list(rows[: SHOWN + 1])
    return NoticesPage(
        lines=notice_lines(found[:SHOWN]),
        unread=mine.filter(read_at=None)[: SHOWN + 1].count(),
        next_url=f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else "",
        is_first=before is None,
    )
