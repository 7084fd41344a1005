"""Keys for save, next, search and help in a real Chromium, and how they are switched off."""

from typing import Any

import pytest
from django.urls import reverse

from tests.browser.scripted import scripted
from tests.factories import a_case
from tests.people import a_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
FOCUSED = "document.activeElement.name || document.activeElement.tagName"


@pytest.fixture(autouse=True)
def beside_an_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's loop runs in this thread; Django is asked from it between two steps of the browser."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def test_keys_save_find_the_fault_and_lead_to_search_and_help(live_server: Any) -> None:
    case = a_case()
    site, cases = live_server.url, reverse("casework:cases")
    with scripted(site, case.lead) as page:
        page.goto(site + reverse("notes:add", args=[case.reference]))
        page.keyboard.press("Alt+Shift+KeyS")
        assert page.url.endswith(reverse("notes:add", args=[case.reference])), "no form had the focus"
        page.keyboard.press("Alt+Shift+KeyN")
        assert page.evaluate(FOCUSED) == "text"
        page.keyboard.type("Call / the lawyer? ")
        assert page.input_value("textarea") == "Call / the lawyer? "
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        assert "Call / the lawyer?" in page.inner_text("main")

        page.goto(site + reverse("casework:open_case"))
        page.keyboard.press("Alt+Shift+KeyN")
        with page.expect_navigation():
            page.keyboard.press("Alt+Shift+KeyS")
        for _time in range(page.locator("main [aria-invalid=true]").count() + 1):
            page.keyboard.press("Alt+Shift+KeyN")
            assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"

        page.goto(site + cases)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.type") == "search"
        page.keyboard.press("/")
        assert page.input_value("input[type=search]") == "/"
        page.goto(site + reverse("casework:case", args=[case.reference]))
        with page.expect_navigation():
            page.keyboard.press("?")
        assert page.url == site + reverse("web:help")
        with page.expect_navigation():
            page.keyboard.press("/")
        assert page.url == site + cases


def test_help_opens_beside_a_form_that_somebody_began(live_server: Any) -> None:
    case = a_case()
    with scripted(live_server.url, case.lead) as page:
        page.goto(live_server.url + reverse("notes:add", args=[case.reference]))
        page.fill("textarea", "Half a sentence")
        page.locator("textarea").blur()
        with page.context.expect_page() as opened:
            page.keyboard.press("?")
        opened.value.wait_for_load_state()
        assert opened.value.url.endswith(reverse("web:help"))
        assert page.input_value("textarea") == "Half a sentence"


def test_who_switched_the_keys_off_presses_them_in_vain(live_server: Any) -> None:
    ana = a_person("ana")
    ana.without_keys = True
    ana.save()
    with scripted(live_server.url, ana) as page:
        page.goto(live_server.url + reverse("casework:cases"))
        for key in ("/", "?", "Alt+Shift+KeyN"):
            page.keyboard.press(key)
        assert page.evaluate(FOCUSED) in {"BODY", "MAIN"}
        assert page.url.endswith(reverse("casework:cases"))
