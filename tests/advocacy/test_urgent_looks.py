"""Every page of an alarm in a real Chromium, and the whole way with JavaScript off at 360 px."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from materials.models import Copy, Material
from tests.accounts.signing_in import unused_code
from tests.advocacy.alarms import FILLED, a_recipient, as_, has_a_role, raised, retagged, signed, to, wait
from tests.browser.axe import sideways
from tests.browser.taken import chromium, faults_of_pages
from tests.factories import a_case
from tests.people import a_person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def taken(client: Client) -> dict[str, str]:
    """Return the HTML of every page of an alarm, refused forms included."""
    wait(30)
    rows = [
        a_recipient(),
        a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True),
        a_recipient("A lawyer", "AU_COURT", seconded_by=None),
    ]
    html: dict[str, str] = {}

    def take(name: str, answer: Any) -> None:
        assert answer.status_code in {200, 409, 422}, (name, answer.status_code)
        html[name] = answer.content.decode()

    retagged(a_case(codename="Heron"), "Another Person")
    as_(client, "ana")
    take("urgent", client.get(reverse("advocacy:urgent")))
    take(
        "urgent-refused",
        client.post(reverse("advocacy:urgent"), {"name": "Another Person", "danger": "He needs insulin."}),
    )
    material = raised(client, *rows[:2], may_be_named="on")
    take("notice", client.get(to("urgent_notice", material)))
    take("notice-refused", client.post(to("urgent_send", material)))
    as_(client, "rui", fresh=True)
    take("sign", client.get(to("urgent_sign", material)))
    take("sign-refused", client.post(to("urgent_sign", material), {"revision": material.revision, "mac": "00"}))
    take("notice-of-a-signer", client.get(to("urgent_notice", material)))
    signed(client, material)
    as_(client, "ana")
    take("notice-signed", client.get(to("urgent_notice", material)))
    changed = raised(client, *rows[:2], may_be_named="on", name="A Third Person")
    client.post(reverse("materials:take_back", args=[changed.pk]))
    take("notice-changed-refused", client.post(to("urgent_call", changed)))
    wait(0)
    alone = raised(client, *rows[:2], may_be_named="on", name="Somebody Else")
    client.post(to("urgent_send", alone))
    take("sent", client.get(to("urgent_sent", alone)))
    as_(client, "rui", fresh=True)
    take("look-back", client.get(to("urgent_look_back", alone)))
    take("recipients", client.get(reverse("directory:recipients")))
    take("recipient-enter-refused", client.post(reverse("directory:recipient_enter"), {"name": "A desk"}))
    take("recipient-approve", client.get(reverse("directory:recipient_approve", args=[rows[2].pk])))
    return html


@pytest.mark.django_db
def test_every_page_of_an_alarm_is_clean_in_both_themes_directions_and_widths(client: Client) -> None:
    assert faults_of_pages(taken(client)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("minutes", [0, 30], ids=["alone", "signed"])
def test_an_alarm_goes_its_way_on_a_phone_without_javascript(
    live_server: Any, client: Client, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    wait(minutes)
    a_recipient()
    a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    people = {username: cookie_of(username) for username in ("ana", "rui")}
    has_a_role(a_person("ana"))
    with chromium() as browser:
        ana = Phone(browser, live_server.url, people["ana"])
        ana.go("/cases/")
        ana.reached.clear()
        ana.follow("Urgent")
        filled = fill_in(ana.page)
        ana.press("Call the signers and show the notice")
        notice = ana.page.url
        if minutes:
            rui = Phone(browser, live_server.url, people["rui"])
            rui.go(notice + "sign/")
            rui.page.fill("input[name=code]", unused_code(a_person("rui")))
            rui.page.locator("main form button").first.click()
            assert rui.page.locator("h2", has_text="Leak scan").count() == 1
            assert len(rui.reached) == 2
            rui.press("Sign")
            assert "You signed the notice" in rui.page.content()
        ana.press("Send now to 2 recipients")
        assert "To hand over: 2 copies" in ana.page.content()
        assert ([kind for kind in ana.reached], filled) == (["urgent", "notice", "sent"], 8)
        assert ana.too_wide == 0
    assert Copy.objects.filter(dispatched_at__isnull=False).count() == 2
    assert Material.objects.get().status == "sent"


class Phone:
    """A browser of 360 px without JavaScript, signed in; it counts the pages it reaches."""

    def __init__(self, browser: Any, site: str, cookie: str) -> None:
        self.context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 760})
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        self.page, self.site = self.context.new_page(), site
        self.reached: list[str] = []
        self.too_wide = 0
        self.page.on("load", lambda page: self.reached.append(kind_of(page.url)))

    def go(self, address: str) -> None:
        self.page.goto(address if address.startswith("http") else self.site + address)

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()
        self.too_wide = max(self.too_wide, sideways(self.page))


def kind_of(url: str) -> str:
    if re.search(r"/urgent/$", url):
        return "urgent"
    return "notice" if re.search(r"/urgent/[0-9a-f-]+/$", url) else url.rstrip("/").rsplit("/", 1)[-1]


def fill_in(page: Any) -> int:
    """Fill the eight answers and set the ticks; returns how many answers were filled."""
    filled = 0
    for name, words in FILLED.items():
        box = page.locator(f"[name={name}]")
        if name == "country":
            box.select_option(words)
        else:
            box.fill(words)
        filled += 1
    page.check("[name=basis][value=CG_NONE_BEST]")
    for box in page.locator("[name=recipients]").all():
        box.check()
    for name in ("may_be_named", "is_silence_not_wished", "is_nobody_exposed", "is_passing_on_known", "is_stoppable"):
        page.check(f"[name={name}]")
    return filled


def cookie_of(username: str) -> str:
    client = as_(Client(), username)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)
