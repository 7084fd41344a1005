"""What the list of a person's notices shows, fifty at a time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from sealing.queries import MOMENT, PERSON, written_once
from web.pages.notices import SHOWN, NoticeLine, notice_lines, notices_of
from work.models import Notice


@dataclass(frozen=True)
class NoticesPage:
    """Some notices of one person, the youngest first (web/notices/notices.html)."""

    lines: Sequence[NoticeLine]
    is_unread: bool
    next_url: str
    is_first: bool


def notices_page(user: User, *, before: uuid.UUID | None = None) -> NoticesPage:
    """Return fifty notices, those older than `before` where it is given; Notice.DoesNotExist when it is not theirs."""
    last = notices_of(user).get(pk=before) if before else None
    found = _older(user=user, than=last.made_at) if last else _youngest(user=user)
    is_all = last is None and len(found) <= SHOWN
    return NoticesPage(
        lines=notice_lines(found[:SHOWN]),
        is_unread=any(not row.read_at for row in found) or (not is_all and bool(_one_unread(user=user))),
        next_url=f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else "",
        is_first=before is None,
    )


@written_once(user=PERSON)
def _youngest(*, user: User) -> QuerySet[Notice]:
    return notices_of(user)[: SHOWN + 1]


@written_once(user=PERSON, than=MOMENT)
def _older(*, user: User, than: dt.datetime) -> QuerySet[Notice]:
    return notices_of(user).filter(made_at__lt=than)[: SHOWN + 1]


@written_once(user=PERSON)
def _one_unread(*, user: User) -> QuerySet[Notice, uuid.UUID]:
    return notices_of(user).filter(read_at=None).order_by().values_list("pk", flat=True)[:1]
