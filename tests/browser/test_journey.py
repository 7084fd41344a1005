"""The whole way of one case in a real Chromium without JavaScript, on a phone and on a desk, from sign-in to the alarm."""

from typing import Any

import pytest

from accounts.models import User
from tests.browser import right_to_left, taken
from tests.browser import steps_in_public as public
from tests.browser import steps_of_a_case as steps
from tests.browser.walker import Found, Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(480)]
MOST_ACTS = 45
AXE_AT = 360  # the HTML is the same at both widths


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
    assert found.acts <= MOST_ACTS, (
        "from an empty case to a copy; a text was sent back on the way (39 on 30 November 2026)"
    )
    assert "independent doctor" in steps.read_the_pdf(ana)
    stranger = Walker(chromium, found, width=width)
    public.plan(ana, case)
    address = public.supporters_page(ana, rui, leila, stranger, case)
    public.hold(leila, ana, stranger, case, address)
    public.alarm(ana, rui, "Human rights desk, Ministry of Foreign Affairs")
    assert found.strayed == []
    assert found.complaints == []
    assert found.too_wide == []
    assert width != AXE_AT or taken.faults_of_kept(chromium, found.pages, width=AXE_AT) == []


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
        "?answer=arr_warrant",
        "plan/",
        "safety/",
        "safety/assess/",
        "materials/",
        "activity/",
        "access/",
        "consent/",
    ):
        ana.go(f"{cases}{tab}")
    for form in (
        "claims/",
        "claims/?empty=6",
        "sources/",
        "sources/add/",
        "consent/add/",
        "identity/",
        "contacts/",
        "asks/",
        "hold/",
    ):
        ana.go(f"{cases}{form}")
    assert ana.page.evaluate("document.documentElement.dir") == "rtl"
    assert found.too_wide == []
    assert found.complaints == []
