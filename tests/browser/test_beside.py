"""Ways beside the long one, without JavaScript and at one width: from a practice case to their end."""

import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from papers.pdf import rendering
from tests.browser import steps_beside as steps
from tests.browser import taken
from tests.browser.walker import Found, Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(480)]
WIDTH = 360
NUMBER = re.compile(r"Paper ([A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5})")
needs_a_printer = pytest.mark.skipif(
    not rendering.is_available() or shutil.which("pdftotext") is None, reason="needs pango and poppler"
)
Sign = Callable[[str], Walker]


@pytest.fixture
def found(live_server: Any) -> Found:
    """What these walks meet; they all begin from one practice case."""
    return Found(live_server.url, codename="Sorrel")


@pytest.fixture
def person(chromium: Any, found: Found, secrets: dict[str, str]) -> Sign:
    """Sign a practice person in, in a browser of their own."""
    return lambda name: Walker(chromium, found, name=name, secret=secrets[name], width=WIDTH).sign_in()


def test_a_name_is_ruled_on_a_high_risk_signed_and_an_office_role_given(
    chromium: Any, found: Found, person: Sign
) -> None:
    ana, rui, dara = person("ana"), person("rui"), person("dara")
    case = ana.follow("Cases").follow(found.codename).path
    steps.a_name_is_ruled_on(ana, rui, case)
    steps.a_high_risk(ana, person("tomas"), rui, dara, case)
    steps.the_office(person("admin"), dara, ana, case)
    assert faults(chromium, found) == []


@needs_a_printer
def test_a_death_is_told_on_a_paper_that_asks_for_no_release(chromium: Any, found: Found, person: Sign) -> None:
    ana = person("ana")
    case = ana.follow("Cases").follow(found.codename).path
    copy = steps.a_death(ana, person("rui"), person("tomas"), case)
    words = steps.words_of_the_pdf(ana)
    assert "died in the night" in words and "Ask that an independent doctor finds out why he died." in words
    assert "release" not in words.lower() and "appeal" not in words.lower()
    number = NUMBER.search(words)
    assert number
    steps.a_paper_is_found(ana, person("sam"), number[1], copy)
    assert faults(chromium, found) == []


def faults(browser: Any, found: Found) -> list[str]:
    """Return what was wrong anywhere on the way."""
    return [
        *found.strayed,
        *found.complaints,
        *found.too_wide,
        *taken.faults_of_kept(browser, found.pages, width=WIDTH),
    ]
