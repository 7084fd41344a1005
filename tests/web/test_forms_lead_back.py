"""A form leads back to the page it was opened from, by saving and by leaving; nothing else is believed. One of several
kinds is saved and the next one begun.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import SentForm
from accounts.views.came_from import FIELD, LONGEST
from casework.models import Case, Contact
from tests.accounts.test_sent_once import TOKEN, a_browser, named_views
from tests.factories import a_case, a_contact, a_detention
from tests.people import a_person, signed_in
from tests.security.table import ROWS

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
SITE = "http://testserver"
OTHER = "Here is an empty form for another one."


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead, fresh=True)


def address(name: str, case: Case, *args: Any) -> str:
    return reverse(name if ":" in name else f"casework:{name}", args=[case.reference, *args])


def opened(client: Client, form: str, page: str) -> str:
    """Open a form from this page, as a browser tells it."""
    return client.get(form, headers={"Referer": SITE + page}).content.decode()


def way_out(page: str) -> str:
    found = re.search(r'<a href="([^"]+)">(?:Leave|Not now)[^<]*</a>', page)
    assert found, page
    return found[1].replace("&amp;", "&")


def box(page: str) -> str:
    found = re.search(rf'<input type="hidden" name="{FIELD}" value="([^"]*)">', page)
    return found[1].replace("&amp;", "&") if found else ""


FORMS = {
    "add_contact": {"kind": "family", "name": "Mara Thorn"},
    "add_detention": {"started_2": "2024"},
    "add_demand": {"text": "Let her go.", "rank": "1"},
    "add_right": {"right": "R_LIBERTY"},
    "safety:new_risk_event": {"kind": "RT_HEALTH", "what": "He fell ill."},
}


@pytest.mark.parametrize("form", ["add_contact", "add_detention", "add_demand", "add_charge"])
@pytest.mark.parametrize("page", ["case", "claims", "asks", "web:case_tasks", "safety:safety"])
def test_a_form_of_a_case_leads_back_to_the_page_it_was_opened_from(
    ana: Client, case: Case, form: str, page: str
) -> None:
    here = address(page, case) + "?from=1"
    shown = opened(ana, address(form, case), here)
    assert way_out(shown) == here == box(shown)
    told = FORMS.get(form, {"law": "Art. 1"})
    faulty = ana.post(address(form, case), {FIELD: here})
    assert faulty.status_code == 422 and way_out(faulty.content.decode()) == here == box(faulty.content.decode())
    assert ana.post(address(form, case), told | {FIELD: here}).url == here


def test_without_a_page_it_leads_to_where_its_kind_stands(ana: Client, case: Case) -> None:
    home = address("contacts", case)
    assert way_out(ana.get(address("add_contact", case)).content.decode()) == home
    assert ana.post(address("add_contact", case), FORMS["add_contact"]).url == home


def test_a_form_that_leads_to_what_it_made_goes_there_all_the_same(ana: Client, case: Case) -> None:
    sent = {"country": "XPR", "status": "DS_UNKNOWN", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    made = ana.post(reverse("casework:open_case"), sent | {FIELD: reverse("web:today")})
    assert made.url == address("case", Case.objects.exclude(pk=case.pk).get())


@pytest.mark.parametrize(
    "told",
    [
        "https://elsewhere.example/cases/",
        "//elsewhere.example/cases/",
        "/\\elsewhere.example/cases/",
        "javascript:alert(1)",
        "/nothing/of/ours/",
        "cases/",
        "",
        "/cases/" + "?x=" + "a" * LONGEST,
    ],
)
def test_no_other_address_is_believed(ana: Client, case: Case, told: str) -> None:
    form, home = address("add_contact", case), address("contacts", case)
    for shown in (ana.get(form, {FIELD: told}), ana.get(form, headers={"Referer": told})):
        assert way_out(shown.content.decode()) == home and not box(shown.content.decode())
    assert ana.post(form, FORMS["add_contact"] | {FIELD: told}).url == home


def test_it_leads_neither_to_itself_nor_to_another_form_nor_to_what_takes_a_press_alone(
    ana: Client, case: Case
) -> None:
    form, home = address("add_contact", case), address("contacts", case)
    row = a_contact(case)
    others = [address("add_charge", case), address("change_contact", case, row.pk), form]
    for told in (*others, address("remove", case, "contact", row.pk), reverse("accounts:prove_again")):
        assert way_out(opened(ana, form, told)) == home
        assert ana.post(form, FORMS["add_contact"] | {FIELD: told, "name": f"Mara {told}"}).url == home


def test_what_happened_to_a_person_leads_on_to_what_it_concerns_wherever_it_was_opened(ana: Client, case: Case) -> None:
    said = {"status": "DS_DIED", "on_0": "20", "on_1": "11", "on_2": "2026", FIELD: address("case", case)}
    answer = ana.post(address("fate", case), said)
    assert answer.url == address("concerned", case), "nobody walks past what makes no sense any more"


READ = sorted({name for view, name in named_views() if getattr(view, "leads_back_here", False)})


def test_what_forms_lead_back_to_is_read_by_somebody_and_is_no_form() -> None:
    """The views say it of themselves; each answers to reading, and none is the page of one form."""
    rows = {row.name: row for row in ROWS}
    assert len(READ) > 30
    assert [name for name in READ if "o" not in rows[name].get] == []
    words = re.compile(r"(_add|add_|_new|new_|change|enter|edit|sign|publish|dispatch|assess$|urgent)")
    assert [name for name in READ if words.search(name.partition(":")[2])] == []


def test_each_way_out_of_a_form_is_drawn_by_the_one_tag() -> None:
    by_hand = re.compile(r'<a href[^>]*>\{% translate "Leave ')
    found = {path.name for path in TEMPLATES.rglob("*.html") if by_hand.search(path.read_text())}
    assert found == {"choose.html", "conflict.html", "password_change.html"}  # two stay on their page, one is allauth's


def test_one_is_saved_and_the_next_is_begun(ana: Client, case: Case) -> None:
    here, form = address("claims", case), address("add_contact", case)
    shown = opened(ana, form, here)
    assert "Save, and add another" in shown
    answer = ana.post(form, FORMS["add_contact"] | {FIELD: here, "another": "1"})
    assert resolve(answer.url.partition("?")[0]).view_name == "casework:add_contact"
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [f"The contact is saved. {OTHER}"]
    fresh = ana.get(answer.url).content.decode()
    assert "Mara Thorn" not in fresh.partition("<form method")[2] and way_out(fresh) == here == box(fresh)
    assert Contact.objects.get().name == "Mara Thorn"
    assert ana.post(answer.url, {"kind": "family", "name": "Ilias", FIELD: box(fresh)}).url == here
    assert Contact.objects.count() == 2


def test_a_faulty_one_is_not_saved_by_the_second_button_either(ana: Client, case: Case) -> None:
    answer = ana.post(address("add_contact", case), {"kind": "family", "another": "1"})
    assert answer.status_code == 422 and not Contact.objects.exists()


@pytest.mark.parametrize("form", ["add_contact", "add_charge", "add_place", "add_detention", "add_demand", "add_right"])
def test_forms_of_which_several_are_usual_offer_another(ana: Client, case: Case, form: str) -> None:
    a_detention(case)
    assert 'name="another"' in ana.get(address(form, case)).content.decode()


def test_forms_of_the_directory_offer_another_too() -> None:
    for who, name in (
        ("rui", "directory:recipient_enter"),
        ("rui", "directory:entry_add"),
        ("admin", "directory:contact_enter"),
    ):
        assert 'name="another"' in a_browser(who, fresh=True).get(reverse(name)).content.decode(), name


def test_a_form_of_one_thing_offers_none_and_does_not_obey(ana: Client, case: Case) -> None:
    row = a_contact(case)
    form = address("change_contact", case, row.pk)
    assert 'name="another"' not in ana.get(form).content.decode()
    sent = FORMS["add_contact"] | {"version": "1", "another": "1"}
    assert ana.post(form, sent).url == address("contacts", case)


def test_a_second_press_makes_nothing_twice_wherever_it_leads(case: Case) -> None:
    ana = a_browser()
    a_person("ana")
    form, here = address("add_contact", case), address("claims", case)
    page = opened(ana, form, here)
    sent = FORMS["add_contact"] | {"csrfmiddlewaretoken": TOKEN.findall(page)[-1], FIELD: here}
    first = ana.post(form, sent | {"another": "1"})
    assert ana.post(form, sent | {"another": "1"}).url == first.url
    assert ana.post(form, sent).url == first.url  # the other button of the same page
    fresh = ana.get(first.url).content.decode()
    again = ana.post(first.url, sent | {"csrfmiddlewaretoken": TOKEN.findall(fresh)[-1]})
    assert again.status_code == 409 and "a short while ago" in again.content.decode()
    assert Contact.objects.count() == 1 and SentForm.objects.count() == 1
