"""Cases with keys but without an app that knows what a case is, and the office of the account tests."""

import uuid
from collections.abc import Iterator

import pytest

from sealing import keys
from tests.accounts.conftest import office

__all__ = ["office"]

CASE = uuid.UUID("5b0b5c1e-2f4a-4d53-9f3c-6a8f9d2f0c11")
OTHER_CASE = uuid.UUID("0f9d2f0c-2f4a-4d53-9f3c-6a8f5b0b5c1e")
CANARY = "canary-of-the-trail"


@pytest.fixture
def case_keys() -> Iterator[dict[uuid.UUID, bytes]]:
    """Two cases with data keys, and no app above that knows what a case is."""
    before = dict(keys._resolvers)
    held = {CASE: b"k" * 32, OTHER_CASE: b"o" * 32}
    keys.register_resolver("case", open_key=lambda owner, version: held[owner], current=lambda owner: (1, held[owner]))
    keys.forget_keys()
    yield held
    keys._resolvers.clear()
    keys._resolvers.update(before)
    keys.forget_keys()
