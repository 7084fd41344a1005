"""What goes over the wire: methods, cookies, kinds of content, listings, where values may stand, and lines of the log."""

import datetime as dt
import json
import logging
import random
import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.utils import decrypt
from django.db import connection, transaction
from django.test import Client

from accounts.actions import joining
from accounts.models import User
from accounts.sign_in import factors
from config import settings as real
from config.logs import JsonLines
from tests.accounts.signing_in import PASSWORD, sign_in, unused_code
from tests.architecture.test_no_way_for_typed_words import APPS
from tests.people import a_person
from tools.machine import ROOT

SPACED = "  Nine quiet Lanterns, under water; " + "and one more " * 4 + " "


def with_password(username: str, password: str) -> Any:
    person = a_person(username)
    person.set_password(password)
    person.save()
    return person


def asked_for_code(client: Client, password: str) -> bool:
    """Whether this password leads on to the second factor."""
    answer = client.post("/sign-in/", {"login": "ana", "password": password})
    return answer.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
@pytest.mark.parametrize("address", ["/", "/healthz", "/static/nothing.css"])
def test_nothing_is_echoed(client: Client, method: str, address: str) -> None:
    answer = client.generic(method, address, headers={"x-secret": "a planted canary"})
    assert answer.status_code == 405
    assert b"a planted canary" not in answer.content
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_each_cookie_is_kept_from_scripts_and_from_forms_of_other_sites(client: Client) -> None:
    ana = with_password("ana", PASSWORD)
    factors.give_factor(ana)
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    client.post("/sign-in/code/", {"code": unused_code(ana)})
    assert set(client.cookies) == {"csrftoken", "device", "sessionid"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"] and cookie["samesite"] == ("Strict" if name == "device" else "Lax"), name
        assert name == "device" or not (cookie["max-age"] or cookie["expires"]), name


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/", "/healthz", "/readyz", "/static/nothing.css"])
def test_every_text_says_its_alphabet(client: Client, address: str) -> None:
    kind = client.get(address).headers["Content-Type"]
    assert kind in {"text/html; charset=utf-8", "text/plain; charset=utf-8"}, kind


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/static/", "/static/fonts/", "/source", "/media/", "/.git/", "/.git/HEAD"])
def test_no_folder_is_listed(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {301, 302, 404}
    assert not any(words in answer.content for words in (b"Index of", b"Directory listing", b"refs/heads"))


@pytest.mark.django_db
def test_what_stands_in_the_address_is_not_taken_for_a_form(client: Client) -> None:
    with_password("ana", PASSWORD)
    answer = client.post(f"/sign-in/?login=ana&password={PASSWORD}", {})
    assert answer.status_code != 302
    assert asked_for_code(client, PASSWORD)


@pytest.mark.django_db
def test_a_password_is_taken_letter_by_letter_with_its_spaces_and_long(client: Client) -> None:
    assert len(SPACED) > 80
    with_password("ana", SPACED)
    assert not asked_for_code(client, SPACED.strip())
    assert not asked_for_code(client, SPACED.lower())
    assert not asked_for_code(client, SPACED[:64])
    assert asked_for_code(client, SPACED)


@pytest.mark.django_db
def test_a_password_is_masked_and_may_come_from_a_password_manager(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert page.count('type="password"') == 1 and 'autocomplete="current-password"' in page
    assert "onpaste" not in page and 'autocomplete="off"' not in page
    sign_in(client, with_password("ana", PASSWORD), fresh=True)
    change = client.get("/account/password/").content.decode()
    assert change.count('type="password"') == 3 and change.count('autocomplete="new-password"') == 2


@pytest.mark.django_db
def test_a_changed_password_needs_the_present_one(client: Client) -> None:
    ana = with_password("ana", PASSWORD)
    sign_in(client, ana, fresh=True)
    new = "nine quiet lanterns under water"
    answer = client.post(
        "/account/password/", {"oldpassword": "not this one, ever", "password1": new, "password2": new}
    )
    assert answer.status_code in {200, 422}
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_password_never_runs_out(client: Client) -> None:
    ana = with_password("ana", PASSWORD)
    factors.give_factor(ana)
    in_ten_years = dt.datetime.now(dt.UTC).replace(second=5, microsecond=0) + dt.timedelta(days=3653)
    with time_machine.travel(in_ten_years, tick=False):
        assert client.post("/sign-in/", {"login": "ana", "password": PASSWORD}).url.startswith("/sign-in/code/")
        assert client.post("/sign-in/code/", {"code": unused_code(ana)}).url == "/"
        assert client.get("/account/").status_code == 200, "and nothing asks for a new one"


@pytest.mark.django_db
def test_signing_in_gives_a_new_long_session_that_is_looked_up_here(client: Client) -> None:
    ana = with_password("ana", PASSWORD)
    factors.give_factor(ana)
    client.get("/sign-in/")
    assert asked_for_code(client, PASSWORD)
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": unused_code(ana)})
    after = client.session.session_key
    assert after != before and len(after) >= 32
    assert client.get("/account/").status_code == 200
    client.cookies["sessionid"] = before
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_a_fault_inside_is_told_in_general_words_and_the_next_page_comes(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, a_person("ana"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_draft RENAME TO a_planted_canary")
    with transaction.atomic():
        answer = client.get("/account/")
        transaction.set_rollback(True)
    page = answer.content.decode()
    assert answer.status_code == 500 and "no-store" in answer.headers["Cache-Control"]
    assert not re.search(r"accounts_draft|canary|Traceback|SELECT|sqlite|psycopg|django|\.py", page, re.I)
    assert [line for line in caplog.records if line.name == "django.request" and line.levelname == "ERROR"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE a_planted_canary RENAME TO accounts_draft")
    assert client.get("/account/").status_code == 200


@pytest.mark.django_db
def test_seeds_and_recovery_codes_are_drawn_by_no_luck_that_can_be_repeated() -> None:
    drawn = []
    for name in ("ana", "rui"):
        person = a_person(name)
        random.seed(7)
        drawn.append((decrypt(factors.give_factor(person).data["secret"]), factors.recovery_codes_left(person)))
    (one, codes), (other, other_codes) = drawn
    assert one != other and len(one) >= 32, "160 bits, in letters of five"
    assert not set(codes) & set(other_codes) and len(set(codes)) == 10
    assert all(len(code.replace("-", "")) >= 8 and code.isdigit() for code in codes), "26 bits and more"


def test_what_nobody_may_guess_is_drawn_from_128_bits_and_more() -> None:
    """Every draw of the program, read from its text: bytes of `secrets`, never fewer than sixteen of what opens something."""
    drawn = {}
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for line in re.findall(r"(?:token_urlsafe|token_hex|token_bytes|urandom)\((\w*)\)", path.read_text()):
            drawn[f"{path.relative_to(ROOT)}: {line}"] = line
    named = {"TOKEN_BYTES": joining.TOKEN_BYTES, "NONCE_BYTES": 16}  # a nonce is no secret: its 12 bytes are AES-GCM's
    assert drawn and all(int(named.get(size, size)) >= 16 for size in drawn.values()), drawn


def test_an_office_begins_without_any_account(db: None) -> None:
    assert not User.objects.exists()


def test_a_line_of_the_log_stays_one_line() -> None:
    typed = 'one\r\n{"level": "ERROR", "message": "forged"}\u2028two\x1b[31m'
    line = JsonLines().format(logging.makeLogRecord({"msg": "asked for %s", "args": (typed,), "levelname": "INFO"}))
    assert len(line.splitlines()) == 1 and "\x1b" not in line
    told = json.loads(line)
    assert typed in told["message"] and told["at"].endswith("+00:00")


def test_logs_go_to_standard_output_alone() -> None:
    handlers = real.LOGGING["handlers"]
    assert {name: one["stream"] for name, one in handlers.items()} == {"stdout": "ext://sys.stdout"}
    assert {one["formatter"] for one in handlers.values()} == {"json"}


def test_passwords_are_kept_by_argon2() -> None:
    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
