"""The calendar, key dates and followed asks in a real Chromium: light and dark, narrow and wide, in both directions."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.actions.plans import make_plan
from tests.advocacy.approached import a_case_of_two, a_promise, an_approach, an_ask
from tests.advocacy.test_asks_followed import said
from tests.browser.taken import faults_of_pages
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]


def test_the_calendar_and_the_followed_asks_are_whole_in_every_mode(client: Any) -> None:
    case, ana, _leila = a_case_of_two()
    signed_in(client, ana)

    def take(name: str, *args: Any, query: str = "") -> str:
        return str(client.get(reverse(name, args=args) + query).content.decode())

    taken = {"asks-none": take("advocacy:asks_followed", case.reference)}
    make_plan(actor=ana, case=case, template="SIX_WEEK", starts_at=timezone.now())
    ask = an_ask(case)
    a_promise(an_approach(case, asks=[ask], days=9), due=-1, received=5)
    said(ask, look_again_on=timezone.localdate())
    said(ask, "back", words="The observer was sent away")
    taken |= {
        "asks": take("advocacy:asks_followed", case.reference),
        "ask-standing": take("advocacy:ask_standing", case.reference, ask.pk),
        "month": take("advocacy:calendar"),
        "list": take("advocacy:calendar", query="?view=list"),
        "key-dates": take("directory:key_dates"),
    }
    assert faults_of_pages(taken) == []
