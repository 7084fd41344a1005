"""The notes of a case, page by page, and what they cost."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notes.actions import notes
from tests.factories import a_case, a_claim, on_case
from tests.notes.office import a_browser, a_case_of_two, a_note, a_step, panel, read

pytestmark = pytest.mark.django_db


def test_the_list_shows_open_notes_first_and_those_of_mine_alone() -> None:
    case, ana, leila = a_case_of_two()
    tomas = on_case(case, "tomas", "legal")
    done = a_note(case, "First of ana", by=ana)
    notes.mark_done(actor=ana, note=done)
    a_note(case, "Of leila for @tomas", by=leila)
    a_note(case, "Of ana for nobody", by=ana)
    text = read(a_browser(ana), "notes:notes", case.reference)
    assert "Of ana for nobody" in panel(text, "open") and "Of leila for" in panel(text, "open")
    assert "First of ana" in panel(text, "done") and text.index("Of leila for") < text.index("First of ana")
    mine = read(a_browser(tomas), "notes:notes", case.reference, query="?of=me")
    assert "Of leila for" in mine and "Of ana for nobody" not in mine and "First of ana" not in mine
    assert "No note yet" in read(a_browser(a_case().lead), "notes:notes", a_case().reference)


def test_the_list_pages_by_key_and_loses_none() -> None:
    case, ana, _leila = a_case_of_two()
    made = [a_note(case, f"note number {number:02d}.") for number in range(60)]
    for note in made[:20]:
        notes.mark_done(actor=ana, note=note)
    hers, query, seen, pages = a_browser(ana), "", [], 0
    while True:
        text = read(hers, "notes:notes", case.reference, query=query)
        seen += re.findall(r"note number (\d\d)\.", text)
        pages += 1
        found = re.search(r'href="(\?after=[^"]+)" rel="next"', text)
        if not found:
            break
        query = found[1]
    wanted = [f"{number:02d}" for number in [*range(59, 19, -1), *range(19, -1, -1)]]
    assert (seen, pages) == (wanted, 3)
    assert hers.get(reverse("notes:notes", args=[case.reference]) + "?after=nothing").status_code == 404
    assert hers.get(reverse("notes:notes", args=[case.reference]) + f"?after={case.pk}").status_code == 404


def test_thirty_notes_ask_the_database_as_often_as_one() -> None:
    case, _ana, leila = a_case_of_two()
    claim, step = a_claim(case), a_step(case)
    places: list[dict[str, Any]] = [{}, {"claim": claim}, {"milestone": step}]
    for about in places:
        a_note(case, "@leila look", **about)
    hers = a_browser(leila)
    pages = [
        reverse("web:case_tasks", args=[case.reference]),
        reverse("casework:claim", args=[case.reference, claim.pk]),
        reverse("advocacy:milestone", args=[case.reference, step.pk]),
        reverse("casework:claims", args=[case.reference]),
        reverse("notes:notes", args=[case.reference]),
        reverse("web:today"),
    ]
    from_one = {page: queries(hers, page) for _warm in range(2) for page in pages}
    for number in range(27):
        a_note(case, f"@leila look {number}", **places[number % 3])
    assert [page for page in pages if queries(hers, page) > from_one[page]] == []


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
