"""Who else has a form open: a mark that lasts a quarter of an hour, for a notice and never for a lock.

The mark lies in the cache that all processes share, not in a table of its own: opening a form is a GET, which writes
nothing that anybody keeps, and what is gone when the cache is emptied is a notice. It holds the key of what is edited,
the key of the account, and two moments; no word of a case. Where two people open a form in the same instant one mark may
overwrite the other: then a notice is missing, and the comparison still tells who saved first.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User

LASTS = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class OpenElsewhere:
    """Somebody who has the same form open, and since when (parts/open_elsewhere.html)."""

    name: str
    since: dt.datetime

    @property
    def at(self) -> str:
        """Return the hour at which it was opened, on the office's clock."""
        return date_format(timezone.localtime(self.since), "H:i")


def note_open(user: User, page: object, part: str = "", *, now: dt.datetime | None = None) -> Sequence[OpenElsewhere]:
    """Mark that this person has a page open, or one row of it, and return who else has: the earliest first.

    The whole page is open where no part is named; it meets every part, and a part meets itself and the whole page.
    The caller has checked that this person may change it. Lasts a quarter of an hour, or until `note_left`.
    """
    now = now or timezone.now()
    marks = {key: mark for key, mark in _marks(page).items() if _moment(mark["until"]) > now}
    own = _key(user, part)
    since = marks[own]["since"] if own in marks else now.isoformat()
    marks[own] = {"user": user.pk, "part": part, "since": since, "until": (now + LASTS).isoformat()}
    cache.set(_address(page), marks, timeout=LASTS.total_seconds())
    met = [
        mark
        for mark in marks.values()
        if mark["user"] != user.pk and (mark["part"] == part or not part or not mark["part"])
    ]
    return _told(met)


def note_left(user: User, page: object) -> None:
    """Take this person's marks off a page: they saved, or left it."""
    marks = {key: mark for key, mark in _marks(page).items() if mark["user"] != user.pk}
    if len(marks) < len(_marks(page)):
        cache.set(_address(page), marks, timeout=LASTS.total_seconds())


def _told(marks: Sequence[Mapping[str, Any]]) -> list[OpenElsewhere]:
    first: dict[int, dt.datetime] = {}
    for mark in sorted(marks, key=lambda one: str(one["since"])):
        first.setdefault(mark["user"], _moment(mark["since"]))
    people = User.objects.in_bulk(list(first)) if first else {}
    return [OpenElsewhere(str(people[key]), since) for key, since in first.items() if key in people]


def _marks(page: object) -> Mapping[str, Any]:
    found = cache.get(_address(page))
    return found if isinstance(found, dict) else {}


def _address(page: object) -> str:
    return f"open-form:{page}"


def _key(user: User, part: str) -> str:
    return f"{user.pk}:{part}"


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
