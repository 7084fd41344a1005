"""Sessions end, and what was typed is not lost."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import drafts
from accounts.models import Draft, User
from accounts.sign_in.middleware import SessionLimits
from audit.models import Entry
from tests.accounts.conftest import Office
from tests.accounts.signing_in import sign_in

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


def test_a_second_tab_that_sends_after_the_session_ended_is_kept_too(client, office: Office, clock):
    sign_in(client, office.ana)
    clock(hours=2)
    client.get("/account/")
    client.post("/account/", {"name": WORDS})
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


def past_the_limit(client: Client, person: User, clock: Any, **span: float) -> None:
    """Let this browser's session end by its limit."""
    sign_in(client, person)
    clock(**span)
    assert client.get("/account/").status_code == 302


def test_what_an_ended_session_keeps_is_not_confirmed_and_is_nobodys_act(client, office: Office, clock):
    past_the_limit(client, office.ana, clock, hours=2)
    client.post("/account/", {"name": WORDS})
    kept = Draft.objects.get()
    assert kept.user == office.ana and not kept.is_confirmed
    (entry,) = Entry.objects.filter(verb__startswith="accounts.draft")
    assert (entry.verb, entry.actor_id) == ("accounts.draft.kept_for", None)
    sign_in(client, office.ana)
    assert "nobody knows that you wrote it" in client.get(f"/drafts/{kept.pk}/").content.decode()


def test_a_hundred_planted_forms_push_out_nothing_and_are_few(client, office: Office, clock):
    own = Draft.objects.create(user=office.ana, path="/urgent/", body='[["name", "words"]]')
    past_the_limit(client, office.ana, clock, hours=2)
    client.post("/account/", {"name": WORDS})
    first = Draft.objects.exclude(pk=own.pk).get()
    for number in range(100):
        client.post("/account/", {"name": f"planted {number}"})
    assert {own.pk, first.pk} <= set(Draft.objects.values_list("pk", flat=True))
    assert Draft.objects.filter(is_confirmed=False).count() == drafts.MOST_OF_A_SESSION
    assert "could not be kept" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("is_ended_first", [True, False])
def test_an_old_cookie_keeps_nothing_half_a_day_after_its_last_sign_of_life(client, office, clock, is_ended_first):
    if is_ended_first:
        past_the_limit(client, office.ana, clock, hours=2)
        clock(hours=10, minutes=1)
    else:
        sign_in(client, office.ana)
        client.get("/account/")
        clock(hours=12, minutes=1)
    client.post("/account/", {"name": WORDS})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("end", ["sign-out", "password", "closed"])
def test_signing_out_a_new_password_and_a_closed_account_end_it(client, office: Office, clock, end):
    past_the_limit(client, office.ana, clock, hours=2)
    if end == "sign-out":
        client.post(reverse("account_logout"))
    elif end == "password":
        office.ana.set_password("nine blue ladders in the orchard")
        office.ana.save(update_fields=["password"])
    else:
        User.objects.filter(pk=office.ana.pk).update(is_active=False)
    client.post("/account/", {"name": WORDS})
    assert not Draft.objects.exists()


def test_somebody_who_signs_in_on_that_browser_afterwards_plants_nothing(client, office: Office, clock):
    past_the_limit(client, office.ana, clock, hours=2)
    sign_in(client, office.fara)
    client.post("/lock/")
    client.post("/account/", {"name": WORDS})
    assert not Draft.objects.exists()
