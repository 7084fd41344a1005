"""Somebody signed in who asks the WSGI application itself, each request as gunicorn would make it."""

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client
from django.utils.crypto import get_random_string

from accounts.models import User
from tests.people import signed_in

HOST = "127.0.0.1:8000"
SECRET = get_random_string(32)


@cache
def application() -> WSGIHandler:
    """Return what config.wsgi hands to gunicorn, made once a process."""
    return get_wsgi_application()


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, address: str) -> None:
        self.address, self.status, self.body = address, 0, b""
        self.headers: dict[str, str] = {}

    def start(self, status: str, headers: list[tuple[str, str]], *_fault: Any) -> Any:
        """Take status and headers, as a server does."""
        self.status, self.headers = int(status.split()[0]), dict(headers)

    def must_be(self, status: int) -> "Answer":
        """Return the answer; refuses one that is not what the bench means to measure."""
        if self.status != status:
            raise RuntimeError(f"{self.address} answered {self.status} and not {status}")
        return self


class Browser:
    """A browser of this person: it keeps the cookies of a session with a passed second factor."""

    def __init__(self, user: User) -> None:
        client = signed_in(Client(SERVER_NAME="127.0.0.1"), user, fresh=True)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.cookies = "; ".join(f"{name}={value}" for name, value in {**cookies, "csrftoken": SECRET}.items())

    def get(self, address: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", address, b"")

    def post(self, address: str, **fields: Any) -> Answer:
        """Send a form, with a token as a page that was just opened holds it."""
        return self._ask("POST", address, urlencode({**fields, "csrfmiddlewaretoken": self._token()}).encode())

    def _token(self) -> str:
        opened = HttpRequest()
        opened.META["CSRF_COOKIE"] = SECRET
        return get_token(opened)

    def _ask(self, method: str, address: str, body: bytes) -> Answer:
        path, _mark, query = address.partition("?")
        answer = Answer(address)
        given = application()(
            {
                "REQUEST_METHOD": method,
                "SCRIPT_NAME": "",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "8000",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTP_HOST": HOST,
                "HTTP_ACCEPT_LANGUAGE": "en",
                "HTTP_COOKIE": self.cookies,
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.version": (1, 0),
                "wsgi.url_scheme": "http",
                "wsgi.input": BytesIO(body),
                "wsgi.errors": BytesIO(),
                "wsgi.multithread": True,
                "wsgi.multiprocess": True,
                "wsgi.run_once": False,
            },
            answer.start,
        )
        answer.body = b"".join(given)
        given.close()  # the end of the request: signals, and connections that are kept or closed
        return answer
