"""What a paper may load while it is drawn: its own stylesheet and our fonts. Nothing else, from nowhere."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
SHEET = STATIC / "print.css"
FONTS = {".woff2": "font/woff2", ".woff": "font/woff"}


class FetchRefused(ValueError):
    """Something outside our static files was asked for while a paper was drawn."""


def own_file(url: str) -> Path:
    """Return the file of ours behind this address; raise FileRefused for every other scheme, host, folder or kind of file."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or parts.query:
        raise FetchRefused("Only our own static files may be drawn.")
    path = Path(unquote(parts.path)).resolve()
    is_font = path.parent == STATIC / "fonts" and path.suffix in FONTS
    if not is_font and path != SHEET:
        raise FetchRefused("Only our own static files may be drawn.")
    return path


def make_fetcher() -> Any:
    """Return a WeasyPrint fetcher bound to our files; `data:` passes, redirects do not exist here."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # heavy, and it needs pango

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Opens data addresses and our own files itself and never asks the network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url, headers)
            path = own_file(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": FONTS.get(path.suffix, "text/css")})

    return OwnFilesOnly(allowed_protocols=["data", "file"], allow_redirects=False, fail_on_errors=True)
