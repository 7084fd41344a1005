"""What modules of the gate share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.gate.kept import keeping


@pytest.fixture(scope="module")
def kept_worlds(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep ready materials about as many cases as the module says in KEPT."""
    with django_db_blocker.unblock(), keeping(request.module.KEPT):
        yield
