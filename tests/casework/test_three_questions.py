"""An answer by three questions: what, who, what was taken out; the table behind them, and how long it takes to write one."""

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from casework.models import Case, Consent, ConsentGrant
from casework.pages.consent_matrix import prisoner_ledger
from consents.packages import PACKAGES, package_of, pairs_of_package
from tests.casework.ledger import DAY, an_answer, at, save
from tests.factories import a_consent

pytestmark = pytest.mark.django_db

# His own answer (story and name to officials and the United Nations, photograph taken out) took, before the three
# questions: the form, the ledger after it, and the same again, since a no was an answer of its own. In it: who and what
# was answered, twelve boxes (four items for three readers), and for the no who, what, and three boxes.
LOADS_BEFORE, FIELDS_BEFORE, BOXES_BEFORE = 4, 19, 240


class Sent(HTMLParser):
    """What a browser without scripts sends of the form of a page, and which boxes a reader has to pass."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.closed_boxes = self.open_boxes = 0
        self._details: list[bool] = []
        self._select: str | None = None
        self._text: str | None = None
        self.feed(page[page.index('class="wide-form') :])

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "details":
            self._details.append("open" in given)
        if tag == "input" and given.get("type") in {"checkbox", "radio"}:
            is_closed = not all(self._details)
            self.closed_boxes, self.open_boxes = self.closed_boxes + is_closed, self.open_boxes + (not is_closed)
            if "checked" in given:
                self.values.setdefault(name, []).append(value or "on")
        elif tag == "input" and name:
            self.values[name] = [value]
        elif tag == "textarea":
            self._text = name
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, [""])
        elif tag == "option" and "selected" in given and self._select:
            self.values[self._select] = [value]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._details.pop()
        if tag == "textarea":
            self._text = None


HIS_OWN = {
    "giver": ["CG_SELF"],
    "status": ["CS_GIVEN"],
    "package": ["name"],
    "groups": ["own", "un"],
    "out_0_item": ["CI_PHOTO"],
    "out_0_for": ["everybody"],
}


def test_his_own_answer_takes_three_pages_and_seven_fields_without_scripts(leila: Client, case: Case) -> None:
    add, loads = at("add_consent", case), 1
    form = Sent(leila.get(add).content.decode())
    assert form.closed_boxes >= BOXES_BEFORE and form.open_boxes < 20  # the table lies in a closed fold
    shown = leila.post(add, form.values | HIS_OWN)
    loads += 1
    assert shown.status_code == 200 and "If you save this, nothing ends" in shown.content.decode()
    again = Sent(shown.content.decode()).values
    assert not Consent.objects.exists()
    done = leila.post(add, again | {"save": ["1"]}, follow=True)
    loads += 1
    fields = sum(len(values) for values in HIS_OWN.values())
    assert (loads, fields) == (3, 7) and loads < LOADS_BEFORE and fields < FIELDS_BEFORE
    assert "The answer was recorded." in done.content.decode() and len(done.redirect_chain) == 1
    ledger = prisoner_ledger(case)
    assert {ledger.state("CI_NAME", code) for code in ("AU_OWNGOV", "AU_DIPLO", "AU_UN")} == {"CS_GIVEN"}
    assert ledger.state("CI_PHOTO", "AU_PUBLIC") == "CS_REFUSED" and ledger.state("CI_HEALTH", "AU_UN") == "CS_REFUSED"
    name = package_of("name")
    assert name is not None
    yes = Consent.objects.get(status="CS_LIMITED")
    assert {(g.item, g.audience) for g in yes.grants.all()} == pairs_of_package(name, ["own", "un"])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.code)
def test_a_package_records_its_items_for_the_chosen_readers_and_nothing_else(
    leila: Client, case: Case, package: Any
) -> None:
    groups = ["own", "parliament", "public", "holder"]
    save(leila, case, an_answer(package=package.code, groups=groups, grants=[]))
    assert {(g.item, g.audience) for g in ConsentGrant.objects.all()} == pairs_of_package(package, groups)
    assert not ConsentGrant.objects.filter(item="CI_FAMILY").exclude(audience__in=["AU_OWNGOV", "AU_DIPLO"]).exists()


def test_an_exception_always_wins_over_the_package(leila: Client, case: Case) -> None:
    sent = an_answer(package="officials", groups=["own", "un"], grants=[], limits="Not my face.")
    sent |= {"out_0_item": "CI_PHOTO", "out_0_for": "own", "out_1_item": "CI_HEALTH", "out_1_for": "AU_UN"}
    save(leila, case, sent)
    yes, no = Consent.objects.get(status="CS_LIMITED"), Consent.objects.get(status="CS_REFUSED")
    given = {(g.item, g.audience) for g in yes.grants.all()}
    taken = {(g.item, g.audience) for g in no.grants.all()}
    assert taken == {("CI_PHOTO", "AU_OWNGOV"), ("CI_PHOTO", "AU_DIPLO"), ("CI_HEALTH", "AU_UN")}
    assert not given & taken and ("CI_PHOTO", "AU_UN") in given and ("CI_HEALTH", "AU_DIPLO") in given
    assert yes.limits == no.limits == "Not my face."


def test_a_newer_answer_finds_its_packages_readers_and_exceptions_filled_in(leila: Client, case: Case) -> None:
    sent = an_answer(package="name", groups=["own", "un"], grants=[], out_0_item="CI_PHOTO", out_0_for="everybody")
    save(leila, case, sent | {"limits": "Not my face."})
    assert not Entry.objects.filter(case_id=case.pk, verb="casework.identity.viewed").exists()
    values = Sent(leila.get(at("add_consent", case)).content.decode()).values
    assert values["package"] == ["present"] and values["groups"] == ["own", "un"] and values["giver"] == ["CG_SELF"]
    assert (values["out_0_item"], values["out_0_for"]) == (["CI_PHOTO"], ["everybody"]) and values["out_1_item"] == [""]
    assert values["limits"] == ["Not my face."] and values["giver_name"] == ["He himself"]
    viewed = Entry.objects.get(case_id=case.pk, verb="casework.identity.viewed").detail
    assert viewed == {"fields": ["consent.giver_name", "consent.limits"]}
    assert values["status"] == [""] and values["proof"] == [""]  # nobody answers beforehand
    shown = leila.post(at("add_consent", case), values | {"status": ["CS_GIVEN"], "groups": ["own"]})
    page = shown.content.decode()
    assert "4 things end" in page and "4 things begin" not in page  # four items of the United Nations


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"groups": []}, "groups", "Choose at least one group of readers"),
        ({"package": "present"}, "package", "Choose one of the answers in the list."),
        ({"out_0_item": "CI_PHOTO"}, "out_0_for", "Choose who may not read it."),
        ({"out_1_for": "un"}, "out_1_item", "Choose what was taken out"),
        ({"out_0_item": "CI_NAME", "out_0_for": "nobody"}, "out_0_for", "Choose one of the answers in the list."),
        ({"status": "CS_REFUSED", "out_0_item": "CI_BIO", "out_0_for": "un"}, "out_0_item", "When the answer is no"),
        ({"package": "officials", "proof": ""}, "proof", "Write what there is to show it"),
        ({"giver": "CG_LAWYER"}, "package", "A lawyer alone gives name, place and charge"),
        ({"groups": ["un"], "filled": "x", "grants": ["CI_SOGI:AU_UN"]}, "package", "The table was changed by hand."),
    ],
)
def test_a_fault_stands_at_its_question_and_nothing_typed_is_lost(
    leila: Client, case: Case, changes: dict[str, Any], name: str, words: str
) -> None:
    sent = an_answer(package="story", groups=["own"], grants=[], limits="As he said it.") | changes
    answer = save(leila, case, sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and words in page and f'href="#id_{name}' in page
    assert "As he said it." in page and not Consent.objects.exists()
    kept = Sent(answer.content.decode()).values
    for key in ("out_0_item", "out_1_for", "giver", "status"):
        if sent.get(key) and sent.get(key) != "nobody":
            assert kept[key] == [sent[key]]


def test_everything_taken_out_leaves_no_answer(leila: Client, case: Case) -> None:
    sent = an_answer(package="story", groups=["un"], grants=[])
    for number, item in enumerate(("CI_BIO", "CI_DOCS", "CI_LOCATION")):
        sent |= {f"out_{number}_item": item, f"out_{number}_for": "un"}
    answer = save(leila, case, sent)
    assert answer.status_code == 422 and "Nothing is left of this" in answer.content.decode()


def test_the_present_answer_says_nothing_about_new_readers(leila: Client, case: Case) -> None:
    earlier = a_consent(case, ["CI_NAME"], ["AU_UN"], created_at=timezone.now() - DAY)
    sent = an_answer(package="present", groups=["un", "parliament"], grants=[], begins_from=str(earlier.pk))
    answer = save(leila, case, sent)
    assert answer.status_code == 422 and "says nothing about: Parliament" in answer.content.decode()
    save(leila, case, sent | {"groups": ["un"]})
    assert ConsentGrant.objects.filter(item="CI_NAME", audience="AU_UN").count() == 2


def test_after_the_first_press_the_table_is_filled_from_the_questions_and_a_line_sets_its_boxes(
    leila: Client, case: Case
) -> None:
    add = at("add_consent", case)
    shown = Sent(leila.post(add, an_answer(package="story", groups=["un"], grants=[])).content.decode()).values
    assert shown["grants"] == ["CI_BIO:AU_UN", "CI_LOCATION:AU_UN", "CI_DOCS:AU_UN"] and "lines" not in shown
    by_hand = leila.post(add, shown | {"lines": ["col:AU_COURT"]})
    assert by_hand.status_code == 422 and "The table was changed by hand." in html.unescape(by_hand.content.decode())
    asked = Sent(by_hand.content.decode()).values | {"package": ["items"]}
    seen = leila.post(add, asked)
    table = Sent(seen.content.decode()).values
    assert seen.status_code == 200 and table["lines"] == ["col:AU_COURT"] and len(table["grants"]) == 3 + 16
    assert leila.post(add, table | {"save": ["1"]}).status_code == 302
    assert ConsentGrant.objects.filter(audience="AU_COURT").count() == 16


def test_a_closed_table_opens_where_it_is_the_answer(leila: Client, case: Case) -> None:
    add = at("add_consent", case)
    assert Sent(leila.get(add).content.decode()).closed_boxes >= 240
    assert Sent(leila.post(add, an_answer()).content.decode()).open_boxes > 80


def test_the_number_of_queries_does_not_follow_answers_or_boxes(
    leila: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    add, sent = at("add_consent", case), an_answer(package="story", groups=["un"], grants=[])
    a_consent(case, ["CI_NAME"], ["AU_UN"])
    leila.post(add, sent)
    with django_assert_max_num_queries(60) as few:
        leila.post(add, sent)
    for code in ("CG_FAMILY", "CG_GUARDIAN", "CG_POA"):
        a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_UN", "AU_PUBLIC", "AU_DIPLO"], giver=code)
    with django_assert_max_num_queries(len(few.captured_queries)):
        leila.post(add, sent | {"groups": ["un", "own", "public", "parliament"]})


def test_no_token_no_second_row(leila: Client, case: Case) -> None:
    """The second press of the saving button makes nothing."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = leila.cookies
    add = at("add_consent", case)
    first = Sent(browser.get(add).content.decode()).values | HIS_OWN
    shown = Sent(browser.post(add, first).content.decode()).values | {"save": ["1"]}
    assert browser.post(add, shown).status_code == browser.post(add, shown).status_code == 302
    assert Consent.objects.filter(status="CS_LIMITED").count() == 1
    assert re.fullmatch(r"\w{64}", shown["csrfmiddlewaretoken"][0])
