"""A second press, a resent form or *back and save* makes nothing twice, and says so; and every form that posts is asked."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import Invitation, SentForm
from accounts.sign_in.middleware import LONGEST
from accounts.views.once import ASKED_FOR, act_once
from casework.models import Case, Demand, Membership
from safety.models import Hold
from tests.factories import a_case
from tests.people import a_person, signed_in
from tests.security.table import ROWS
from web import sweeps

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')
OPEN = {"country": "XPR", "status": "DS_UNKNOWN", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
SAVED = "This was already saved. The second press changed nothing."


def a_browser(username: str = "ana", *, fresh: bool = False) -> Client:
    """Return a browser whose forms are checked as those of people are."""
    return signed_in(Client(enforce_csrf_checks=True), a_person(username), fresh=fresh)


def token(client: Client, address: str) -> str:
    """Return the token of the form on a page that is opened now."""
    found = TOKEN.search(client.get(address).content.decode())
    assert found, address
    return found[1]


def test_a_form_that_is_sent_twice_opens_one_case_and_leads_to_it() -> None:
    ana, address = a_browser(), reverse("casework:open_case")
    sent = OPEN | {"csrfmiddlewaretoken": token(ana, address)}
    first = ana.post(address, sent)
    second = ana.post(address, sent)
    case = Case.objects.get()
    assert first.url == second.url == reverse("casework:case", args=[case.reference])
    assert SAVED in ana.get(second.url).content.decode()
    assert Membership.objects.count() == 1


def test_back_and_save_makes_nothing_until_it_is_sent_once_more() -> None:
    """*Back* fetches the page anew, so that the token is new and the words are the old ones."""
    ana, address = a_browser(), reverse("casework:open_case")
    assert ana.post(address, OPEN | {"csrfmiddlewaretoken": token(ana, address)}).status_code == 302
    again = OPEN | {"csrfmiddlewaretoken": token(ana, address)}
    for _press in range(2):
        answer = ana.post(address, again)
        page = answer.content.decode()
        assert answer.status_code == 409 and "was saved a short while ago" in page and Case.objects.count() == 1
    assert f'href="{reverse("casework:case", args=[Case.objects.get().reference])}"' in page
    once_more = OPEN | {"csrfmiddlewaretoken": TOKEN.findall(page)[-1]}
    assert [ana.post(address, once_more).status_code for _press in range(2)] == [302, 302]
    assert Case.objects.count() == 2
    assert ana.post(address, OPEN | {"csrfmiddlewaretoken": token(ana, address)}).status_code == 409


def test_other_words_another_person_and_a_later_hour_are_not_asked_about() -> None:
    ana, sam, address = a_browser(), a_browser("sam"), reverse("casework:open_case")
    for who, words in ((ana, OPEN), (ana, OPEN | {"country": "XPR", "status_on": "2024-01-01"}), (sam, OPEN)):
        assert who.post(address, words | {"csrfmiddlewaretoken": token(who, address)}).status_code == 302
    SentForm.objects.update(sent_at=timezone.now() - ASKED_FOR)
    assert ana.post(address, OPEN | {"csrfmiddlewaretoken": token(ana, address)}).status_code == 302
    assert Case.objects.count() == 4


def test_a_hold_is_never_asked_about() -> None:
    """The verb itself keeps to the hold that runs; a page with a question could be taken for a hold that is on."""
    ana, case = a_browser(), a_case()
    address, words = (
        reverse("safety:hold", args=[case.reference]),
        {"reason": "She was summoned.", "kind": "precaution"},
    )
    for _time in range(2):
        assert ana.post(address, words | {"csrfmiddlewaretoken": token(ana, address)}).status_code == 302
    assert Hold.objects.count() == 1


def test_back_change_and_save_makes_nothing_and_loses_nothing_until_it_is_sent_once_more() -> None:
    ana, case = a_browser(), a_case()
    address = reverse("casework:add_demand", args=[case.reference])
    sent = {"text": "Release him.", "rank": "1", "csrfmiddlewaretoken": token(ana, address)}
    first = ana.post(address, sent)
    assert first.status_code == 302, first.content.decode()
    again = ana.post(address, sent | {"text": "Release him now."})
    page = again.content.decode()
    assert again.status_code == 409 and Demand.objects.count() == 1
    assert "was saved already" in page and "Release him now." in page
    fresh = TOKEN.findall(page)[-1]
    assert ana.post(address, {"text": "Release him now.", "rank": "1", "csrfmiddlewaretoken": fresh}).status_code == 302
    assert Demand.objects.count() == 2


def test_a_faulty_form_may_be_mended_and_sent_under_the_same_token() -> None:
    ana, address = a_browser(), reverse("casework:open_case")
    sent = OPEN | {"csrfmiddlewaretoken": token(ana, address)}
    assert ana.post(address, sent | {"country": ""}).status_code == 422
    assert ana.post(address, sent | {"status_on": "2999-01-01"}).status_code == 422  # what the verb refuses
    assert not SentForm.objects.exists()
    assert ana.post(address, sent).status_code == 302 and Case.objects.count() == 1


def test_a_form_of_no_page_is_shown_and_makes_nothing() -> None:
    ana, address = a_browser(), reverse("casework:open_case")
    ana.get(address)
    bare = ana.cookies["csrftoken"].value
    for sent, headers in ((OPEN | {"csrfmiddlewaretoken": bare}, {}), (OPEN, {"X-CSRFToken": bare})):
        answer = ana.post(address, sent, headers=headers)
        assert answer.status_code == 409 and "did not come from a page" in answer.content.decode()
        assert not Case.objects.exists()
    assert ana.post(address, OPEN | {"csrfmiddlewaretoken": TOKEN.findall(answer.content.decode())[-1]}).url


def test_a_form_without_any_token_reaches_no_view() -> None:
    """On this rests that act_once may take a request without a token for one of a test's client."""
    ana, address = a_browser(), reverse("casework:open_case")
    ana.get(address)
    for headers in ({}, {"X-CSRFToken": ""}, {"X-Requested-With": "XMLHttpRequest"}):
        assert ana.post(address, OPEN, headers=headers).status_code == 403
    assert not Case.objects.exists()


def test_no_view_is_exempt_from_the_cross_site_check() -> None:
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    views = list(all_views(get_resolver()))
    assert len(views) > 100
    assert [view for view in views if getattr(view, "csrf_exempt", False)] == []


def all_views(resolver: Any) -> Iterator[Callable[..., Any]]:
    for pattern in resolver.url_patterns:
        yield from all_views(pattern) if hasattr(pattern, "url_patterns") else [pattern.callback]


def test_the_token_is_one_persons_and_one_pages() -> None:
    ana, case = a_browser(), a_case()
    one, other = (reverse(f"casework:{name}", args=[case.reference]) for name in ("add_demand", "add_charge"))
    sent = {"text": "Release him.", "rank": "1", "law": "Art. 1", "csrfmiddlewaretoken": token(ana, one)}
    assert ana.post(one, sent).status_code == ana.post(other, sent).status_code == 302
    assert SentForm.objects.count() == 2
    assert {row.user.username for row in SentForm.objects.all()} == {"ana"}


def test_holds_and_invitations_are_made_once_too() -> None:
    ana, case = a_browser(), a_case()
    address = reverse("safety:hold", args=[case.reference])
    sent = {"reason": "Her brother was summoned.", "kind": "precaution", "csrfmiddlewaretoken": token(ana, address)}
    assert [ana.post(address, sent).status_code for _time in range(2)] == [302, 302] and Hold.objects.count() == 1
    admin, address = a_browser("admin", fresh=True), reverse("accounts:invite")
    sent = {"username": "petra", "name": "Petra", "email": "petra@office.example", "role": ""}
    sent["csrfmiddlewaretoken"] = token(admin, address)
    assert [admin.post(address, sent).status_code for _time in range(2)] == [302, 302]
    assert Invitation.objects.filter(username="petra").count() == 1


def test_nothing_of_token_words_or_address_is_read_in_the_row() -> None:
    ana, address = a_browser(), reverse("casework:open_case")
    given = token(ana, address)
    ana.post(address, OPEN | {"csrfmiddlewaretoken": given})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_sentform")
        told = str(cursor.fetchall())
    assert given not in told and Case.objects.get().reference not in told


def test_the_sweep_forgets_what_no_session_can_send_any_more() -> None:
    now = timezone.now()
    for age in (LONGEST - dt.timedelta(minutes=1), LONGEST + dt.timedelta(minutes=1)):
        row = SentForm(user=a_person(), token_mac=str(age).encode(), body_mac=b"-", leads_to="/", sent_at=now - age)
        row.save()
    sweeps.daily(now=now)
    assert [now - row.sent_at < LONGEST for row in SentForm.objects.all()] == [True]


@pytest.mark.django_db(transaction=True)
def test_four_presses_at_once_make_one_case() -> None:
    ana, address = a_browser(), reverse("casework:open_case")
    sent = OPEN | {"csrfmiddlewaretoken": token(ana, address)}
    start, answers = threading.Barrier(4, timeout=30), []

    def press() -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = ana.cookies
        try:
            start.wait()
            answers.append(browser.post(address, sent).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=50)
    case = Case.objects.get()
    assert answers == [reverse("casework:case", args=[case.reference])] * 4


# Addresses that take a press and make no row that a second press could double; each says why.
SIGNS_IN = "somebody signs in or out; nothing is opened yet, or it is one's own"
SHOWS = "a list or a page; nothing is written"
ENDS = "ends, takes back or drops what is there; a second time there is nothing to end"
AGREES = "somebody agrees to or signs a row that is there, once: the verb locks it and looks"
STATE = "puts what is there into a state; a second press finds it so"
MAKES_NOTHING = {
    **dict.fromkeys(["account_login", "account_logout", "account_change_password", "mfa_authenticate"], SIGNS_IN),
    **dict.fromkeys(["accounts:accept_invitation", "accounts:invitation", "accounts:factor"], SIGNS_IN),
    **dict.fromkeys(["accounts:prove_again", "accounts:new_recovery_codes", "accounts:recovery_codes"], SIGNS_IN),
    **dict.fromkeys(
        [
            "accounts:acts",
            "accounts:people",
            "accounts:person",
            "accounts:draft",
            "casework:own_words",
            "casework:search",
            "directory:actors",
        ],
        SHOWS,
    ),
    **dict.fromkeys(["accounts:sessions", "accounts:delete_draft", "accounts:forget_my_devices"], ENDS),
    **dict.fromkeys(["accounts:withdraw_invitation", "casework:end_member", "casework:remove", "web:stop_job"], ENDS),
    **dict.fromkeys(["directory:entry_end", "directory:channel_end"], ENDS),
    **dict.fromkeys(["directory:contact_signs"], STATE),
    **dict.fromkeys(["notes:take_back", "accounts:revoke_calendar_address"], ENDS),
    **dict.fromkeys(
        [
            "directory:contact_end",
            "directory:office_logo_remove",
            "directory:recipient_end",
            "advocacy:plan_end",
            "materials:end_exception",
        ],
        ENDS,
    ),
    **dict.fromkeys(["materials:revoke", "materials:take_back", "materials:take_down"], ENDS),
    **dict.fromkeys(["casework:withdraw_no_statement", "safety:end_assessment", "safety:send_back_assessment"], ENDS),
    **dict.fromkeys(["casework:second_member", "directory:recipient_approve", "materials:agree_extension"], AGREES),
    **dict.fromkeys(["materials:agree_still_right", "materials:sign_exception", "advocacy:urgent_agree"], AGREES),
    **dict.fromkeys(["advocacy:urgent_sign", "safety:confirm_hold", "safety:ask_lift", "safety:lift"], AGREES),
    **dict.fromkeys(["accounts:keep_typed"], STATE),
    **dict.fromkeys(["accounts:me", "casework:undo", "casework:still_makes_sense", "advocacy:undo_milestone"], STATE),
    **dict.fromkeys(["advocacy:plan_public", "notes:done", "notes:reopen", "notes:bring_back"], STATE),
    **dict.fromkeys(["materials:compose_again", "materials:send_to_review"], STATE),
    **dict.fromkeys(["web:read_notice", "web:read_all_notices"], STATE),
    "advocacy:urgent_send": "each recipient gets one copy of a revision, under a lock (test_urgent_sending.py)",
}


def reaches(function: Callable[..., Any], wanted: FunctionType) -> bool:
    """Say whether this function of ours, or one that it names, calls the wanted one."""
    seen: set[Any] = set()

    def named(code: CodeType) -> Iterator[str]:
        yield from code.co_names
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                yield from named(inner)

    def walk(one: Any) -> bool:
        while hasattr(one, "__wrapped__"):
            one = one.__wrapped__
        if one is wanted:
            return True
        if not isinstance(one, FunctionType) or one in seen or ".views" not in one.__module__:
            return False
        seen.add(one)
        return any(walk(one.__globals__.get(name)) for name in named(one.__code__))

    return walk(function)


POSTS = {row.name: row for row in ROWS if set(row.post) - {"m", "i"}}


@pytest.mark.parametrize("name", sorted(POSTS))
def test_every_address_that_takes_a_form_asks_for_its_token_or_says_why_not(name: str) -> None:
    views = {pattern: view for view, pattern in named_views()}
    assert reaches(views[name], act_once) != (name in MAKES_NOTHING)


def test_no_reason_is_kept_for_an_address_that_is_gone() -> None:
    assert set(MAKES_NOTHING) <= set(POSTS)


def named_views(resolver: Any = None, space: str = "") -> Iterator[tuple[Callable[..., Any], str]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_views(pattern, space + inner)
        elif pattern.name:
            yield pattern.callback, space + pattern.name
