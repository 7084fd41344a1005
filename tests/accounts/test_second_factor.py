"""The second factor: mandatory, set up without a script, and shown again before what matters."""

import datetime as dt
import time
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from accounts import checks
from accounts.sign_in import factors
from accounts.sign_in.adapters import FactorAdapter
from accounts.sign_in.freshness import fresh_second_factor, has_fresh_second_factor
from audit.models import Entry
from casework.models import CaseKey
from sealing import keys
from sealing.errors import DecryptionError
from tests.accounts.conftest import Office
from tests.accounts.signing_in import PASSWORD, prove_again, sign_in, unused_code
from tests.factories import a_case

MIDDLE_OF_A_WINDOW = 1_900_000_005


@pytest.fixture
def steady_clock() -> object:
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        yield


def test_whoever_has_no_second_factor_is_led_to_set_one_up(client, office: Office):
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    for page in ("/account/", "/account/sessions/", "/account/recovery-codes/", "/second-factor/"):
        assert client.get(page).url == "/account/second-factor/"
    page = client.get("/account/second-factor/")
    text = page.content.decode()
    assert 'src="data:image/png;base64,' in text and "<script" not in text
    assert all(len(group) == 4 for group in page.context["groups"])


def test_setting_it_up_shows_recovery_codes_and_uses_up_the_first_code(client, office: Office, steady_clock):
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    secret = "".join(client.get("/account/second-factor/").context["groups"])
    code = factors.format_hotp_value(factors.hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/account/second-factor/", {"code": code}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/recovery-codes/"
    assert len(answer.context["codes"]) == 10
    client.post("/lock/")
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    assert client.post("/sign-in/code/", {"code": code}).status_code == 200
    assert client.get("/account/").url.startswith("/sign-in/")


def test_a_second_factor_that_is_set_up_gives_a_new_session(client, office: Office, steady_clock):
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    secret = "".join(client.get("/account/second-factor/").context["groups"])
    before = client.session.session_key
    code = factors.format_hotp_value(factors.hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/second-factor/", {"code": code}).status_code == 302
    after = client.session.session_key
    assert client.get("/account/").status_code == 200 and after != before
    assert not client.session.exists(before) and client.session.exists(after)


def test_the_first_code_may_be_typed_in_arabic_figures(client, office: Office, steady_clock):
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    secret = "".join(client.get("/account/second-factor/").context["groups"])
    code = factors.format_hotp_value(factors.hotp_value(secret, int(time.time()) // 30))
    typed = "".join(chr(0x660 + int(sign)) for sign in code)
    assert client.post("/account/second-factor/", {"code": f"{typed[:3]} {typed[3:]}"}).status_code == 302
    assert factors.has_factor(office.ana)


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(client, office: Office, steady_clock):
    client.post("/sign-in/", {"login": "ana", "password": PASSWORD})
    before = client.get("/account/second-factor/").context["groups"]
    answer = client.post("/account/second-factor/", {"code": "000000"})
    assert answer.status_code == 200 and answer.context["groups"] == before
    assert not factors.has_factor(office.ana)


def test_replacing_a_factor_asks_for_the_present_one(client, office: Office):
    sign_in(client, office.ana)
    assert client.get("/account/second-factor/").url.startswith("/second-factor/?next=")
    prove_again(client, office.ana)
    assert client.get("/account/second-factor/").status_code == 200


def test_a_proof_is_a_second_factor_shown_again_within_fifteen_minutes(client, office: Office):
    sign_in(client, office.ana)
    assert has_fresh_second_factor(client.session) is None, "signing in is no renewed proof"
    prove_again(client, office.ana)
    proof = has_fresh_second_factor(client.session)
    assert proof and proof.method == "totp" and proof.age < dt.timedelta(seconds=5)
    assert has_fresh_second_factor(client.session, timezone.now() + dt.timedelta(minutes=14))
    assert has_fresh_second_factor(client.session, timezone.now() + dt.timedelta(minutes=16)) is None


def test_a_password_shown_again_is_no_proof(client, office: Office):
    sign_in(client, office.ana)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "id": 1, "type": "totp"},
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    assert has_fresh_second_factor(client.session) is None


def test_a_proof_of_another_person_is_no_proof(client, office: Office):
    sign_in(client, office.ana, fresh=True)
    session = client.session
    session["account_authentication_methods_user"] = str(office.noor.pk)
    session.save()
    assert has_fresh_second_factor(client.session) is None


def test_the_page_that_asks_leads_back_to_where_one_came_from(client, office: Office, steady_clock):
    sign_in(client, office.ana)
    answer = client.get("/account/recovery-codes/")
    assert answer.url == "/second-factor/?next=%2Faccount%2Frecovery-codes%2F"
    page = client.get(answer.url)
    answer = client.post("/second-factor/", {"code": unused_code(office.ana), "next": page.context["next"]})
    assert answer.url == "/account/recovery-codes/"
    assert client.get("/account/recovery-codes/").status_code == 200
    assert Entry.objects.filter(verb="accounts.factor.shown").exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_site(client, office: Office, elsewhere, steady_clock):
    sign_in(client, office.ana)
    answer = client.post("/second-factor/", {"code": unused_code(office.ana), "next": elsewhere})
    assert answer.url == "/"


def test_a_replayed_code_proves_nothing(client, office: Office, steady_clock):
    sign_in(client, office.ana)
    code = unused_code(office.ana)
    assert client.post("/second-factor/", {"code": code}).status_code == 302
    other = sign_in(Client(), office.ana)
    assert other.post("/second-factor/", {"code": code}).status_code == 200
    assert has_fresh_second_factor(other.session) is None


def test_a_post_without_proof_is_refused_before_the_form_is_read(office: Office, client):
    sign_in(client, office.ana)
    read = []

    @fresh_second_factor
    def view(request):
        read.append(request.POST)
        return HttpResponse()

    request = RequestFactory().post("/sign/", {"words": "secret words"})
    request.user, request.session = office.ana, client.session
    request._messages = type("Silent", (), {"add": lambda *args, **kwargs: None})()
    answer = view(request)
    assert answer.url == "/second-factor/?next=%2Fsign%2F" and not read
    assert "secret words" not in str(dict(request.session.items()))


def test_a_refused_post_parks_no_form_in_the_session(client, office: Office):
    sign_in(client, office.admin)
    answer = client.post(f"/office/people/{office.ana.pk}/role/", {"role": "auditor", "reason": "canary words"})
    assert answer.url.startswith("/second-factor/?next=")
    assert "canary words" not in str(dict(client.session.items()))
    assert not office.ana.office_roles.exists()


def test_a_refused_post_leads_back_to_the_page_that_held_the_form(client, office: Office):
    sign_in(client, office.admin)
    page, act = f"/office/people/{office.ana.pk}/", f"/office/people/{office.ana.pk}/role/"
    for referer, back in ((f"http://testserver{page}?tab=1", f"{page}?tab=1"), ("https://evil.example/x/", act)):
        answer = client.post(act, {"role": "auditor"}, headers={"referer": referer})
        assert answer.url == f"/second-factor/?{urlencode({'next': back})}"


def test_the_page_of_recovery_codes_opens_no_key_that_was_moved_there(client, office: Office):
    """Whoever writes to the database, but has no keys, must not read a case's data key from a page of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dek FROM casework_casekey WHERE id = %s", [CaseKey.objects.get(case=a_case(lead=office.ana)).pk]
        )
        stolen = cursor.fetchone()[0]
    sign_in(client, office.noor, fresh=True)
    held = office.noor.authenticator_set.get(type="recovery_codes")
    held.data = {"migrated_codes": [stolen], "used_mask": 0}
    held.save()
    with pytest.raises(DecryptionError):
        client.get("/account/recovery-codes/")


def test_a_secret_from_before_the_mark_is_still_opened():
    adapter = FactorAdapter()
    assert adapter.decrypt(keys.master_encrypt("JBSWY3DPEHPK3PXP")) == "JBSWY3DPEHPK3PXP"
    assert adapter.decrypt(adapter.encrypt("JBSWY3DPEHPK3PXP")) == "JBSWY3DPEHPK3PXP"


def test_new_recovery_codes_replace_the_old_ones(client, office: Office):
    sign_in(client, office.ana, fresh=True)
    before = set(factors.recovery_codes_left(office.ana))
    client.post("/account/recovery-codes/new/")
    assert not before & set(factors.recovery_codes_left(office.ana))


def test_a_code_for_the_demo_waits_for_the_next_window_when_it_must(office: Office):
    factors.give_factor(office.ana)
    clock = [1_900_000_005.0]
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    first = factors.current_code(office.ana, now=lambda: clock[0], wait=wait)
    assert not waits
    factors.cache.add(factors.used_key(office.ana, first), "y", timeout=60)
    second = factors.current_code(office.ana, now=lambda: clock[0], wait=wait)
    assert second != first and waits


@override_settings(MFA_TOTP_TOLERANCE=1, MFA_TOTP_INSECURE_BYPASS_CODE="123456")
def test_a_deployment_with_a_weakened_second_factor_is_refused():
    assert {fault.id for fault in checks.second_factor_is_whole(None)} >= {"accounts.E001", "accounts.E002"}
