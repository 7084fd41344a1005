"""One person at a browser without JavaScript: opens, fills in, presses, and keeps the HTML of every page reached."""

import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache

from accounts.sign_in import factors

PASSWORD = "a long practice password"
STEP_MS = 25_000
HARMLESS = (
    "status of 4",  # our own refusals
    "Unrecognized feature",  # a feature that this platform does not have
    "Autofocus processing was blocked",  # the row to go on in was led to, and it wins over the message at the top
)
ROW = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2,3}-[0-9A-Z-]{4,}")


@dataclass
class Found:
    """What was met on the way: pages by kind, requests that left the site, what the browser complained of, pages too wide."""

    site: str
    pages: dict[str, str] = field(default_factory=dict)
    strayed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    codename: str = ""
    acts: int = 0
    """Buttons pressed that did what they say, but for signing in and the second factor; a refusal is none."""

    def keep(self, page: Any, status: int) -> None:
        """Keep one page of each kind and status, and note when it is wider than its window."""
        parts = urlsplit(page.url)
        name = f"{status} {ROW.sub('*', parts.path)} {page.title()}"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            self.too_wide.append(f"{name}: {over} px too wide")
        if name not in self.pages:
            self.pages[name] = page.content()

    def watch(self, context: Any) -> None:
        """Note each request to anywhere else, and each complaint of the browser: a breach of the content policy is one."""
        context.on("request", lambda request: self._leaves(request.url))
        context.on("console", lambda said: self._says(said))

    def _leaves(self, url: str) -> None:
        if not url.startswith((self.site, "about:", "data:image/")):
            self.strayed.append(url)

    def _says(self, said: Any) -> None:
        if not any(words in said.text for words in HARMLESS):
            self.complaints.append(said.text)


class Walker:
    """The browser of one person. `codes` gives the secret of the second factor; strangers have none."""

    def __init__(self, browser: Any, found: Found, *, name: str = "", secret: str = "", width: int = 360) -> None:
        self.found, self.name, self.secret = found, name, secret
        self.context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
        self.context.set_default_timeout(STEP_MS)
        found.watch(self.context)
        self.page = self.context.new_page()
        self.status = 0
        self.trail: list[str] = []

    def go(self, path: str) -> "Walker":
        """Open an address; where the second factor is asked first, show it."""
        answer = self.page.goto(path if path.startswith("http") else self.found.site + path)
        return self._arrived(answer).prove()

    def follow(self, link: str, *, nth: int = 0) -> "Walker":
        """Follow the link with these words, as a person would who sees it."""
        menu = self.page.locator("header summary")
        if (
            menu.count()
            and menu.first.is_visible()
            and not self.page.get_by_role("link", name=link, exact=True).count()
        ):
            menu.first.click()
        with self.page.expect_navigation() as answer:
            self.page.get_by_role("link", name=link, exact=True).nth(nth).click()
        return self._arrived(answer.value).prove()

    def press(self, button: str, *, nth: int = 0) -> "Walker":
        """Press the button with these words."""
        is_signing_in = self.path in {"/sign-in/", "/second-factor/"}
        with self.page.expect_navigation() as answer:
            self.page.get_by_role("button", name=button, exact=True).nth(nth).click()
        self._arrived(answer.value)
        self.found.acts += self.status < 400 and not is_signing_in
        return self._wait_for_the_job()

    def back(self) -> "Walker":
        """Go back by the browser's own button, which fetches the page anew and puts in what was typed."""
        return self._arrived(self.page.go_back())

    def fill(self, values: dict[str, Any]) -> "Walker":
        """Fill in fields by their names: text, a choice by value or {'label': …}, a tick by True, ticks by a list."""
        for name, value in values.items():
            boxes = self.page.locator(f'main [name="{name}"]')
            kind = boxes.first.evaluate("box => box.tagName === 'SELECT' ? 'select' : box.type")
            if kind == "select":
                boxes.first.select_option(**(value if isinstance(value, dict) else {"value": value}))
            elif kind == "checkbox" and isinstance(value, bool):
                boxes.first.set_checked(value)
            elif kind in {"radio", "checkbox"} and isinstance(value, dict):
                self.page.locator("main").get_by_label(value["label"], exact=True).check()
            elif kind in {"radio", "checkbox"}:
                for one in value if isinstance(value, list) else [value]:
                    self.page.locator(f'main [name="{name}"][value="{one}"]').check()
            else:
                boxes.first.fill(value)
        return self

    def date(self, name: str, *, day: str = "", month: str = "", year: str = "", about: bool = False) -> "Walker":
        """Fill in an imprecise date."""
        self.fill({f"{name}_0": day, f"{name}_1": month, f"{name}_2": year})
        return self.fill({f"{name}_3": True}) if about else self

    def sign_in(self) -> "Walker":
        """Sign in with the password, then with the code of this moment."""
        self.go("/sign-in/").fill({"login": self.name, "password": PASSWORD}).press("Sign in")
        self._show_code("Sign in")
        assert self.path == "/", self.text
        return self

    def prove(self) -> "Walker":
        """Show the second factor again where the page asks for it."""
        if self.path == "/second-factor/":
            self._show_code("Show it and go on")
        return self

    def _show_code(self, button: str) -> None:
        """Type the code of this moment; where its half minute ended on the way, the next one, as a person would."""
        asked = self.path
        self.fill({"code": self.code()}).press(button)
        if self.path == asked and "This code does not fit" in self.text:
            self.fill({"code": self.code()}).press(button)

    def code(self) -> str:
        """Return the code of this moment; that it was used in an earlier step is forgotten."""
        cache.clear()
        return factors.format_hotp_value(factors.hotp_value(self.secret, int(time.time()) // 30))

    @property
    def path(self) -> str:
        """Return the path of the page shown."""
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        """Return the words of the page, with spaces for line ends."""
        return " ".join(self.page.inner_text("body").split())

    def button(self, begins: str) -> str:
        """Return the words of the first button that begins so."""
        words = [" ".join(one.split()) for one in self.page.locator("main button").all_inner_texts()]
        return next(one for one in words if one.startswith(begins))

    def sees(self, *words: str) -> "Walker":
        """Fail with the whole page when one of the words is not on it."""
        missing = [word for word in words if word not in self.text]
        assert not missing, f"{missing} not on {self.status} {self.page.url}: {self.text[:3000]}"
        return self

    def _wait_for_the_job(self) -> "Walker":
        """Look again, with a limit, while a page of long work says that it is not done."""
        until = time.monotonic() + 40
        while self.path.startswith("/jobs/") and "did not go through" not in self.text and time.monotonic() < until:
            self.page.wait_for_timeout(200)
            self.go(self.page.url)
        return self

    def _arrived(self, answer: Any) -> "Walker":
        self.status = answer.status if answer else 0
        assert self.status < 500, f"{self.status} {self.page.url}: {self.text[:3000]}"
        self.found.keep(self.page, self.status)
        if self.trail[-1:] != [self.path]:
            self.trail.append(self.path)
        return self
