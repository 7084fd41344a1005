"""A long text that is written in a real Chromium is kept by itself, and offered when the page is opened again."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Draft
from notes.models import Note
from tests.browser.scripted import scripted
from tests.factories import a_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
SOON = "document.querySelector('[data-keep]').dataset.every = '0.1'"
OFFER = "A form was kept here"


@pytest.fixture(autouse=True)
def beside_an_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's loop runs in this thread; Django is asked from it between two steps of the browser."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def write(page: Any, words: str) -> str:
    """Type this and return what the page says of it, at the latest after some seconds."""
    page.evaluate(SOON)
    page.fill("textarea", words)
    status = page.locator("main [role=status]")
    status.filter(has_text="ept").wait_for(timeout=10_000)
    return str(status.inner_text())


def test_what_is_written_is_kept_offered_after_a_reload_and_forgotten_when_it_is_sent(live_server: Any) -> None:
    case = a_case()
    address = live_server.url + reverse("notes:add", args=[case.reference])
    with scripted(live_server.url, case.lead) as page:
        page.goto(address)
        assert OFFER not in page.inner_text("main")
        assert write(page, "Half a sentence").startswith("Kept at ")
        page.reload()
        assert OFFER in page.inner_text("main")
        assert write(page, "Another").startswith("Not kept"), "what nobody looked at is not written over"
        page.get_by_role("link", name="Open what was kept").click()
        assert "Half a sentence" in page.inner_text("main")
        page.get_by_role("button", name="Put it into its form").click()
        page.wait_for_url("**/notes/add/")
        assert page.input_value("textarea") == "Half a sentence" and OFFER not in page.inner_text("main")
        page.get_by_role("button", name="Save the note").click()
        page.wait_for_url("**/tasks/**")
        assert [note.text for note in Note.objects.all()] == ["Half a sentence"]
        assert not Draft.objects.exists()


def test_what_was_kept_of_a_page_is_forgotten_when_its_button_is_pressed(live_server: Any) -> None:
    case = a_case()
    with scripted(live_server.url, case.lead) as page:
        page.goto(live_server.url + reverse("notes:add", args=[case.reference]))
        assert write(page, "A whole sentence").startswith("Kept at ")
        assert Draft.objects.count() == 1
        with page.expect_navigation():
            page.keyboard.press("Alt+Shift+KeyS")
        assert Note.objects.count() == 1 and not Draft.objects.exists()


def test_a_page_says_so_when_nothing_could_be_kept(live_server: Any) -> None:
    case = a_case()
    with scripted(live_server.url, case.lead) as page:
        page.goto(live_server.url + reverse("notes:add", args=[case.reference]))
        page.context.set_offline(True)
        assert write(page, "Half a sentence") == "Not kept: save the form yourself."
        assert page.input_value("textarea") == "Half a sentence"
