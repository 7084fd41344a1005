"""A server of the sample pages and a real Chromium; no database stands behind them."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.urls import clear_url_caches, set_urlconf

from tests.browser import right_to_left, taken


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def samples(settings: Any) -> Iterator[None]:
    """The sample pages answer, in English and in a pseudo right-to-left language, and ask no database who is there."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith(("django.", "config."))]
    settings.ROOT_URLCONF = "tests.interface.urls"
    settings.LANGUAGES = right_to_left.LANGUAGES
    clear_url_caches()
    yield
    clear_url_caches()
    set_urlconf(None)


@pytest.fixture
def site(samples: None) -> Iterator[str]:
    """The address of the sample pages."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for a module."""
    with taken.chromium() as browser:
        yield browser
