"""Sessions end, and what was typed is not lost."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Draft
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
    assert Entry.objects.filter(verb="accounts.session.ended_by_limit", actor_id=office.ana.pk).count() == 1


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
