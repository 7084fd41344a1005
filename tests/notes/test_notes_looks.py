"""The pages of notes in a real Chromium: light and dark, narrow and wide, left to right and right to left; and printed."""

from typing import Any

import pytest
from django.urls import reverse

from notes.actions import notes
from tests.browser.taken import blank, chromium, faults_of_pages
from tests.factories import a_claim, on_case
from tests.notes.office import WORDS, a_case_of_two, a_note, a_step
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.timeout(600)]
ARABIC = "@leila اتصلي بالمحامية قبل الظهر، رقمها في الملف."
LONG = "@leila " + "averylongwordthatdoesnotend" * 9


def pages(client: Any) -> dict[str, str]:
    """Take each page as the person who meets it."""
    case, ana, leila = a_case_of_two()
    on_case(case, "rui", "reviewer")
    claim, step = a_claim(case), a_step(case)
    asked = a_note(case, f"@leila {WORDS}", claim=claim)
    a_note(case, ARABIC, milestone=step)
    a_note(case, LONG)
    done = notes.mark_done(actor=ana, note=a_note(case, "@rui it was all right"))
    notes.answer_note(actor=leila, note=asked, text=f"{ARABIC[7:]}\n\n{WORDS}")
    signed_in(client, ana)

    def take(name: str, *args: Any, query: str = "", data: Any = None) -> str:
        url = reverse(name if ":" in name else f"notes:{name}", args=args) + query
        return str((client.post(url, data) if data is not None else client.get(url)).content.decode())

    here = case.reference
    taken = {
        "tasks": take("web:case_tasks", here),
        "list": take("notes", here),
        "add": take("add_to_claim", here, claim.pk),
        "add-refused": take("add", here, data={"text": "@nobody look"}),
        "note": take("note", here, asked.pk),
        "note-done": take("note", here, done.pk),
        "answer-refused": take("note", here, asked.pk, data={"text": ""}),
        "change": take("change", here, a_note(case).pk),
        "claim": take("casework:claim", here, claim.pk),
        "claims": take("casework:claims", here),
        "step": take("advocacy:milestone", here, step.pk),
    }
    signed_in(client, leila)
    taken |= {"today": take("web:today"), "list-mine": take("notes", here, query="?of=me")}
    case, _ana, _leila = a_case_of_two()
    return taken | {"list-empty": take("notes", case.reference), "tasks-none": take("web:case_tasks", case.reference)}


def test_the_pages_of_notes_are_whole_in_every_mode(client: Any) -> None:
    assert faults_of_pages(pages(client)) == []


def test_a_printer_gets_no_note(client: Any) -> None:
    taken = pages(client)
    with chromium() as browser:
        page = blank(browser)
        for name in ("tasks", "list", "note", "claim", "claims", "step", "today"):
            page.set_content(taken[name])
            page.emulate_media(media="print")
            shown = page.locator(".notes")
            assert shown.count() and not any(one.is_visible() for one in shown.all()), name
            assert WORDS not in page.inner_text("body"), name
            page.emulate_media(media="screen")
