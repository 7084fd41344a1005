"""The whole way of one case in a real Chromium without JavaScript, on a phone and on a desk, from sign-in to the alarm."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import User
from accounts.sign_in import factors
from tests.browser import right_to_left, taken
from tests.browser import steps_in_public as public
from tests.browser import steps_of_a_case as steps
from tests.browser.axe import run_axe
from tests.browser.walker import PASSWORD, Found, Walker
from web.demo import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(480)]
AXE_AT = 360  # the HTML is the same at both widths


@pytest.fixture
def secrets() -> dict[str, str]:
    """Return the secret of each practice person's second factor, in an office with its practice cases."""
    people = load(PASSWORD)
    return {
        name: factors.decrypt(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])
        for name, person in people.items()
    }


@pytest.fixture
def chromium(secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser; its event loop runs beside Django, which this thread does not ask for anything meanwhile."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with taken.chromium() as browser:
        yield browser


@pytest.mark.parametrize("width", [360, 1280])
def test_one_case_goes_the_whole_way_without_javascript(
    width: int, live_server: Any, secrets: dict[str, str], chromium: Any
) -> None:
    found = Found(live_server.url)

    def person(name: str) -> Walker:
        return Walker(chromium, found, name=name, secret=secrets[name], width=width).sign_in()

    ana, rui, leila = person("ana"), person("rui"), person("leila")
    case = steps.open_a_case(ana)
    steps.fill_the_packet(ana, case)
    steps.give_access(ana, person("sam"), case)
    steps.record_consent(leila, case, audiences=["AU_OWNGOV"])
    steps.assess(ana, rui, case)
    steps.briefing(ana, rui, case)
    assert "independent doctor" in steps.read_the_pdf(ana)
    stranger = Walker(chromium, found, width=width)
    public.plan(ana, case)
    address = public.supporters_page(ana, rui, leila, stranger, case)
    public.hold(leila, ana, stranger, case, address)
    public.alarm(ana, rui, "Human rights desk, Ministry of Foreign Affairs")
    assert found.strayed == []
    assert found.complaints == []
    assert found.too_wide == []
    assert width != AXE_AT or faults(chromium, found) == []


def faults(browser: Any, found: Found) -> list[str]:
    """Write each page that was kept into a window with JavaScript, styles from the static folder, and ask axe."""
    page = taken.blank(browser)
    page.set_viewport_size({"width": AXE_AT, "height": 800})
    complaints = []
    for name, html in found.pages.items():
        page.set_content(html)
        complaints += [f"{name}: {fault}" for fault in run_axe(page)]
    return complaints


def test_the_main_pages_fit_a_phone_from_right_to_left(
    live_server: Any, secrets: dict[str, str], chromium: Any, settings: Any
) -> None:
    settings.LANGUAGES = right_to_left.LANGUAGES
    found = Found(live_server.url)
    ana = Walker(chromium, found, name="ana", secret=secrets["ana"])
    User.objects.filter(username="ana").update(language="ar")
    ana.sign_in().go("/cases/")
    cases = ana.page.locator('main a[href^="/cases/"]:has-text("Sorrel")').first.get_attribute("href")
    for path in ("/", "/review/", "/urgent/", "/help/", "/notices/", "/account/", "/cases/open/"):
        ana.go(path)
    for tab in (
        "",
        "timeline/",
        "plan/",
        "safety/",
        "safety/assess/",
        "materials/",
        "activity/",
        "access/",
        "consent/",
    ):
        ana.go(f"{cases}{tab}")
    for form in ("claims/", "claims/add/", "sources/", "consent/add/", "identity/", "contacts/", "asks/", "hold/"):
        ana.go(f"{cases}{form}")
    assert ana.page.evaluate("document.documentElement.dir") == "rtl"
    assert found.too_wide == []
    assert found.complaints == []
