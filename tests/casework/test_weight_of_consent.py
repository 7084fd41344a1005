"""The page on which an answer is recorded is light enough for a slow way in, and each box of its table has a name."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from casework.disclosing.readers import GROUPS
from casework.models import Case
from directory.vocabulary import label, terms
from tests.casework.ledger import an_answer, at
from tests.factories import a_consent

pytestmark = pytest.mark.django_db
MOST = 50 * 1024
"""With 240 boxes and 63 that stand for a line; it weighed 83 kB when each box had words of its own."""


class Named(HTMLParser):
    """The boxes of the table by name and value, each with the words of the headings that it is called by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._named: list[tuple[str, str, list[str]]] = []
        self._words: dict[str, str] = {}
        self._heading = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = dict(attrs)
        if tag in {"th", "td"}:
            self._heading = (told.get("id") or "") if tag == "th" else ""
            if self._heading:
                assert self._heading not in self._words, "an id stands twice"
                self._words[self._heading] = ""
        if tag == "input" and "aria-labelledby" in told:
            self._named.append((told["name"], told["value"], told["aria-labelledby"].split()))

    def handle_endtag(self, tag: str) -> None:
        self._heading = "" if tag in {"tr", "thead", "table"} else self._heading

    def handle_data(self, data: str) -> None:
        if self._heading:
            self._words[self._heading] += data

    @property
    def boxes(self) -> dict[tuple[str, str], str]:
        """Return what a screen reader calls each box."""
        return {(name, value): " ".join(self._words[one] for one in ids) for name, value, ids in self._named}


def test_a_page_with_every_item_for_every_reader_weighs_little(leila: Client, case: Case) -> None:
    everything = [code for _title, codes in GROUPS for code in codes]
    a_consent(case, list(terms("consent_item")), everything, giver="CG_SELF")
    opened = leila.get(at("add_consent", case))
    asked = leila.post(at("add_consent", case), an_answer(grants=[f"CI_NAME:{code}" for code in everything]))
    assert (opened.status_code, asked.status_code) == (200, 200)
    ticks = len(" checked") * len(everything) * len(terms("consent_item"))
    assert len(opened.content) <= MOST + ticks + 1024  # with what is answered now, in words
    assert len(asked.content) <= MOST + 4 * 1024  # with what the answer changes


def test_an_empty_page_weighs_under_its_budget(leila: Client, case: Case) -> None:
    assert len(leila.get(at("add_consent", case)).content) <= MOST


def test_each_box_is_called_by_its_item_and_its_reader(leila: Client, case: Case) -> None:
    boxes = Named(leila.get(at("add_consent", case)).content.decode()).boxes
    for place, (_title, codes) in enumerate(GROUPS):
        for item in terms("consent_item"):
            row = label("consent_item", item)
            assert boxes.pop(("lines", f"row:{item}:{place}")) == f"{row} All"
            for code in codes:
                assert boxes.pop(("grants", f"{item}:{code}")) == f"{row} {label('consent_audience', code)}"
        for code in codes:
            assert boxes.pop(("lines", f"col:{code}")) == f"All items {label('consent_audience', code)}"
    assert not boxes


def test_where_less_is_offered_less_is_drawn_and_named(leila: Client, case: Case) -> None:
    consent = a_consent(case, ["CI_NAME", "CI_BIO"], ["AU_DIPLO"])
    a_consent(case, ["CI_NAME"], ["AU_PUBLIC"])
    page = leila.get(at("narrow_consent", case, consent.pk)).content.decode()
    assert Named(page).boxes == {
        ("grants", "CI_NAME:AU_DIPLO"): "Name Named diplomats",
        ("grants", "CI_BIO:AU_DIPLO"): "Biography Named diplomats",
    }
    assert "id=id_grants_0 " in page
