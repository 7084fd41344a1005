"""My sessions: each browser in words, and a button only where there is something to end."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.sign_in import browsers
from tests.accounts.conftest import Office
from tests.accounts.signing_in import sign_in

GECKO = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
APPLE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (GECKO, "Firefox on Windows"),
        (PHONE, "Chrome on Android"),
        (EDGE, "Edge on Windows"),
        (APPLE, "Safari on iPhone"),
        ("lynx", "lynx"),
        ("", "Unknown"),
    ],
)
def test_a_browser_is_named_as_people_name_it(says: str, words: str) -> None:
    assert browsers.browser_in_words(says) == words


def a_session(office: Office, says: str) -> Client:
    """Ana, signed in with a browser that says this of itself."""
    client = sign_in(Client(), office.ana)
    UserSession.objects.filter(session_key=client.session.row_key).delete()
    UserSession.objects.create(user=office.ana, ip="127.0.0.1", user_agent=says, session_key=client.session.row_key)
    return client


def test_ending_other_sessions_is_offered_where_there_is_another(office: Office) -> None:
    here = a_session(office, GECKO)
    page = here.get("/account/sessions/").content.decode()
    assert "Firefox on Windows" in page and "Gecko" not in page
    assert "End all other sessions" not in page and "no other session" in page
    a_session(office, PHONE)
    page = here.get("/account/sessions/").content.decode()
    assert "Chrome on Android" in page and "End all other sessions" in page
