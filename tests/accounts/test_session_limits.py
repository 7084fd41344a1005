"""Sessions end, and what was typed is not lost."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft, User
from accounts.sign_in import factors
from accounts.sign_in.middleware import SessionLimits
from audit.models import Entry
from tests.accounts.conftest import Office
from tests.accounts.signing_in import PASSWORD, sign_in, unused_code

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')
CODE = "/sign-in/code/"
WORDS = "three years since the night they came, canary of the draft"


@pytest.fixture
def clock(monkeypatch):
    """A clock of the session's limits that a test moves."""
    now = [timezone.now()]
    monkeypatch.setattr(SessionLimits, "clock", staticmethod(lambda: now[0]))

    def later(**span: float) -> None:
        now[0] += dt.timedelta(**span)

    return later


def test_thirty_quiet_minutes_end_a_session(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(minutes=29)
    assert client.get("/account/").status_code == 200
    clock(minutes=29)
    assert client.get("/account/").status_code == 200
    clock(minutes=31)
    answer = client.get("/account/sessions/")
    assert answer.url == "/sign-in/?next=%2Faccount%2Fsessions%2F"
    assert "_auth_user_id" not in client.session
    assert Entry.objects.filter(verb="accounts.session.ended_by_limit", actor_id=None).count() == 1


def test_twelve_hours_end_even_a_busy_session(client, office: Office, clock):
    sign_in(client, office.ana)
    for _step in range(35):
        clock(minutes=20)
        assert client.get("/account/").status_code == 200
    clock(minutes=20)
    assert client.get("/account/").status_code == 200
    clock(minutes=5)
    assert client.get("/account/").status_code == 302


def test_a_form_that_comes_too_late_is_kept_for_its_writer(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(hours=2)
    answer = client.post("/account/", {"name": WORDS, "language": "en", "theme": "dark", "code": "123456"})
    kept = Draft.objects.get()
    assert answer.url == f"/sign-in/?next=%2Fdrafts%2F{kept.pk}%2F"
    assert kept.user == office.ana and kept.path == "/account/"
    assert dict(kept.fields()) == {"name": WORDS, "language": "en", "theme": "dark"}
    sign_in(client, office.ana)
    page = client.get(f"/drafts/{kept.pk}/").content.decode()
    assert WORDS in page and 'action="/account/"' in page and "123456" not in page
    assert f"/drafts/{kept.pk}/" in client.get("/account/").content.decode()
    client.post("/account/", dict(kept.fields()))
    office.ana.refresh_from_db()
    assert office.ana.name == WORDS


def test_the_words_of_a_draft_are_sealed_in_the_row_and_not_in_the_session(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(hours=2)
    client.post("/account/", {"name": WORDS})
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM accounts_draft")
        assert WORDS not in cursor.fetchone()[0]
        cursor.execute("SELECT session_data FROM django_session")
        assert all(WORDS not in row[0] for row in cursor.fetchall())
    assert WORDS not in str(dict(client.session.items()))


def test_a_second_tab_that_sends_after_the_session_ended_is_kept_too(office: Office, clock):
    client = sign_in(Client(enforce_csrf_checks=True), office.ana)
    tab = a_tab(client)
    clock(hours=2)
    client.get("/account/")
    tab(name=WORDS)
    assert Draft.objects.get().user == office.ana


def test_nobody_sees_the_draft_of_another(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(hours=2)
    client.post("/account/", {"name": WORDS})
    kept = Draft.objects.get()
    other = sign_in(Client(), office.fara)
    assert other.get(f"/drafts/{kept.pk}/").status_code == 404
    assert other.post(f"/drafts/{kept.pk}/delete/").status_code == 404
    assert WORDS not in other.get("/account/").content.decode()


@pytest.mark.parametrize("page", ["/account/password/", "/second-factor/", "/account/second-factor/", "/sign-in/"])
def test_passwords_and_codes_are_never_kept(client, office: Office, clock, page):
    sign_in(client, office.ana)
    clock(hours=2)
    client.post(page, {"oldpassword": "x" * 20, "password1": "y" * 20, "code": "123456", "other": "z"})
    assert not Draft.objects.exists()


def test_a_stranger_leaves_no_draft(client, office: Office, clock):
    client.post("/account/", {"name": WORDS})
    assert not Draft.objects.exists()


def test_a_post_of_another_site_leaves_no_draft(office: Office, clock):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, office.ana)
    clock(hours=2)
    assert client.post("/account/", {"name": WORDS}).status_code == 403
    assert not Draft.objects.exists()


def test_drafts_vanish_after_a_week_and_are_deleted_on_request(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(hours=2)
    client.post("/account/", {"name": WORDS})
    kept = Draft.objects.get()
    assert not Draft.objects.of(office.ana, kept.expires_at + dt.timedelta(seconds=1)).exists()
    sign_in(client, office.ana)
    client.post(f"/drafts/{kept.pk}/delete/")
    assert not Draft.objects.exists()


def test_a_draft_never_points_to_another_site(client, office: Office):
    sign_in(client, office.ana)
    kept = Draft.objects.create(user=office.ana, path="//evil.example/", body='[["name", "words"]]')
    page = client.get(f"/drafts/{kept.pk}/").content.decode()
    assert "evil.example" not in page


def a_tab(client: Client, address: str = "/account/") -> Callable[..., Any]:
    """Open a page in this browser; what is returned sends its form, as often as it is called."""
    found = TOKEN.search(client.get(address).content.decode())
    assert found, address
    return lambda **fields: client.post("/account/", {"csrfmiddlewaretoken": found[1], **fields})


def past_the_limit(person: User, clock: Any, **span: float) -> tuple[Client, Callable[..., Any]]:
    """Return a browser whose session ended by its limit, and the form of a page that was opened in it before."""
    client = sign_in(Client(enforce_csrf_checks=True), person)
    tab = a_tab(client)
    clock(**span)
    assert client.get("/account/").status_code == 302
    return client, tab


def test_what_an_ended_session_keeps_is_not_confirmed_and_is_nobodys_act(office: Office, clock):
    client, tab = past_the_limit(office.ana, clock, hours=2)
    tab(name=WORDS)
    kept = Draft.objects.get()
    assert kept.user == office.ana and not kept.is_confirmed
    (entry,) = Entry.objects.filter(verb__startswith="accounts.draft")
    assert (entry.verb, entry.actor_id) == ("accounts.draft.kept_for", None)
    sign_in(client, office.ana)
    assert "nobody knows that you wrote it" in client.get(f"/drafts/{kept.pk}/").content.decode()


def test_a_hundred_planted_forms_push_out_nothing_and_are_few(office: Office, clock):
    own = Draft.objects.create(user=office.ana, path="/urgent/", body='[["name", "words"]]')
    client, tab = past_the_limit(office.ana, clock, hours=2)
    tab(name=WORDS)
    first = Draft.objects.exclude(pk=own.pk).get()
    for number in range(100):
        tab(name=f"planted {number}")
    assert {own.pk, first.pk} <= set(Draft.objects.values_list("pk", flat=True))
    assert Draft.objects.filter(is_confirmed=False).count() == drafts.MOST_OF_A_SESSION
    assert "could not be kept" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("opened", ["/sign-in/", "/account/", "/nothing-here/"])
@pytest.mark.parametrize("is_noticed_first", [True, False])
def test_a_page_opened_after_the_end_leaves_nothing(office: Office, clock, opened, is_noticed_first):
    """Whoever comes to a browser that was left finds a sign-in page: no page of that person, and no form for them."""
    if is_noticed_first:
        client, _tab = past_the_limit(office.ana, clock, hours=2)
    else:
        client = sign_in(Client(enforce_csrf_checks=True), office.ana)
        a_tab(client)
        clock(hours=2)
    page = client.get(opened, follow=True).content.decode()
    assert "/lock/" not in page and "_auth_user_id" not in client.session
    tokens = TOKEN.findall(page) or TOKEN.findall(client.get("/sign-in/").content.decode())
    assert tokens
    for token in tokens:
        assert client.post("/account/", {"csrfmiddlewaretoken": token, "name": WORDS}).url.startswith("/sign-in/")
    assert not Draft.objects.exists() and not Entry.objects.filter(verb__startswith="accounts.draft").exists()


def test_a_token_that_no_page_had_and_one_of_another_browser_leave_nothing(office: Office, clock):
    client, _tab = past_the_limit(office.ana, clock, hours=2)
    elsewhere = TOKEN.search(sign_in(Client(), office.ana).get("/account/").content.decode())
    assert elsewhere
    for token in ("", "x" * 64, elsewhere[1]):
        assert client.post("/account/", {"csrfmiddlewaretoken": token, "name": WORDS}).status_code == 403
    assert not Draft.objects.exists()


def test_a_form_of_another_site_leaves_nothing_though_it_had_the_token(office: Office, clock):
    client, _tab = past_the_limit(office.ana, clock, hours=2)
    secret = client.session["accounts.was"]["secrets"][0]
    sent = {"csrfmiddlewaretoken": secret, "name": WORDS}
    assert client.post("/account/", sent, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not Draft.objects.exists()
    client.post("/account/", sent)
    assert Draft.objects.count() == 1


def test_what_was_typed_before_is_kept_though_its_writer_has_signed_in_again_elsewhere(office: Office, clock):
    """The second tab signs in, which draws the token anew: what the first one sends is kept, done by nobody, and shown."""
    client, tab = past_the_limit(office.ana, clock, hours=2)
    came_back(client, office.ana)
    clock(hours=2)
    assert client.get("/account/").status_code == 302
    came_back(client, office.ana)
    answer = tab(name=WORDS)
    kept = Draft.objects.get()
    office.ana.refresh_from_db()
    assert (answer.url, kept.user, kept.path) == (f"/drafts/{kept.pk}/", office.ana, "/account/")
    assert office.ana.name != WORDS
    assert WORDS in client.get(answer.url).content.decode()
    assert tab().status_code == 403  # a press without words: nothing to keep, and nothing is done


def test_a_page_of_somebody_else_who_was_there_before_leaves_nothing(office: Office, clock):
    client, tab = past_the_limit(office.ana, clock, hours=2)
    came_back(client, office.fara)
    assert tab(name=WORDS).status_code == 403
    clock(hours=2)
    assert client.get("/account/").status_code == 302
    assert tab(name=WORDS).status_code == 403
    assert not Draft.objects.exists()


def came_back(client: Client, person: User) -> None:
    """Sign in through the pages, as people do: this draws the token of the cross-site check anew."""
    factors.give_factor(person) if not factors.has_factor(person) else None
    for address, fields in (("/sign-in/", {"login": person.username, "password": PASSWORD}), (CODE, {})):
        found = TOKEN.search(client.get(address).content.decode())
        assert found
        code = {} if fields else {"code": unused_code(person)}
        assert client.post(address, {"csrfmiddlewaretoken": found[1], **fields, **code}).status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("is_ended_first", [True, False])
def test_an_old_cookie_keeps_nothing_half_a_day_after_its_last_sign_of_life(office, clock, is_ended_first):
    if is_ended_first:
        _client, tab = past_the_limit(office.ana, clock, hours=2)
        clock(hours=10, minutes=1)
    else:
        tab = a_tab(sign_in(Client(enforce_csrf_checks=True), office.ana))
        clock(hours=12, minutes=1)
    tab(name=WORDS)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("end", ["sign-out", "password", "closed"])
def test_signing_out_a_new_password_and_a_closed_account_end_it(office: Office, clock, end):
    client, tab = past_the_limit(office.ana, clock, hours=2)
    if end == "sign-out":
        found = TOKEN.search(client.get("/sign-in/").content.decode())
        assert found
        assert client.post(reverse("account_logout"), {"csrfmiddlewaretoken": found[1]}).status_code == 302
    elif end == "password":
        office.ana.set_password("nine blue ladders in the orchard")
        office.ana.save(update_fields=["password"])
    else:
        User.objects.filter(pk=office.ana.pk).update(is_active=False)
    tab(name=WORDS)
    assert not Draft.objects.exists()


def test_somebody_who_signs_in_on_that_browser_afterwards_plants_nothing(office: Office, clock):
    client, tab = past_the_limit(office.ana, clock, hours=2)
    came_back(client, office.fara)
    a_tab(client)
    client.logout()
    tab(name=WORDS)
    assert not Draft.objects.exists()
