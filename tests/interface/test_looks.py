"""The sample pages in a real Chromium: light and dark, left to right and right to left, 360 and 1280 px."""

from typing import Any

import pytest

from tests.browser.axe import DRAWN, run_axe, run_axe_on_html, sideways
from tests.browser.right_to_left import speak_arabic
from tests.interface.samples import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
WIDTHS = (360, 1280)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_sample_page_is_clean_and_never_scrolls_sideways(
    chromium: Any, site: str, theme: str, direction: str
) -> None:
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": 900})
    if direction == "rtl":
        speak_arabic(context, url=site)
    asked = () if direction == "ltr" else DRAWN  # tests/browser/taken.py says why
    page = context.new_page()
    said: list[str] = []  # what breaks the content policy or is not found; axe itself writes styles, so it comes after
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    complaints: list[str] = []
    for name in NAMES:
        page.goto(f"{site}/sample/{name}/?theme={theme}")
        assert page.evaluate("document.documentElement.dir") == direction
        assert over_at(page, *WIDTHS) == [0, 0], name
        complaints += [f"{name}: {text}" for text in said]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = run_axe(page, levels=("moderate", "serious", "critical"), rules=asked)
            complaints += [f"{name} {width}: {fault}" for fault in found]
        said.clear()
    context.close()
    assert complaints == []


def test_no_page_scrolls_sideways_at_other_widths(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    for name in NAMES:
        page.goto(f"{site}/sample/{name}/")
        assert over_at(page, 320, 640, 1440) == [0, 0, 0], name
    page.close()


def over_at(page: Any, *widths: int) -> list[int]:
    """By how much the page that is open is too wide for its window, at each of these widths."""
    over = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        over.append(sideways(page))
    return over


def test_nothing_to_press_is_under_24_pixels(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 900})
    small = "[...document.querySelectorAll('button, a.button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio])')].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    for name in NAMES:
        page.goto(f"{site}/sample/{name}/")
        assert page.evaluate(small) == [], name
    page.close()


def test_the_menu_opens_and_leads_on_without_javascript(chromium: Any, site: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/sample/packet/")
    assert not page.get_by_role("link", name="Help").is_visible()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Help").click()
    assert page.url == f"{site}/help/"
    context.close()


def test_the_filters_work_closed_on_a_phone_and_open_on_a_desk(chromium: Any, site: str) -> None:
    for width, is_open in ((360, False), (1280, True)):
        page = chromium.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{site}/sample/cases/")
        assert page.get_by_role("button", name="Apply filters").is_visible() is is_open
        page.close()


def test_faults_take_the_focus_and_each_link_leads_to_its_control(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    page.goto(f"{site}/sample/parts/")
    assert page.evaluate("document.activeElement.id") == "faults"
    assert page.title().startswith("Error: Parts")
    for link in page.locator("#faults a").all():
        assert page.locator(str(link.get_attribute("href"))).count() == 1
    page.close()


def test_a_page_kept_from_a_browser_without_scripts_can_be_examined(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    url = f"{site}/sample/parts/"
    head = '<html lang="en"><head><title>x</title></head><body><main><h1>x</h1>'
    assert run_axe_on_html(context, url=url, html=f"<!doctype html>{head}</main>") == []
    assert run_axe_on_html(context, url=url, html=f"<!doctype html>{head}<input></main>")
    context.close()


def test_links_and_marks_stay_apart_in_forced_colours_and_on_paper(chromium: Any, site: str) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site}/sample/parts/")
    images = page.evaluate(
        "[...document.querySelectorAll('.badges .mark')].filter(e => getComputedStyle(e).backgroundImage == 'none').map(e => e.className)"
    )
    assert images == ["mark ring-empty"]
    page.emulate_media(media="print", forced_colors="none")
    assert not page.locator("header.top").is_visible()
    context.close()
