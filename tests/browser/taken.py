"""Pages taken through Django's test client and looked at in a real Chromium: both themes, both directions, two widths."""

import mimetypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.browser.axe import DRAWN, run_axe, sideways
from tools import parts

SITE = "http://testserver"
PICTURES = os.environ.get("AMPARO_TEST_PICTURES", "")
MODES = [("light", "en", 1280), ("dark", "en", 360), ("light", "ar", 360), ("dark", "ar", 1280)]
# Whole for each width and each theme once. Turning the direction moves things and changes none, so what axe says of the
# markup stands (tests/browser/test_taken.py); the rules that look at what is drawn are asked in all four.
ASKED: dict[str, tuple[str, ...]] = {"en": (), "ar": DRAWN}


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser only when nothing more is asked of the database: its event loop is another world to Django."""
    from playwright.sync_api import sync_playwright

    path = parts.chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def blank(browser: Any) -> Any:
    """A window for HTML that is already here. Only styles and pictures are asked for, and come from the static folder."""
    page = browser.new_page()

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = str(finders.find(path.removeprefix("/static/")))
            route.fulfill(body=Path(file).read_bytes(), content_type=mimetypes.guess_type(file)[0])
        elif route.request.resource_type == "document":
            route.fulfill(body="", content_type="text/html; charset=utf-8")
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(SITE)
    return page


def show(page: Any, *, theme: str, language: str, width: int) -> None:
    """Turn a page that is open to another mode: no script of it changes what is drawn, so this is what a new load would show."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    way = {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    page.evaluate("way => Object.assign(document.documentElement, way)", way)


def faults_of_pages(html: dict[str, str]) -> list[str]:
    """What axe finds on each page in each mode, and which page scrolls sideways; pictures where a folder is given.

    Each page is written into one window, and axe stays in it: to load page and axe anew for each mode takes three
    times the work and finds the same.
    """
    complaints: list[str] = []
    with chromium() as browser:
        page = blank(browser)
        for name, text in html.items():
            assert not re.search(r'<script(?! src="/static/)', text), name
            page.set_content(text)
            for theme, language, width in MODES:
                show(page, theme=theme, language=language, width=width)
                found = [f"{sideways(page)} px too wide"] if sideways(page) else []
                found += run_axe(page, levels=("moderate", "serious", "critical"), rules=ASKED[language])
                complaints += [f"{name} {theme} {language} {width}: {fault}" for fault in found]
                if PICTURES:
                    page.screenshot(path=f"{PICTURES}/{name}-{theme}-{language}-{width}.png", full_page=True)
    return complaints


def faults_of_kept(browser: Any, pages: dict[str, str], *, width: int) -> list[str]:
    """Write each page that a walk kept into a window with JavaScript, styles from the static folder, and ask axe."""
    page = blank(browser)
    page.set_viewport_size({"width": width, "height": 800})
    complaints = []
    for name, html in pages.items():
        page.set_content(html)
        complaints += [f"{name}: {fault}" for fault in run_axe(page)]
    return complaints
