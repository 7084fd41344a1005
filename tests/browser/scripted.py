"""A browser that runs our scripts, signed in beside the sign-in pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.browser import taken
from tests.people import signed_in


@contextmanager
def scripted(site: str, user: User) -> Iterator[Any]:
    """Open a window with scripts for this person; it fails where a page breaks the policy of content or a script does."""
    session = signed_in(Client(), user, fresh=True).cookies[settings.SESSION_COOKIE_NAME].value
    said: list[str] = []
    with taken.chromium() as browser:
        context = browser.new_context()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if "Content Security" in line.text else None)
        yield page
    assert said == []
