"""*Today* names promises past their day and calls to make again, to who plans the case and has to do with them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from advocacy.actions.replies import settle_promise
from casework.models import CaseUserObjectPermission
from tests.advocacy.approached import TOLD, a_browser, a_case_of_two, a_promise, a_reply, an_approach, read
from tests.factories import a_case, on_case
from tests.people import a_person

pytestmark = pytest.mark.django_db


def panel(user: User) -> str:
    """Return the panel of promises and calls in words; nothing where there is none."""
    found = re.search(
        r'<section class="panel" aria-labelledby="answers-h">.*?</section>', read(a_browser(user), "web:today"), re.S
    )
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0])) if found else ""


def test_an_unkept_promise_stands_on_today_until_somebody_says_how_it_ended() -> None:
    case, ana, leila = a_case_of_two()
    reply = a_promise(an_approach(case, days=9), due=-2, received=5)
    a_promise(an_approach(case), due=0)
    assert panel(ana).count("Unkept promise") == 1 and "2 days late" in panel(ana) and "Sorrel" in panel(ana)
    assert panel(leila) == "" and panel(a_person("sam")) == ""
    assert "They name an observer" not in read(a_browser(ana), "web:today")
    settle_promise(actor=ana, reply=reply, is_kept=False, on=timezone.localdate())
    assert panel(ana) == ""


def test_whom_to_ring_again_stands_on_today_from_its_day_until_an_answer_or_the_next_call() -> None:
    case, ana, _leila = a_case_of_two()
    today = timezone.localdate()
    first = an_approach(case, kind="call", is_missed=True, follow_up_on=today)
    second = an_approach(case, told=TOLD, follow_up_on=today - dt.timedelta(days=1))
    an_approach(case, follow_up_on=today + dt.timedelta(days=1))
    assert "Get in touch again, 2 times" in panel(ana)
    address = f"{reverse('advocacy:record_call', args=[case.reference])}?follows={second.pk}"
    assert address in read(a_browser(ana), "web:today")
    an_approach(case, follows=first)
    assert "times" not in panel(ana) and "Get in touch again" in panel(ana)
    a_reply(second)
    assert panel(ana) == ""


def test_who_plans_a_case_but_has_nothing_to_do_with_it_is_left_alone() -> None:
    case, ana, _leila = a_case_of_two()
    eva = on_case(case, "eva", "coordinator")
    a_promise(an_approach(case, days=9), due=-2, received=5)
    assert panel(eva) == "" and panel(ana)
    a_promise(an_approach(case, days=9, made_by=eva), due=-1, received=5)
    assert "Unkept promise" in panel(eva) and "2 unkept promises" in panel(ana)


def test_many_rows_ask_as_often_as_one_and_the_page_shows_each_case() -> None:
    _case, ana, _leila = a_case_of_two()

    def asked(more: int) -> int:
        for _number in range(more):
            case = a_case(lead=ana)
            a_promise(an_approach(case, days=9), due=-2, received=5)
            an_approach(case, follow_up_on=timezone.localdate())
        browser: Any = a_browser(ana)
        browser.get(reverse("web:today"))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(reverse("web:today")).status_code == 200
        return len(found)

    assert asked(1) == asked(8)
    assert panel(ana).count("Unkept promise") == 9 and panel(ana).count("Get in touch again") == 9


def test_a_right_that_ended_takes_the_rows_away() -> None:
    case, _ana, _leila = a_case_of_two()
    eva = on_case(case, "eva", "coordinator")
    a_promise(an_approach(case, days=9, made_by=eva), due=-1, received=5)
    assert panel(eva)
    CaseUserObjectPermission.objects.filter(content_object=case, user=eva, permission__codename="plan").delete()
    assert panel(eva) == ""
