"""A person who fills in the packet without scripts: opens the page, writes into boxes by name, and sends them all."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from casework.models import Case
from tests.casework.sheet import Boxes
from tests.casework.sheet import boxes as boxes_of


def at(case: Case, place: str = "") -> str:
    return reverse("casework:case", args=[case.reference]) + place


def boxes(answer: Any) -> Boxes:
    """Return every box of the story as the page shows it."""
    return boxes_of(answer.content.decode(), 'class="stack" novalidate')


def opened(client: Client, case: Case, place: str = "") -> Boxes:
    return boxes(client.get(at(case, place)))


def fill(client: Client, case: Case, changes: Boxes, *, base: Boxes | None = None, place: str = "") -> Any:
    """Open the packet, fill these boxes in, leave all others as they are, and record; None takes a tick away."""
    sent = {**(opened(client, case, place) if base is None else base), **changes}
    return client.post(at(case), {name: value for name, value in sent.items() if value is not None}, follow=True)


def event(words: str, on: str, **more: str) -> Boxes:
    """Return the boxes of the row that adds an event, filled in."""
    return {"e0-on": on, "e0-event": words, **{f"e0-{name}": value for name, value in more.items()}}


def answer(code: str, how: str, **said: str) -> Boxes:
    """Return the boxes of one answer, filled in."""
    return {f"a-{code}-how": how, **{f"a-{code}-{name}": value for name, value in said.items()}}


def words(answer: Any) -> str:
    """Return the page without its tags."""
    page = answer.content.decode().partition("<main")[2]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))
