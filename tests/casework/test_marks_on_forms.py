"""Each box of each form of a packet says who may read it outside, in words that its description holds."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import casework.forms
import claims.forms
import packet.forms
from casework.models import Case
from tests.casework.marked import a_case_told_in_full
from tests.factories import a_case, a_claim, a_consent, a_source
from tests.people import signed_in

pytestmark = pytest.mark.django_db
# Where each form is met: the name of its page, the rows that its address names, and its query.
PAGES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "OpenCaseForm": ("open_case", (), ""),
    "CoverForm": ("change_case", (), ""),
    "FateForm": ("fate", (), ""),
    "PersonForm": ("change_identity", (), ""),
    "NameForm": ("change_identity", (), ""),
    "ContactForm": ("add_contact", (), ""),
    "DetentionForm": ("change_detention", ("detentions",), ""),
    "PlaceForm": ("change_place", ("places",), ""),
    "ChargeForm": ("change_charge", ("charges",), ""),
    "RightForm": ("change_right", ("rightimplicateds",), ""),
    "DemandForm": ("change_demand", ("demands",), ""),
    "AskForm": ("change_ask", ("asks",), ""),
    "NoStatementForm": ("no_statement", (), ""),
    "SourceIdentityForm": ("source_identity", ("sources",), ""),
    "ClaimRowForm": ("claims", (), "?rows=open"),
    "SourceForm": ("claims", (), "?rows=open"),
    "NewSourceForm": ("claims", (), "?rows=open"),
    "EventRowForm": ("case", (), ""),
    "AnswerRowForm": ("case", (), "?answer=arr_place"),
}
NO_FIELD = {
    "MemberForm": "who works on the case is no field of its packet",
    "RowForm": "what forms of rows share",
    "SpanForm": "what forms with two dates share",
    "TableRowForm": "what rows of tables share",
    "NameSet": "lines of NameForm",
}
# Boxes that hold nothing which a paper could print, by how their names end.
DECIDES = {
    "use": "which section a claim is for",
    "status": "the ruling on a claim",
    "credibility": "the grade of a claim",
    "items": "what a claim discloses: by this its mark is made",
    "discloses_nothing": "the same",
    "add": "which source is put under a claim",
    "add_kind": "whether that source is for or against it",
    "keep": "whether a source stays under a claim",
    "kind": "whether a source is for or against a claim; which kind a name is of",
    "place": "where in the source it stands, for the team alone",
    "script": "in which script a name is written",
    "remove": "whether a name is taken away",
    "rests": "which claim an event rests on",
    "is_expected": "whether an event is still to come",
    "how": "which of four answers it is",
    "sentence": "becomes a claim, which has a mark of its own in the table",
    "source": "which source that claim rests on",
}


class Controls(HTMLParser):
    """The boxes of the forms of a page, each with the ids that describe it, its groups' too; and the words of each id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.boxes: list[tuple[str, list[str]]] = []
        self.words: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self._groups: list[list[str]] = []
        self._is_in_form = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {name: value or "" for name, value in attrs}
        described = told.get("aria-describedby", "").split()
        if tag == "form":
            self._is_in_form = told.get("novalidate") is not None and "novalidate" in told
        if tag == "fieldset":
            self._groups.append(described)
        is_box = tag in {"select", "textarea"} or (tag == "input" and told.get("type") not in {"hidden", "search"})
        if is_box and self._is_in_form:
            self.boxes.append((told.get("name", ""), [*described, *(one for group in self._groups for one in group)]))
        if tag not in {"input", "br", "meta", "link", "img", "wbr", "hr"}:
            self._open.append((tag, told.get("id", "")))
            if told.get("id"):
                self.words[told["id"]] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset" and self._groups:
            self._groups.pop()
        if tag == "form":
            self._is_in_form = False
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _tag, key in self._open:
            if key:
                self.words[key] += data


def forms_of_packets() -> Iterator[str]:
    """Return the name of every form with which somebody writes into a packet."""
    for package in (casework.forms, claims.forms, packet.forms):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            for name, kind in vars(import_module(found.name)).items():
                is_own = isinstance(kind, type) and kind.__module__ == found.name
                if is_own and issubclass(kind, forms.BaseForm | forms.BaseFormSet):
                    yield name


@pytest.fixture
def case() -> Case:
    case = a_case_told_in_full()
    a_claim(case, "He sang.", sources=[a_source(case)], items=["CI_BIO"])
    return case


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


def opened(client: Client, case: Case, form: str) -> str:
    """Return the page on which a form is met."""
    name, rows, query = PAGES[form]
    keys = [] if name == "open_case" else [case.reference, *(getattr(case, row).first().pk for row in rows)]
    answer = client.get(reverse(f"casework:{name}", args=keys) + query)
    assert answer.status_code == 200, form
    return html.unescape(answer.content.decode())


def unmarked(page: str) -> list[str]:
    """Return the boxes of which nothing says who reads them outside, but those that print nothing of their own."""
    found = Controls(page)
    left = []
    for name, described in found.boxes:
        missing = [key for key in described if key not in found.words]
        assert not missing, f"{name} is described by what is not there: {missing}"
        told = " ".join(found.words[key] for key in described)
        ending = re.sub(r"_\d+$", "", name.rpartition("-")[2])
        if not re.search(r"Outside: |Outside, |[Ss]tays? inside", told) and not ("-" in name and ending in DECIDES):
            left.append(name)
    return left


def test_every_form_of_a_packet_is_met_or_is_none() -> None:
    assert set(forms_of_packets()) == set(PAGES) | set(NO_FIELD)


@pytest.mark.parametrize("form", PAGES)
def test_each_box_says_who_reads_it_outside_or_is_on_the_short_list(ana: Client, case: Case, form: str) -> None:
    page = opened(ana, case, form)
    assert len(Controls(page).boxes) > 0
    assert unmarked(page) == []


def test_without_consent_the_form_says_nobody_and_leads_to_where_it_is_asked_for(ana: Client, case: Case) -> None:
    page, consents = opened(ana, case, "PersonForm"), reverse("casework:consents", args=[case.reference])
    assert f'<a href="{consents}">Ask for consent</a>' in page
    assert "Outside: nobody" in page and "Outside: Named" not in page
    assert f'<a href="{consents}">Ask for consent</a>' not in opened(ana, case, "ContactForm")  # which prints nowhere
    a_consent(case, ["CI_BIO"], ["AU_DIPLO"])
    page = opened(ana, case, "PersonForm")
    assert "Ask for consent" not in page.partition("<main")[2] and "Outside: Named diplomats" in page


def test_a_mark_follows_what_is_chosen_in_the_row(ana: Client, case: Case) -> None:
    a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_DIPLO"])
    words = Controls(opened(ana, case, "NameForm")).words
    assert "Named diplomats" in words["id_names-0-value_outside"]
    assert "Stays inside" in words["id_names-1-value_outside"]  # an alias, which no paper prints
    case.asks.update(audience="AU_UN")
    assert "Outside: UN body" in Controls(opened(ana, case, "AskForm")).words["id_text_outside"]
    assert "nobody" in Controls(opened(ana, case, "RightForm")).words["id_right_outside"]  # the right to health
    case.rightimplicateds.update(right="R_LIBERTY")
    assert "Named diplomats" in Controls(opened(ana, case, "RightForm")).words["id_right_outside"]


@pytest.mark.parametrize("form", ["PersonForm", "DetentionForm", "ClaimRowForm", "AnswerRowForm"])
def test_the_ledger_is_read_once_a_page_however_many_fields_and_rows(ana: Client, case: Case, form: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            opened(ana, case, form)
        return sum('FROM "casework_consent" WHERE' in one["sql"] and '"mac"' in one["sql"] for one in queries)

    asked()
    before = asked()
    for number in range(8):
        a_claim(case, f"Sentence {number}.", sources=[], items=["CI_BIO"])
    of_the_scan = 2 if form == "ClaimRowForm" else 0  # which looks for names in the sentences
    assert asked() == before == 1 + of_the_scan


def test_a_form_that_prints_nowhere_reads_no_ledger(ana: Client, case: Case) -> None:
    opened(ana, case, "ContactForm")
    with CaptureQueriesContext(connection) as queries:
        opened(ana, case, "ContactForm")
    assert not any('FROM "casework_consent"' in one["sql"] for one in queries)


def test_a_full_page_of_claims_with_their_marks_weighs_little(ana: Client, case: Case) -> None:
    case = a_case(lead=case.lead)
    a_consent(case, ["CI_BIO"], ["AU_DIPLO"])
    sources = [a_source(case, f"Judgment {number} of the Harbour Court") for number in range(12)]
    for number in range(26):
        sentence = f"On day {number} officers of the Interior Ministry took papers from the office of the newspaper."
        a_claim(case, sentence, sources=[sources[number % 12]], items=["CI_BIO"], on="2025-03-14")
    page = ana.get(reverse("casework:claims", args=[case.reference]))
    assert page.content.decode().count("Outside: Named diplomats") == 25
    assert len(page.content) <= 54 * 1024
