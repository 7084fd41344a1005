"""Ready materials that a module makes once: each test gets them as they were made, and its transaction takes back the rest.

A module that asks for `kept_worlds` finds one of each kind in the database, beside that which a test is about.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.db import transaction

from tests.gate.ready import Ready, make_ready

World = tuple[str, str, bool, int]
KINDS = (
    ("SUPPORTER", "AU_SUPPORT", False),
    ("MIN_BRIEF", "AU_DIPLO", False),
    ("PROTECTIVE_NOTICE", "AU_TRUSTED", False),
    ("PROTECTIVE_NOTICE", "AU_TRUSTED", True),
)
_kept: dict[World, Ready] = {}


def a_ready(kind: str, audience: str, *, cases: int = 1, alone: bool = False) -> Ready:
    """Return the kept material of this kind, or a new one where the module keeps none."""
    kept = _kept.get((kind, audience, alone, cases))
    return deepcopy(kept) if kept else make_ready(kind, audience, cases=cases, alone=alone)


@contextmanager
def keeping(numbers: Iterable[int]) -> Iterator[None]:
    """Make one material of each kind for each of these numbers of cases, and take all back at the end."""
    with transaction.atomic():
        for cases in numbers:
            for kind, audience, alone in KINDS:
                _kept[kind, audience, alone, cases] = make_ready(kind, audience, cases=cases, alone=alone)
        try:
            yield
        finally:
            _kept.clear()
            transaction.set_rollback(True)
