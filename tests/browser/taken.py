"""Pages taken through Django's test client and looked at in a real Chromium: both themes, both directions, two widths."""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from tests.browser.axe import run_axe, sideways

SITE = "http://testserver"
PICTURES = os.environ.get("AMPARO_TEST_PICTURES", "")
MODES = [("light", "en", 1280), ("dark", "en", 360), ("light", "ar", 360), ("dark", "ar", 1280)]


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser only when nothing more is asked of the database: its event loop is another world to Django."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def serve(page: Any, html: dict[str, str]) -> None:
    """Answer the browser from what was taken and from the files of the static folder."""

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            route.fulfill(body=Path(str(file)).read_bytes(), content_type=mimetypes.guess_type(path)[0])
        else:
            route.fulfill(body=html[path.removeprefix("/")], content_type="text/html; charset=utf-8")

    page.route("**/*", answer)


def faults_of_pages(html: dict[str, str]) -> list[str]:
    """What axe finds on each page in each mode, and which page scrolls sideways; pictures where a folder is given."""
    arabic = {name: text.replace('lang="en" dir="ltr"', 'lang="ar" dir="rtl"') for name, text in html.items()}
    complaints: list[str] = []
    with chromium() as browser:
        for theme, language, width in MODES:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
            serve(page, arabic if language == "ar" else html)
            for name in html:
                page.goto(f"{SITE}/{name}")
                found = [f"{sideways(page)} px too wide"] if sideways(page) else []
                found += run_axe(page, levels=("moderate", "serious", "critical"))
                complaints += [f"{name} {theme} {language} {width}: {fault}" for fault in found]
                if PICTURES:
                    page.screenshot(path=f"{PICTURES}/{name}-{theme}-{language}-{width}.png", full_page=True)
            page.close()
    return complaints
