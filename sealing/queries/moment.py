"""The moment that a query asks about, where it asks about this one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_stands_in: ContextVar[dt.datetime | None] = ContextVar("sealing_moment_of_a_query", default=None)


def now() -> dt.datetime:
    """Return this moment; while a query is being written, what stands in for the moment of each later use."""
    return _stands_in.get() or timezone.now()


@contextmanager
def standing_in(moment: dt.datetime) -> Iterator[None]:
    """Let this moment stand in for every later one, in this thread alone."""
    token = _stands_in.set(moment)
    try:
        yield
    finally:
        _stands_in.reset(token)
