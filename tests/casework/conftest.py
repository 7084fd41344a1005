"""A case, the liaison who keeps its consents, and what the parts above casework are told."""

from typing import Any

import pytest
from django.test import Client

from casework import events
from casework.models import Case
from tests.factories import a_case, on_case
from tests.people import signed_in


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def leila(client: Client, case: Case) -> Client:
    """The family liaison keeps consents and changes nothing else."""
    return signed_in(client, on_case(case, "leila", "liaison"))


@pytest.fixture
def heard() -> Any:
    """What the parts above casework are told."""
    told: list[tuple[str, Any]] = []

    def listener(*, actor: Any, case: Case, code: str, about: Any, what: str) -> None:
        told.append((code, about.pk))

    events.listen(listener)
    yield told
    events._listeners.remove(listener)
