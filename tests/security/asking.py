"""One request as one person, and the letter that names the answer in the table."""

import re
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.people import signed_in
from tests.security.world import World

CODES = {200: "o", 404: "n", 403: "f", 405: "m", 409: "r", 422: "r", 400: "r", 410: "g"}
LETTERS = {
    "o": "the page",
    "i": "sign in first",
    "a": "show the second factor again",
    "d": "done, or led on",
    "r": "refused in words",
    "n": "no such page",
    "f": "not open to you",
    "m": "not in this way",
    "g": "gone",
}
CHANGES = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{32}(?=\.)')


def names(resolver: Any = None, space: str = "") -> list[str]:
    """Return the name of every address that is mounted."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.append(f"{space}{pattern.name}")
    return found


def clients(world: World) -> dict[str, Client]:
    """Return a browser for each person, signed in with a second factor shown a moment ago; the stranger's is empty."""
    made = {
        key: signed_in(Client(raise_request_exception=True), user, fresh=True) for key, user in world.people.items()
    }
    return {"stranger": Client(), **made}


def ask(client: Client, method: str, address: str) -> Any:
    """Send one request and take back whatever it did, in the database and in the browser."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, address) if method == "GET" else client.post(address, {"something": "else"})
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def letter(answer: Any) -> str:
    """Return the letter of an answer."""
    if answer.status_code != 302:
        return CODES[answer.status_code]
    if answer["Location"].startswith("/sign-in/?"):
        return "i"
    return "a" if answer["Location"].startswith("/second-factor/?") else "d"


def body(answer: Any) -> bytes:
    """Return what is read, without what differs at every request."""
    return CHANGES.sub(b"", answer.body)


def headers(answer: Any) -> str:
    """Return what a browser or a proxy reads beside it, but for the address that was asked for."""
    return "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
