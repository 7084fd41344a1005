"""A case with two people, notes on it, and its pages as somebody reads them."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions.plans import make_plan
from advocacy.models import Milestone
from casework.models import Case
from notes.actions import notes
from notes.models import Note
from tests.factories import a_case, on_case
from tests.people import signed_in

WORDS = "Ring the lawyer before noon, she leaves at one."


def a_case_of_two() -> tuple[Case, User, User]:
    """Return a case with ana, who coordinates it, and leila, who reads it."""
    case = a_case(codename="Sorrel")
    return case, case.lead, on_case(case, "leila", "reader")


def a_step(case: Case) -> Milestone:
    plan = make_plan(actor=case.lead, case=case, template="FALLBACK", starts_at=timezone.now())
    return plan.milestones.order_by("key")[0]


def a_note(case: Case, text: str = WORDS, *, by: User | None = None, **about: Any) -> Note:
    return notes.write_note(actor=by or case.lead, case=case, text=text, **about)


def read(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def a_browser(user: User) -> Client:
    return signed_in(Client(), user)


def panel(text: str, of: str = "notes") -> str:
    """Return a panel of a page as words."""
    found = re.search(rf'<section class="panel[^"]*" aria-labelledby="{of}-h">.*?</section>', text, re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0])).strip() if found else ""
