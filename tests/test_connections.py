"""As it is served: a thread keeps its connection between requests, and PostgreSQL prepares what is asked again."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client

from accounts.models import User
from casework.access import settle_rights
from casework.models import Case, Membership
from config.environment import Environment
from tests.factories import a_case
from tests.people import signed_in

LONG = 300
THE_DATABASE = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by one with each connection that is opened from now on."""
    connection.close()
    found: list[str] = []
    plain = connection.get_new_connection

    def counting(params: Any) -> Any:
        found.append("opened")
        return plain(params)

    monkeypatch.setattr(connection, "get_new_connection", counting)
    return found


def serve(handler: WSGIHandler, address: str, client: Client) -> tuple[str, str]:
    """Ask as gunicorn asks, from the first signal of a request to the last; return status and text."""
    said: list[str] = []
    environ = {
        **{
            "REQUEST_METHOD": "GET",
            "PATH_INFO": urlsplit(address).path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
        },
        **{"SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO()},
        "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
    }
    answer = handler(environ, lambda status, *_rest: said.append(status))  # type: ignore[arg-type, func-returns-value]
    text = b"".join(answer).decode()
    answer.close()
    return said[0], text


@THE_DATABASE
@pytest.mark.timeout(LONG)
def test_requests_one_after_another_use_one_connection(opened: list[str]) -> None:
    case = a_case()
    client, handler = signed_in(Client(), case.lead), WSGIHandler()
    for address in ("/", "/cases/", f"/cases/{case.reference}/", "/"):
        status, text = serve(handler, address, client)
        assert status == "200 OK" and "Sign in" not in text
    assert opened == ["opened"]


@THE_DATABASE
@pytest.mark.timeout(LONG)
def test_a_kept_connection_knows_what_another_one_wrote(opened: list[str]) -> None:
    case = a_case()
    client, handler = signed_in(Client(), case.lead), WSGIHandler()
    for _ in range(4):
        assert case.reference in serve(handler, "/cases/", client)[1]
    Membership.objects.filter(case=case).update(ended_at=case.opened_at)
    settle_rights(case, case.lead)
    assert case.reference not in serve(handler, "/cases/", client)[1]
    User.objects.filter(pk=case.lead_id).update(is_active=False)
    assert serve(handler, "/cases/", client)[0] == "302 Found"


@THE_DATABASE
@pytest.mark.timeout(LONG)
@pytest.mark.postgresql_only
def test_postgresql_prepares_what_a_page_asks_again(opened: list[str]) -> None:
    case = a_case()
    client, handler = signed_in(Client(), case.lead), WSGIHandler()
    for _ in range(4):
        serve(handler, f"/cases/{case.reference}/", client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [row[0] for row in cursor.fetchall()]
    of_cases = [text for text in prepared if Case._meta.db_table in text and "$1" in text]
    assert len(prepared) >= 15 and of_cases and len(opened) == 1


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_the_embedded_database_is_set_up_as_ever_on_a_kept_connection() -> None:
    with connection.cursor() as cursor:
        asked = ("foreign_keys", "recursive_triggers", "secure_delete", "journal_mode")
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert found == [1, 1, 1, "wal"]


@pytest.mark.parametrize(
    ("word", "threshold"), [("", 2), ("?prepare_threshold=none", None), ("?prepare_threshold=7", 7)]
)
def test_a_pooler_that_knows_no_prepared_statements_is_told_so_in_the_address(word: str, threshold: int | None) -> None:
    env = Environment({"AMPARO_DATABASE_URL": f"postgresql://amparo:secret@db.example.org/amparo{word}"})
    found = env.database("AMPARO_DATABASE_URL", Path())
    assert found and found["OPTIONS"]["prepare_threshold"] == threshold
    assert found["OPTIONS"]["server_side_binding"] is True and found["CONN_MAX_AGE"] == 60
