"""From a paper in the hand to its copy, in a real Chromium: asked, refused, found."""

import pytest
from django.test import Client
from django.urls import reverse

from materials.models.paper_number import new_paper_number
from tests.browser.taken import faults_of_pages
from tests.gate.ready import make_ready
from tests.materials.test_paper_numbers import NO_SUCH, PAPER, ask, copies
from tests.people import a_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(200)]


def pages_of() -> dict[str, str]:
    """Return the HTML of every page by name, and the pages on which the way to it stands."""
    ready = make_ready()
    (copy,) = copies(ready, 1)
    ana = signed_in(Client(), a_person("ana"), fresh=True)
    found = ana.post(PAPER, {"number": copy.paper_number.lower()}, follow=True)
    assert found.redirect_chain and "This paper is copy 1 of revision" in found.content.decode()
    taken = {"paper": ana.get(PAPER), "paper-empty": ana.post(PAPER, {"number": " "}), "paper-found": found}
    taken |= {
        "paper-no-number": ana.post(PAPER, {"number": "the one with the stamp"}),
        "paper-none": ana.post(PAPER, {"number": new_paper_number()}),
        "paper-hidden": ask(Client(), "sam", copy.paper_number),
        "paper-from-cases": ana.get(reverse("casework:cases")),
    }
    pages = {name: answer.content.decode() for name, answer in taken.items()}
    assert NO_SUCH in pages["paper-none"] and NO_SUCH in pages["paper-hidden"]
    assert all(f'href="{PAPER}"' in pages[name] for name in ("paper-from-cases",))
    return pages


def test_every_page_of_a_paper_is_clean_and_never_scrolls_sideways() -> None:
    assert faults_of_pages(pages_of()) == []
