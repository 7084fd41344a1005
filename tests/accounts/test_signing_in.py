"""Signing in through the pages: password, second factor, and nothing else."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.sign_in import factors
from audit.models import Entry
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import PASSWORD, sign_in, unused_code

MIDDLE_OF_A_WINDOW = 1_900_000_005


@pytest.fixture(autouse=True)
def steady_clock() -> object:
    """A code of this test stays the code of this moment."""
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        yield


def give_password(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"login": username, "password": password, **more})


def give_code(client: Client, code: str):
    return client.post("/sign-in/code/", {"code": code})


def test_a_stranger_is_sent_to_sign_in(client, db):
    for page in ("/account/", "/office/people/", "/audit/", "/account/second-factor/", "/second-factor/"):
        answer = client.get(page)
        assert answer.status_code == 302 and answer.url.startswith("/sign-in/?next=")


def test_a_stranger_finds_no_way_to_sign_up_or_reset(client, db):
    for page in ("/signup/", "/accounts/signup/", "/sign-in/signup/", "/password/reset/", "/account/password/reset/"):
        assert client.get(page).status_code in {404, 302}
    assert "signup" not in client.get("/sign-in/").content.decode()


def test_a_person_signs_in_with_password_and_code(client, office: Office):
    factors.give_factor(office.ana)
    answer = give_password(client, "ana", next="/account/sessions/")
    assert answer.url.startswith("/sign-in/code/")
    assert client.get("/account/").url.startswith("/sign-in/")
    answer = give_code(client, unused_code(office.ana))
    assert answer.url == "/account/sessions/"
    assert client.get("/account/").status_code == 200
    assert Entry.objects.filter(verb="accounts.sign_in.done", actor_id=office.ana.pk).exists()


def test_a_password_alone_opens_nothing(client, office: Office):
    factors.give_factor(office.ana)
    give_password(client, "ana")
    for page in ("/account/", "/account/recovery-codes/", "/account/second-factor/", "/office/people/"):
        assert client.get(page).url.startswith("/sign-in/")


def test_a_session_from_before_the_factor_is_ended_by_it(client, office: Office):
    client.force_login(office.ana)
    factors.give_factor(office.ana)
    assert client.get("/account/").url.startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_a_used_code_is_refused(client, office: Office):
    factors.give_factor(office.ana)
    code = unused_code(office.ana)
    give_password(client, "ana")
    assert give_code(client, code).status_code == 302
    second = Client()
    give_password(second, "ana")
    answer = give_code(second, code)
    assert answer.status_code == 200 and "was used already" in answer.content.decode()


def test_the_code_of_the_window_before_is_refused(client, office: Office):
    factors.give_factor(office.ana)
    code = unused_code(office.ana)
    with time_machine.travel(MIDDLE_OF_A_WINDOW + 30, tick=False):
        give_password(client, "ana")
        assert give_code(client, code).status_code == 200


ON_OTHER_KEYBOARDS = {
    "Arabic figures": lambda code: "".join(chr(0x660 + int(sign)) for sign in code),
    "Persian figures": lambda code: "".join(chr(0x6F0 + int(sign)) for sign in code),
    "wide figures": lambda code: "".join(chr(0xFF10 + int(sign)) for sign in code),
    "pasted spaces": lambda code: f" {code[:3]}\u00a0{code[3:]}\u200f",
}


@pytest.mark.parametrize("typed", ON_OTHER_KEYBOARDS.values(), ids=ON_OTHER_KEYBOARDS)
def test_a_code_signs_in_however_its_figures_were_typed(client, office: Office, typed):
    factors.give_factor(office.ana)
    give_password(client, "ana")
    code = unused_code(office.ana)
    assert give_code(client, typed(code)).status_code == 302
    assert client.get("/account/").status_code == 200
    second = Client()
    give_password(second, "ana")
    assert "was used already" in give_code(second, code).content.decode()


@pytest.mark.parametrize("typed", ON_OTHER_KEYBOARDS.values(), ids=ON_OTHER_KEYBOARDS)
def test_a_recovery_code_and_a_proof_are_read_in_the_same_way(client, office: Office, typed):
    factors.give_factor(office.ana)
    give_password(client, "ana")
    assert give_code(client, typed(factors.recovery_codes_left(office.ana)[0])).status_code == 302
    answer = client.post("/second-factor/", {"code": typed(unused_code(office.ana)), "next": "/account/"})
    assert answer.status_code == 302 and answer.url == "/account/"


def test_a_recovery_code_signs_in_once(client, office: Office):
    factors.give_factor(office.ana)
    code = factors.recovery_codes_left(office.ana)[0]
    give_password(client, "ana")
    assert give_code(client, code).status_code == 302
    assert len(factors.recovery_codes_left(office.ana)) == 9
    second = Client()
    give_password(second, "ana")
    assert give_code(second, code).status_code == 200
    assert second.get("/account/").url.startswith("/sign-in/")


def test_a_wrong_password_is_recorded_for_people_and_for_nobody_else(client, office: Office):
    give_password(client, "ana", "wrong wrong wrong wrong")
    give_password(client, "nobody-here", "wrong wrong wrong wrong")
    entries = Entry.objects.filter(verb="accounts.sign_in.refused")
    assert [entry.target for entry in entries] == [f"accounts.user:{office.ana.pk}"]


def test_guessing_slows_one_account_and_no_other_at_the_same_address(client, office: Office):
    for _attempt in range(6):
        give_password(client, "ana", "wrong wrong wrong wrong")
    answer = give_password(client, "ana")
    assert answer.status_code == 200 and "too often" in answer.content.decode()
    assert give_password(Client(), "noor").status_code == 302
    with time_machine.travel(MIDDLE_OF_A_WINDOW + 61, tick=False):
        assert give_password(Client(), "ana").status_code == 302


def test_many_people_at_one_address_sign_in_in_the_same_minute(office: Office):
    for number in range(40):
        person = a_person(f"person{number}")
        answer = give_password(Client(), person.username)
        assert answer.status_code == 302, number


def test_guessing_codes_is_slowed(client, office: Office):
    factors.give_factor(office.ana)
    give_password(client, "ana")
    for _attempt in range(6):
        give_code(client, "000000")
    assert give_code(client, unused_code(office.ana)).status_code == 200
    assert Entry.objects.filter(verb="accounts.factor.refused").exists()


def test_a_closed_account_does_not_sign_in(client, office: Office):
    User.objects.filter(pk=office.ana.pk).update(is_active=False)
    answer = give_password(client, "ana")
    assert answer.url == "/sign-in/closed/"
    assert client.get("/account/").url.startswith("/sign-in/")


def test_lock_now_needs_a_post_and_wipes_what_the_browser_kept(client, office: Office):
    sign_in(client, office.ana)
    assert client.get("/lock/").status_code == 200
    assert client.get("/account/").status_code == 200
    answer = client.post("/lock/")
    assert answer.status_code == 302 and "cache" in answer.headers["Clear-Site-Data"]
    assert client.get("/account/").url.startswith("/sign-in/")


def test_no_page_of_signing_in_carries_a_script(client, office: Office):
    factors.give_factor(office.ana)
    pages = [client.get("/sign-in/")]
    give_password(client, "ana")
    pages.append(client.get("/sign-in/code/"))
    give_code(client, unused_code(office.ana))
    pages += [client.get(page) for page in ("/account/", "/second-factor/", "/account/sessions/")]
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert "<script" not in text and " style=" not in text and "onclick" not in text


def test_no_network_address_is_kept_of_a_session(client, office: Office):
    factors.give_factor(office.ana)
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD}, REMOTE_ADDR="203.0.113.7")
    client.post("/sign-in/code/", {"code": unused_code(office.ana)}, REMOTE_ADDR="203.0.113.7")
    page = client.get("/account/sessions/").content.decode()
    assert "This one" in page and "203.0.113.7" not in page


def test_a_changed_password_ends_every_session(client, office: Office, django_capture_on_commit_callbacks):
    sign_in(client, office.ana, fresh=True)
    other = sign_in(Client(), office.ana)
    new = "nine quiet lanterns under water"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert client.get("/account/").url.startswith("/sign-in/")
    assert other.get("/account/").url.startswith("/sign-in/")
    assert Entry.objects.filter(verb="accounts.password.changed").exists()
    assert mail.outbox and new not in mail.outbox[-1].body


def test_other_sessions_are_ended_and_this_one_stays(client, office: Office):
    sign_in(client, office.ana)
    other = sign_in(Client(), office.ana)
    assert client.post("/account/sessions/").status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").url.startswith("/sign-in/")


def test_the_secret_of_a_factor_lies_nowhere_in_clear(client, office: Office):
    client.force_login(office.ana)
    page = client.get("/account/second-factor/")
    secret = "".join(page.context["groups"])
    assert secret not in str(dict(client.session.items()))
    code = factors.format_hotp_value(factors.hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/second-factor/", {"code": code}).url == "/account/recovery-codes/"
    stored = Authenticator.objects.get(user=office.ana, type="totp").data
    assert secret not in str(stored) and stored["secret"].startswith("gAAAA")
