"""On the page of an entry stand its approaches of the cases that the reader may see; to others there is no hint of any."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from advocacy.actions.approaches import withdraw_approach
from directory.models import Actor
from tests.advocacy.approached import a_browser, a_case_of_two, a_reply, an_approach, an_office_with, read
from tests.people import a_person

pytestmark = pytest.mark.django_db


def panel(text: str) -> str:
    """Return the panel of approaches in words."""
    found = re.search(r'<section class="panel" aria-labelledby="approaches-h">.*?</section>', text, re.S)
    assert found
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0]))


def page(who: str | None, entry: Actor, *, user: User | None = None) -> str:
    return panel(read(a_browser(user or a_person(str(who))), "directory:entry", entry.pk))


def test_who_sees_the_case_finds_its_approaches_with_their_answer() -> None:
    case, _ana, leila = a_case_of_two()
    office, ilse = an_office_with()
    an_approach(case, to=office, days=40)
    a_reply(an_approach(case, to=office, kind="meeting", met=ilse))
    shown = page(None, office, user=leila)
    assert "Sorrel" in shown and "Waiting 40 days" in shown and "Acknowledged receipt" in shown
    assert shown.index("Meeting") < shown.index("Letter")
    assert "Meeting" in page(None, ilse, user=leila) and "Letter" not in page(None, ilse, user=leila)


def test_a_stranger_to_the_case_finds_what_stands_where_nobody_was_approached() -> None:
    case, _ana, _leila = a_case_of_two()
    office, _ilse = an_office_with()
    before = page("sam", office)
    a_reply(an_approach(case, to=office, days=40))
    an_approach(case, to=office, follow_up_on=None)
    assert page("sam", office) == before and "None that you may see." in before
    assert not re.search(r"\d", before) and "Sorrel" not in before
    assert "Sorrel" not in read(a_browser(a_person("sam")), "directory:entry", office.pk)


def test_a_withdrawn_approach_is_none_to_the_entry() -> None:

    case, ana, leila = a_case_of_two()
    office, _ilse = an_office_with()
    withdraw_approach(actor=ana, approach=an_approach(case, to=office), reason="Another office")
    assert "None that you may see." in page(None, office, user=leila)


def test_twenty_approaches_ask_the_database_as_often_as_two() -> None:
    case, _ana, leila = a_case_of_two()
    office, _ilse = an_office_with()
    browser, address = a_browser(leila), reverse("directory:entry", args=[office.pk])

    def asked(more: int) -> int:
        for _number in range(more):
            a_reply(an_approach(case, to=office))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    asked(2)
    assert asked(0) == asked(18)
