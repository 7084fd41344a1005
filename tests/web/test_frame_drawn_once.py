"""The bar and the foot are drawn once for each place and roles: they say what the templates would say each time."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.template import Engine
from django.template.base import Template
from django.template.context import Context
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.factories import a_case
from tests.people import a_person, give_office_role, signed_in
from web.templatetags import frame

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')
PARTS = ("parts/top.html", "parts/foot.html", "parts/scripts.html")
PAGES = ("/", "/cases/", "/help/", "/notices/", "/account/", "/directory/", "/audit/", "/office/people/", "/nowhere/")


def parts_of(answer: Any) -> list[tuple[str, str]]:
    """Return each part as its template draws it with all that the page knows, and the page, without tokens."""
    page, flat = TOKEN.sub("", answer.content.decode()), answer.context[0].flatten()
    drawn = [Engine.get_default().get_template(name).render(a_context(flat, answer)) for name in PARTS[:2]]
    return [(TOKEN.sub("", text), page) for text in drawn]


def a_context(values: dict[str, Any], answer: Any) -> Context:
    return Context({**values, "request": answer.wsgi_request})


@pytest.mark.parametrize("who", ["ana", "admin", "noor", "omar"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_bar_and_foot_are_those_that_the_templates_draw(who: str, language: str) -> None:
    person = a_person(who)
    User.objects.filter(pk=person.pk).update(language=language)
    case = a_case(lead=a_person("ana"))
    browser, seen = signed_in(Client(), person), 0
    for address in (*PAGES, f"/cases/{case.reference}/"):
        for _again in range(2):
            answer = browser.get(address, follow=True)
            if answer.context is None or b'class="top"' not in answer.content:
                continue
            seen += 1
            with translation.override(language):
                parts = parts_of(answer)
            for drawn, page in parts:
                assert drawn.strip() and drawn in page, address
    assert seen > 8


def test_every_link_of_the_bar_says_of_its_own_page_that_it_is_shown_and_no_other_does() -> None:
    person = a_person("ana", roles=("administrator", "auditor"))
    browser = signed_in(Client(), person)
    browser.get("/help/")  # the bar is drawn here first
    links = [link for link in frame._links(settings.ROOT_URLCONF, "/") if link and link != reverse("account_logout")]
    assert len(links) >= 11
    for link in links:
        page = browser.get(link).content.decode()
        top = page[page.index('class="top"') : page.index("</header>")]
        shown = set(re.findall(r'href="([^"]+)" aria-current="page"', top))
        assert shown == {link}, link


def test_what_one_person_is_called_never_stands_above_the_page_of_another() -> None:
    ana, rui = a_person("ana"), a_person("rui")
    User.objects.filter(pk=ana.pk).update(name="Ana <b>Bold</b>")
    one, other = signed_in(Client(), ana), signed_in(Client(), rui)
    first, second, third = (browser.get("/help/").content.decode() for browser in (one, other, one))
    assert first.count("Ana &lt;b&gt;Bold&lt;/b&gt;") == third.count("Ana &lt;b&gt;Bold&lt;/b&gt;") == 2
    assert "Bold" not in second and second.count(rui.get_full_name()) == 2
    assert frame.NAME not in first + second and frame.TOKEN not in first + second
    assert TOKEN.findall(first) and not {*TOKEN.findall(first)} & {*TOKEN.findall(second)}


def test_a_role_that_is_given_shows_at_the_next_page() -> None:
    ana = a_person("ana")
    browser = signed_in(Client(), ana)
    assert 'href="/audit/"' not in browser.get("/help/").content.decode()
    give_office_role(ana, "auditor")
    assert 'href="/audit/"' in browser.get("/help/").content.decode()


def test_a_warm_page_draws_no_part_of_the_frame_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in(Client(), a_person("ana"))
    browser.get("/help/")
    drawn: list[str] = []
    plain = Template._render

    def noted(self: Template, context: Any) -> Any:
        drawn.append(self.name or "")
        return plain(self, context)

    monkeypatch.setattr(Template, "_render", noted)
    browser.get("/help/")
    assert drawn and not {*drawn} & {*PARTS, "parts/nav.html"}


def test_what_is_drawn_in_one_language_is_not_shown_in_another() -> None:
    places = []
    for language in ("en", "ar"):
        with translation.override(language):
            places.append(frame._everywhere(Context({})))
    assert len({*places}) == 2
