"""What a reader of the database finds of a session opens nothing; what a person does with sessions goes on."""

from collections.abc import Iterator

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts.sign_in import factors
from accounts.sign_in.session_store import SessionStore, row_key
from tests.accounts.conftest import Office
from tests.accounts.signing_in import unused_code
from tests.accounts.test_signing_in import MIDDLE_OF_A_WINDOW, give_code, give_password


@pytest.fixture
def signed_in(office: Office) -> Iterator[Client]:
    """Ana, signed in through the pages."""
    factors.give_factor(office.ana)
    with time_machine.travel(MIDDLE_OF_A_WINDOW, tick=False):
        yield through_the_pages(office)


def through_the_pages(office: Office) -> Client:
    client = Client(headers={"user-agent": "lynx"})
    give_password(client, "ana")
    assert give_code(client, unused_code(office.ana)).status_code == 302
    return client


def cookie(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def everything_in_the_database() -> str:
    """Every text of every table."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def opens(key: str) -> bool:
    """Whether a browser with this in its cookie is somebody."""
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = key
    return stranger.get("/account/").status_code == 200


def test_no_value_of_the_database_is_a_signed_in_session(signed_in: Client) -> None:
    assert signed_in.get("/account/").status_code == 200 and opens(cookie(signed_in))
    signed_in.get("/account/sessions/")
    assert cookie(signed_in) not in everything_in_the_database()
    session, listed = Session.objects.get(), UserSession.objects.get()
    assert session.session_key == listed.session_key == row_key(cookie(signed_in))
    assert not any(opens(key) for key in (session.session_key, session.session_key[:32], session.session_data))
    assert not opens(row_key(session.session_key))
    assert signed_in.get("/account/").status_code == 200


def test_the_second_factor_shown_again_gives_a_new_session_and_the_old_key_opens_nothing(
    signed_in: Client, office: Office
) -> None:
    before = cookie(signed_in)
    shown = {"code": unused_code(office.ana), "next": "/account/recovery-codes/"}
    assert signed_in.post("/second-factor/", {"code": "000000", "next": "/account/"}).status_code == 200
    assert cookie(signed_in) == before
    assert signed_in.post("/second-factor/", shown).url == "/account/recovery-codes/"
    assert cookie(signed_in) != before and not opens(before) and opens(cookie(signed_in))
    assert signed_in.get("/account/recovery-codes/").status_code == 200  # which asks for a proof just made
    assert [row.session_key for row in UserSession.objects.all()] == [row_key(cookie(signed_in))]
    assert "lynx" in signed_in.get("/account/sessions/").content.decode()
    assert Session.objects.count() == 1


def test_another_secret_key_knows_no_session(signed_in: Client, settings: object) -> None:
    settings.SECRET_KEY = "another-secret-key-another-secret-key-another"  # type: ignore[attr-defined]
    assert signed_in.get("/account/").status_code == 302


def test_a_person_sees_and_ends_their_other_sessions(signed_in: Client, office: Office) -> None:
    other = through_the_pages(office)
    page = signed_in.get("/account/sessions/").content.decode()
    assert page.count("This one") == 1 and page.count("Another") == 1 and "End all other sessions" in page
    assert "1 other session ended" in signed_in.post("/account/sessions/", follow=True).content.decode()
    assert other.get("/account/").status_code == 302 and signed_in.get("/account/").status_code == 200
    assert [row.session_key for row in UserSession.objects.all()] == [row_key(cookie(signed_in))]
    assert not Session.objects.filter(session_key=row_key(cookie(other))).exists()


def test_a_session_that_ended_is_no_longer_listed(signed_in: Client, office: Office) -> None:
    other = through_the_pages(office)
    other.post("/lock/")
    assert "Another" not in signed_in.get("/account/sessions/").content.decode()
    assert UserSession.objects.count() == 1
    stale = through_the_pages(office)
    store = SessionStore(cookie(stale))
    store["_auth_user_hash"] = "of a password that was changed"
    store.save()
    assert "Another" not in signed_in.get("/account/sessions/").content.decode()


def test_signing_out_deletes_the_row_and_signing_in_gives_a_new_one(signed_in: Client) -> None:
    before = cookie(signed_in)
    signed_in.post("/lock/")
    assert not Session.objects.filter(session_key=row_key(before)).exists() and not opens(before)
