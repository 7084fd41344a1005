"""Nobody keeps a signer out: attempts at a device that the account knows count apart from those of strangers."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.signing import TimestampSigner
from django.test import Client

from accounts import actions
from accounts.actions.closing import end_sessions
from accounts.models import KnownDevice, PendingAct, User
from accounts.sign_in import factors
from accounts.sign_in.devices import MOST, SALT
from tests.accounts.caches import RealRedis
from tests.accounts.conftest import Office
from tests.accounts.people import a_person
from tests.accounts.signing_in import PASSWORD, prove_again, sign_in, unused_code
from tests.accounts.test_caching import has_redis, redis
from tests.accounts.test_signing_in import MIDDLE_OF_A_WINDOW, give_code, give_password

__all__ = ["redis"]
COOKIE = settings.DEVICE_COOKIE_NAME
WRONG = "wrong wrong wrong wrong"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that a test moves on by hand."""
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False) as moved:
        yield moved


def signed_in_at(client: Client, person: User) -> Client:
    """Sign in through the pages, so that this browser is known from then on."""
    if not factors.has_factor(person):
        factors.give_factor(person)
    assert give_password(client, person.username).url.startswith("/sign-in/code/")
    assert give_code(client, unused_code(person)).status_code == 302
    assert client.get("/account/").status_code == 200
    return client


def leave(client: Client) -> None:
    """Lock the browser, or let it wait until its session is over."""
    client.post("/lock/")


def with_cookie(value: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = value
    return client


def fill_the_counter(name: str) -> None:
    """What a stranger does: presses until the account takes no more of it, from a new browser each time."""
    for _press in range(7):
        answer = give_password(Client(), name, WRONG)
    assert "too often" in answer.content.decode()


def is_slowed(answer: Any) -> bool:
    return answer.status_code == 200 and "too often" in answer.content.decode()


def test_a_stranger_presses_200_times_and_the_signer_signs_in_at_once_at_a_known_device(office: Office, clock: Any):
    signer = signed_in_at(Client(), office.greg)
    leave(signer)
    clock.shift(3600)
    for press in range(200):
        answer = give_password(Client(), "greg" if press % 2 else "GREG", WRONG)
        clock.shift(3)
    assert is_slowed(answer)
    fill_the_counter("greg")
    signed_in_at(signer, office.greg)
    assert is_slowed(give_password(Client(), "greg"))
    clock.shift(61)
    signed_in_at(Client(), office.greg)


def test_the_cookie_names_nobody_and_no_script_and_no_other_site_gets_it(office: Office):
    client = Client()
    factors.give_factor(office.greg)
    give_password(client, "greg")
    assert COOKIE not in client.cookies
    morsel = signed_in_at(client, office.greg).cookies[COOKIE]
    assert morsel["httponly"] and morsel["samesite"] == "Strict" and morsel["path"] == "/"
    assert morsel["max-age"] == 90 * 24 * 3600
    held = TimestampSigner(salt=SALT).unsign(morsel.value)
    assert len(held) >= 43 and "greg" not in morsel.value, "256 bits, and no name"
    row = KnownDevice.objects.get()
    assert held not in row.digest and row.digest not in morsel.value


def test_a_known_device_opens_nothing_without_both_factors(office: Office):
    cookie = signed_in_at(Client(), office.greg).cookies[COOKIE].value
    other = with_cookie(cookie)
    assert other.get("/account/").url.startswith("/sign-in/")
    assert give_password(other, "greg").url.startswith("/sign-in/code/")
    assert other.get("/account/").url.startswith("/sign-in/")


def test_a_password_alone_makes_no_device_known(office: Office):
    client = Client()
    assert give_password(client, "ana").status_code == 302, "she has no second factor yet"
    assert COOKIE not in client.cookies and not KnownDevice.objects.exists()


def test_a_forged_a_foreign_and_a_replayed_cookie_give_nothing(office: Office, clock: Any):
    client = signed_in_at(Client(), office.greg)
    old = client.cookies[COOKIE].value
    leave(client)
    clock.shift(61)
    live = signed_in_at(client, office.greg).cookies[COOKIE].value
    foreign = signed_in_at(Client(), office.noor).cookies[COOKIE].value
    held = TimestampSigner(salt=SALT).unsign(live)
    digest = KnownDevice.objects.get(user=office.greg).digest
    forged = [
        held,
        f"{held}:1:x",
        TimestampSigner(salt="another").sign(held),
        TimestampSigner(salt=SALT).sign(digest),
        TimestampSigner(key="k" * 50, salt=SALT).sign(held),
        "",
        "\u00e9" * 9000,
    ]
    assert live != old
    fill_the_counter("greg")
    for cookie in (old, foreign, *forged):
        assert is_slowed(give_password(with_cookie(cookie), "greg")), cookie
    assert give_password(with_cookie(live), "greg").status_code == 302


def test_a_known_device_is_slowed_by_its_own_attempts_and_by_no_others(office: Office, clock: Any):
    here, there = signed_in_at(Client(), office.greg), signed_in_at(Client(), office.greg)
    for client in (here, there):
        leave(client)
    for _press in range(6):
        give_password(here, "greg", WRONG)
    assert is_slowed(give_password(here, "greg"))
    assert give_password(there, "greg").status_code == 302
    assert give_password(Client(), "greg").status_code == 302
    clock.shift(61)
    assert give_password(here, "greg").status_code == 302


def test_a_thief_of_the_password_presses_codes_and_the_signer_gives_one_at_a_known_device(office: Office):
    signer = signed_in_at(Client(), office.greg)
    leave(signer)
    thief = Client()
    give_password(thief, "greg")
    for _press in range(7):
        answer = give_code(thief, "000000")
    assert "Too many wrong codes" in answer.content.decode()
    assert "Too many wrong codes" in give_code(thief, unused_code(office.greg)).content.decode()
    signed_in_at(signer, office.greg)
    answer = signer.post("/second-factor/", {"code": unused_code(office.greg), "next": "/account/"})
    assert answer.status_code == 302 and answer.url == "/account/"


def test_codes_are_slowed_again_where_the_second_factor_is_shown_anew(office: Office):
    client = sign_in(Client(), office.greg)
    for _press in range(6):
        client.post("/second-factor/", {"code": "000000", "next": "/account/"})
    answer = client.post("/second-factor/", {"code": unused_code(office.greg), "next": "/account/"})
    assert "Too many wrong codes" in answer.content.decode()


def test_the_present_password_is_guessed_a_few_times_a_minute_at_most(office: Office):
    client = sign_in(Client(), office.greg, fresh=True)
    new = {"password1": "nine quiet lanterns under water", "password2": "nine quiet lanterns under water"}
    for _press in range(5):
        client.post("/account/password/", {"oldpassword": WRONG, **new})
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, **new})
    assert answer.status_code == 200 and "tried too often" in answer.content.decode()


def test_an_account_knows_ten_devices_and_the_oldest_makes_room(office: Office, clock: Any):
    browsers = []
    for _number in range(MOST + 2):
        browsers.append(signed_in_at(Client(), office.greg))
        clock.shift(61)
    assert KnownDevice.objects.filter(user=office.greg).count() == MOST
    for client in browsers:
        leave(client)
    fill_the_counter("greg")
    assert is_slowed(give_password(browsers[0], "greg")) and is_slowed(give_password(browsers[1], "greg"))
    assert give_password(browsers[2], "greg").status_code == 302


def test_two_people_at_one_browser_are_both_known_there(office: Office, clock: Any):
    client = Client()
    for person in (office.greg, office.noor, office.greg):
        leave(signed_in_at(client, person))
        clock.shift(61)
    fill_the_counter("greg")
    fill_the_counter("noor")
    assert give_password(client, "noor").status_code == 302
    assert give_password(client, "greg").status_code == 302
    assert KnownDevice.objects.count() == 2


def test_a_device_is_forgotten_after_90_days_without_a_sign_in(office: Office, clock: Any):
    client = signed_in_at(Client(), office.greg)
    cookie = client.cookies[COOKIE].value
    clock.shift(dt.timedelta(days=89))
    fill_the_counter("greg")
    assert give_password(with_cookie(cookie), "greg").status_code == 302
    clock.shift(dt.timedelta(days=2))
    KnownDevice.objects.update(used_at=dt.datetime.now(dt.UTC))
    fill_the_counter("greg")
    assert is_slowed(give_password(with_cookie(cookie), "greg")), "the cookie itself is too old"


def test_the_row_of_a_device_ends_by_itself_too(office: Office, clock: Any):
    client = signed_in_at(Client(), office.greg)
    KnownDevice.objects.update(used_at=dt.datetime.now(dt.UTC) - dt.timedelta(days=91))
    leave(client)
    fill_the_counter("greg")
    assert is_slowed(give_password(client, "greg"))


def test_ending_the_other_sessions_forgets_the_other_devices(office: Office, clock: Any):
    here, there = signed_in_at(Client(), office.greg), signed_in_at(Client(), office.greg)
    assert here.post("/account/sessions/").status_code == 302
    for client in (here, there):
        leave(client)
    fill_the_counter("greg")
    assert is_slowed(give_password(there, "greg"))
    assert give_password(here, "greg").status_code == 302


def test_a_changed_password_forgets_every_device_but_the_one_where_it_was_changed(office: Office):
    here, there = signed_in_at(Client(), office.greg), signed_in_at(Client(), office.greg)
    prove_again(here, office.greg)
    new = "nine quiet lanterns under water"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/", sent).status_code == 302
    fill_the_counter("greg")
    assert is_slowed(give_password(there, "greg", new))
    assert give_password(here, "greg", new).status_code == 302


def test_a_page_says_how_many_devices_are_known_and_forgets_them(office: Office):
    client = signed_in_at(Client(), office.greg)
    signed_in_at(Client(), office.noor)
    assert "1 browser is known to your account." in client.get("/account/sessions/").content.decode()
    answer = client.post("/account/devices/forget/")
    assert answer.cookies[COOKIE].value == "" and answer.cookies[COOKIE]["max-age"] == 0
    assert "known to your account. W" not in client.get("/account/sessions/").content.decode()
    assert list(KnownDevice.objects.values_list("user__username", flat=True)) == ["noor"]


def closed(office: Office) -> None:
    a_person("rui", "reviewer")
    actions.deactivate(actor=office.admin, person=office.greg)


def reset(office: Office) -> None:
    act = actions.propose_reset(actor=office.admin, person=office.greg, what=PendingAct.Kind.RESET_FACTOR)
    actions.second(actor=office.fara, act=act)


@pytest.mark.parametrize("ended", [closed, reset, lambda office: end_sessions(office.greg)])
def test_whatever_ends_the_sessions_of_an_account_forgets_its_devices_and_no_others(office: Office, ended: Any):
    signed_in_at(Client(), office.greg)
    signed_in_at(Client(), office.noor)
    ended(office)
    assert list(KnownDevice.objects.values_list("user__username", flat=True)) == ["noor"]


@has_redis
@pytest.mark.redis
def test_with_redis_gone_a_stranger_is_slowed_and_the_signer_signs_in(redis: RealRedis, office: Office, clock: Any):
    signer = signed_in_at(Client(), office.greg)
    leave(signer)
    redis.stop()
    fill_the_counter("greg")
    clock.shift(30)
    signed_in_at(signer, office.greg)
    assert is_slowed(give_password(Client(), "greg"))
    clock.shift(61)
    signed_in_at(Client(), office.greg)
