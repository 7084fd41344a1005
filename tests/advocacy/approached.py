"""A case with two people, somebody of the directory, and approaches and replies as their verbs record them."""

import datetime as dt
import html
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions.approaches import NewApproach, record_approach
from advocacy.actions.replies import NewReply, record_reply
from advocacy.models import Approach, Reply
from casework.models import Ask, Case, Demand
from directory.models import Actor
from materials.models import Copy
from tests.advocacy.facts_made import a_handed_copy, fit
from tests.directory.entries import an_entry
from tests.factories import a_case, on_case
from tests.people import signed_in

A_YEAR_AGO = timezone.localdate() - dt.timedelta(days=365)
TOLD = "He was moved to the infirmary on Monday."
WORDS = "We shall have a name for you by Friday."


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def a_case_of_two() -> tuple[Case, User, User]:
    """Return a case with ana, who coordinates it, and leila, who reads it."""
    case = a_case(codename="Sorrel")
    return case, case.lead, on_case(case, "leila", "reader")


def an_ask(case: Case, text: str = "Send an observer to the hearing") -> Ask:
    demand = Demand.objects.create(case=case, text="Let a doctor see him", aim="doctor")
    return Ask.objects.create(case=case, demand=demand, to="the Minister", text=text)


def an_approach(case: Case, *, to: Actor | None = None, days: int = 3, **more: Any) -> Approach:
    """Return a letter of `days` ago, to an entry, or to a typed office."""
    whom = {"to": to} if to else {"to_name": more.pop("to_name", "Ministry of Foreign Affairs")}
    new = NewApproach(**{"kind": "letter", "happened_at": days_ago(days), **whom, **more})
    return record_approach(actor=case.lead, case=case, new=new)


def a_reply(approach: Approach, kind: str = "RS_ACK", **more: Any) -> Reply:
    return record_reply(
        actor=approach.case.lead, case=approach.case, approach=approach, new=NewReply(kind=kind, **more)
    )


def a_promise(approach: Approach, *, due: int = 3, received: int = 0) -> Reply:
    """Return a promise that is due in so many days, or was so many days ago where that is negative."""
    today = timezone.localdate()
    return a_reply(
        approach,
        "RS_PLEDGED",
        promised="They name an observer",
        due_on=today + dt.timedelta(days=due),
        received_on=today - dt.timedelta(days=received),
        words=WORDS,
    )


def a_copy(case: Case) -> Copy:
    """Return a copy of a briefing about this case that was handed over today."""
    return a_handed_copy("MIN_BRIEF", "AU_DIPLO")(fit(case))


def an_office_with(person: str = "Ilse Maran") -> tuple[Actor, Actor]:
    """Return a ministry, and somebody who works there."""
    office = an_entry("Ministry of Foreign Affairs")
    return office, an_entry(person, kind="person", parent=office)


def read(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return html.unescape(answer.content.decode())


def a_browser(user: User) -> Client:
    return signed_in(Client(), user)
