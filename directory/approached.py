"""Who was approached, seen from an entry: the app that keeps approaches tells, and only of what the reader may see."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from directory.models import Actor


@dataclass(frozen=True)
class ToldApproach:
    """One approach to an entry, and how it stands (directory/actors/_approaches.html)."""

    url: str
    text: str
    case: str
    at: dt.datetime
    state: str
    mark: str
    tone: str


ApproachTeller = Callable[[User, Actor], Sequence[ToldApproach]]
_tellers: list[ApproachTeller] = []


def register_teller(teller: ApproachTeller) -> ApproachTeller:
    """Let an app above tell which approaches of cases that the reader may see went to an entry."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def approaches_to(entry: Actor, reader: User) -> list[ToldApproach]:
    """Return the approaches to an entry, newest first, as far as this reader may know of their cases."""
    return [told for teller in _tellers for told in teller(reader, entry)]
