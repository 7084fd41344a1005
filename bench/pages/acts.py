"""What is measured: an act a line. A new one is written here, and its budget in bench/budgets.py."""

import itertools
from collections.abc import Callable
from typing import Any

from accounts.models import User
from bench.pages.browser import Answer, Browser
from bench.rows import cases
from casework.models import Case

Act = Callable[[], Any]


def pages(ana: User, count: int) -> dict[str, Act]:
    """Return what a browser asks for: baselines and our own pages."""
    browser = Browser(ana)
    reference = Case.objects.get(codename=cases.codename(count // 2)).reference
    return {**baselines(browser, reference), **ours(browser, reference, count)}


def baselines(browser: Browser, reference: str) -> dict[str, Act]:
    """Return what our pages are compared with (bench/urls.py)."""
    values = {"country": "ZAF", "status": "DS_UNKNOWN", "status_on": "2026-11-28"}
    return {
        "bare template (baseline)": page(browser, "/bench/bare/"),
        "admin list (baseline)": page(browser, "/bench/admin/casework/case/"),
        "admin search (baseline)": page(browser, f"/bench/admin/casework/case/?q={cases.common_word()}"),
        "admin create (baseline)": lambda: browser.post("/bench/admin/casework/case/add/", **values).must_be(302),
        "guardian list (baseline)": page(browser, "/bench/guardian/"),
        "guardian page (baseline)": page(browser, f"/bench/guardian/{reference}/"),
    }


def ours(browser: Browser, reference: str, count: int) -> dict[str, Act]:
    """Return our own pages, and opening a case."""
    return {
        "page without rows": page(browser, "/notices/"),
        "list": page(browser, "/cases/"),
        "list, filtered": page(browser, f"/cases/?country={cases.COUNTRIES[0]}"),
        "case": page(browser, f"/cases/{reference}/"),
        "Today": page(browser, "/"),
        "search, common word": search(browser, cases.FIRST[0]),
        "search, whole name": search(browser, cases.name_of(count // 2)),
        "search, one letter off": search(browser, f"{cases.FIRST[0]} {cases.LAST[5][:-1]}"),
        "create": create(browser, count),
    }


def page(browser: Browser, address: str) -> Act:
    """Return the reading of a page."""
    return lambda: browser.get(address).must_be(200)


def search(browser: Browser, words: str) -> Act:
    """Return a search: words are sent, kept, and looked up by the page that one is led to."""

    def act() -> Answer:
        found = browser.post("/cases/search/", words=words).must_be(302)
        return browser.get(found.headers["Location"]).must_be(200)

    return act


def create(browser: Browser, count: int) -> Act:
    """Return the opening of a case; each has a label of its own, because the same words within the hour are asked about."""
    numbers = itertools.count(1)

    def act() -> Answer:
        values = {"country": "ZAF", "status": "DS_UNKNOWN", "public_label": f"An editor, {count}-{next(numbers)}"}
        forms = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
        return browser.post("/cases/open/", **values, **forms).must_be(302)

    return act
