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
    browser, numbers = Browser(ana), itertools.count(1)
    middle = count // 2
    reference = Case.objects.get(codename=cases.codename(middle)).reference
    tag = f"{count}-"

    def page(address: str) -> Act:
        return lambda: browser.get(address).must_be(200)

    def search(words: str) -> Act:
        def act() -> Answer:
            found = browser.post("/cases/search/", words=words).must_be(302)
            return browser.get(found.headers["Location"]).must_be(200)

        return act

    def admin_create() -> Answer:
        values = {"country": "ZAF", "status": "DS_UNKNOWN", "status_on": "2026-11-28"}
        return browser.post("/bench/admin/casework/case/add/", **values).must_be(302)

    def create() -> Answer:
        values = {"country": "ZAF", "status": "DS_UNKNOWN", "public_label": f"An editor, {tag}{next(numbers)}"}
        forms = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
        return browser.post("/cases/open/", **values, **forms).must_be(302)

    word = cases.common_word()
    return {
        "bare template (baseline)": page("/bench/bare/"),
        "admin list (baseline)": page("/bench/admin/casework/case/"),
        "admin search (baseline)": page(f"/bench/admin/casework/case/?q={word}"),
        "admin create (baseline)": admin_create,
        "guardian list (baseline)": page("/bench/guardian/"),
        "guardian page (baseline)": page(f"/bench/guardian/{reference}/"),
        "page without rows": page("/notices/"),
        "list": page("/cases/"),
        "list, filtered": page("/cases/?country=ZAF"),
        "case": page(f"/cases/{reference}/"),
        "Today": page("/"),
        "search, common word": search(cases.FIRST[0]),
        "search, whole name": search(cases.name_of(middle)),
        "create": create,
    }
