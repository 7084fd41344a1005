"""The practice office for those who walk it: the secrets of its people, and a browser beside the site."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from accounts.sign_in import factors
from tests.browser import taken
from tests.browser.walker import PASSWORD
from web.demo import load


@pytest.fixture
def secrets() -> dict[str, str]:
    """Return the secret of each practice person's second factor, in an office with its practice cases."""
    people = load(PASSWORD)
    return {
        name: factors.decrypt(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])
        for name, person in people.items()
    }


@pytest.fixture
def chromium(secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser; its event loop runs beside Django, which this thread does not ask for anything meanwhile."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with taken.chromium() as browser:
        yield browser
