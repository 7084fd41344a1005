"""Who holds what, seen from an entry: the app that makes copies tells, and only of what the reader may see."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from directory.models import Actor


@dataclass(frozen=True)
class HeldCopy:
    """One copy that went to an entry (directory/actors/_copies.html)."""

    url: str
    text: str
    paper: str
    case: str
    case_url: str
    revision: int
    channel: str
    made_at: dt.datetime
    handed_over_at: dt.datetime | None
    is_stale: bool


Teller = Callable[[User, Actor], Sequence[HeldCopy]]
_tellers: list[Teller] = []


def register(teller: Teller) -> Teller:
    """Let an app above tell which copies of cases that the reader may see an entry holds."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def held_by(entry: Actor, reader: User) -> list[HeldCopy]:
    """Return the copies that an entry holds, newest first, as far as this reader may know of their cases."""
    return [copy for teller in _tellers for copy in teller(reader, entry)]
