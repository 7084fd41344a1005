"""What a signer sees first: what is asked, then the words, then everything else; and what the paper says of its hours."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from materials.leaving.frozen_text import draft_of
from papers.pdf.paper import sheet
from tests.accounts.signing_in import unused_code
from tests.advocacy.alarms import FILLED, a_recipient, as_, raised, signed, to, wait
from tests.browser.taken import chromium
from tests.people import a_person

TABS = "Pages of this case"


def places(page: str, *words: str) -> list[int]:
    """Return where these words stand in what is read; each must stand there."""
    main = re.sub(r"<[^>]+>", " ", page[page.index("<body") :])
    return [main.index(one) for one in words]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["urgent_notice", "urgent_sign"])
def test_who_is_asked_to_sign_sees_that_first_then_the_words_then_the_rest(client: Client, name: str) -> None:
    material = raised(client)
    page = as_(client, "rui", fresh=True).get(to(name, material)).content.decode()
    act = "Sign" if name == "urgent_sign" else "Read and sign"
    asked = "asks you to sign a protective notice"
    found = places(page, asked, "sign or send it back", FILLED["danger"], "Who gets it", "The case")
    assert found == sorted(found) and TABS not in page
    assert len(re.findall(r"<h1\b", page)) == 1 and page.count('class="act"') + page.count('"button act"') == 1
    assert page.index(f">{act}<") < page.index(FILLED["danger"])


@pytest.mark.django_db
def test_whoever_is_not_asked_keeps_the_bar_of_the_case(client: Client) -> None:
    material = raised(client)
    assert TABS in client.get(to("urgent_notice", material)).content.decode()
    signed(client, material)
    as_(client, "rui", fresh=True)
    page = client.get(to("urgent_notice", material)).content.decode()
    assert TABS in page and "asks you to sign" not in page


@pytest.mark.django_db
def test_the_paper_says_when_it_was_known_and_until_when_it_is_valid(client: Client) -> None:
    known_at = timezone.now().replace(second=0, microsecond=0) - dt.timedelta(hours=3)
    here = timezone.localtime(known_at)
    material = raised(client, known_at=f"{here:%Y-%m-%dT%H:%M}")
    said = sheet(draft_of(material), None).replace("\xa0", " ")
    there, ends = known_at.astimezone(dt.UTC), (known_at + dt.timedelta(hours=72)).astimezone(dt.UTC)
    assert f"As known to us on {there.day} {there:%B %Y}, {there:%H:%M} UTC." in said
    assert f"Valid for 72 hours, until {ends.day} {ends:%B %Y}, {ends:%H:%M} UTC." in said


@pytest.mark.browser
@pytest.mark.timeout(120)
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_without_javascript_the_act_and_the_words_stand_on_the_first_screen(
    live_server: object, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(30)
    material = raised(client, a_recipient())
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cookie = str(as_(Client(), "rui").cookies[settings.SESSION_COOKIE_NAME].value)
    site = live_server.url  # type: ignore[attr-defined]
    with chromium() as browser:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 760})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        page = context.new_page()
        page.goto(site + to("urgent_sign", material))
        page.fill("input[name=code]", unused_code(a_person("rui")))
        page.locator("main form button").first.click()
        for one in (page.get_by_role("button", name="Sign", exact=True), page.get_by_role("link", name="Send it back")):
            box = one.bounding_box()
            assert box and box["y"] + box["height"] < 760
        words = page.locator("#text-h").bounding_box()
        assert words and words["y"] < 760, "the words begin on the first screen"
