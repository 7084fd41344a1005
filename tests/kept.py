"""One world that a module makes once: each of its tests finds it as it was made, and the rest of the work is its own.

For modules of which every test begins with the same world; all of them ask for it, so that no order of them matters.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction

World = TypeVar("World")


@contextmanager
def one_world(make: Callable[[], World]) -> Iterator[World]:
    """Make it around the transactions of the tests, and take it back at the end. Hand each test a copy (`deepcopy`)."""
    with transaction.atomic():
        made = make()
        cache.clear()
        try:
            yield made
        finally:
            transaction.set_rollback(True)
