"""The author sees before sending what the reviewer will see examined, and is told what would refuse a copy afterwards."""

import html
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.actions.consent import withdraw_consent
from casework.models import Ask
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.models import Material
from papers.composing.length import length_of
from papers.composing.sections import most_pages
from papers.kinds import registry
from safety.models import LeakScan
from tests.advocacy.journeys import a_written, in_review
from tests.factories import a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<li(?: class="(\w+)")?>\s*(?:<a[^>]*>|<b>)<i[^>]*></i>([^<]+)(?:</a>|</b>)\s*([^<]*?)\s*</li>')


def cells_on(client: Client, material: Material, page: str = "material") -> dict[str, tuple[str, str]]:
    """Return each cell of a page by its label: its tone and what it says."""
    text = client.get(reverse(f"materials:{page}", args=[material.pk])).content.decode()
    strip = re.search(r'<ul class="jump".*?</ul>', text, re.DOTALL)
    found = CELL.findall(strip[0]) if strip else []
    return {html.unescape(label): (tone, html.unescape(said)) for tone, label, said in found}


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"), fresh=True)


def edited(material: Material, code: str, text: str) -> Material:
    """Return the draft with other words in one section."""
    texts = {row["code"]: row["text"] for row in material.body or []} | {code: text}
    told = StatedDisclosures(is_nothing_further=True)
    return materials.edit(
        actor=material.author,
        material=material,
        version=material.version,
        title=material.title or "",
        texts=texts,
        told=told,
        stop_on=material.stop_on,
    )


def test_the_author_sees_the_cells_of_the_reviewer_before_sending(ana: Client) -> None:
    material = a_written()
    before = cells_on(ana, material)
    materials.send_to_review(actor=material.author, material=material)
    on_case(material.cases.get(), "rui", "reviewer")
    after = cells_on(signed_in(Client(), a_person("rui"), fresh=True), material, "review")
    assert set(after) <= set(before) and len(after) >= 6
    for label in ("Claims", "Consent", "Assessment", "Posture"):
        assert before[label] == after[label], label
    assert before["Leak scan"] == ("ok", "would find nothing now") and after["Leak scan"] == ("ok", "clean")
    assert before["Four eyes"] == ("", "somebody else reads and signs it")
    assert not cells_on(ana, material), "once it is sent, the review page shows them"


def test_what_a_scan_would_find_is_said_and_nothing_is_kept(ana: Client) -> None:
    material = a_written()
    a_contact(material.cases.get(), "Mara Ilves")
    code = registry.find("MIN_BRIEF").section_code("4")
    material = edited(material, code, "Mara Ilves waits for an answer.")
    found = cells_on(ana, material)["Leak scan"]
    assert found[0] == "care" and found[1].startswith("would find ") and "word" in found[1]
    assert not LeakScan.objects.exists()


def test_a_consent_that_ended_is_red_before_it_is_sent(ana: Client) -> None:
    material = a_written()
    assert cells_on(ana, material)["Consent"][0] == "ok"
    consent = material.cases.get().consents.first()
    withdraw_consent(actor=material.author, consent=consent)
    found = cells_on(ana, material)
    assert found["Consent"][0] == "stop" and found["Ready"][0] in {"ok", "stop"}


def test_no_font_is_said_before_it_is_sent(ana: Client) -> None:
    material = edited(a_written(), "MIN_BRIEF.4", "He wrote ᚠ.")
    found = cells_on(ana, material)
    assert found["Letters"] == ("stop", "no font for ᚠ") and found["Ready"][0] == "stop"
    assert cells_on(ana, edited(material, "MIN_BRIEF.4", "He wrote."))["Letters"] == ("ok", "each can be printed")


def test_a_section_over_its_budget_is_said_and_still_sent(ana: Client) -> None:
    material = a_written()
    assert cells_on(ana, material)["Length"][0] == "ok"
    material = edited(material, "MIN_BRIEF.4", "word " * 90)
    found = cells_on(ana, material)["Length"]
    page = html.unescape(ana.get(reverse("materials:material", args=[material.pk])).content.decode())
    assert found[0] == "care" and found[1].startswith("too long")
    assert "“Why now” has 90 words; its template gives it 40." in page
    assert materials.send_to_review(actor=material.author, material=material).status == "in_review"


def test_more_pages_than_its_kind_takes_are_said(ana: Client) -> None:
    material = edited(a_written(), "MIN_BRIEF.4", "word " * 900)
    page = html.unescape(ana.get(reverse("materials:material", args=[material.pk])).content.decode())
    assert "pages; this kind takes 2 at most." in page


def test_a_text_that_no_copy_could_hold_is_refused_before_the_signature(ana: Client) -> None:
    material = edited(a_written(), "MIN_BRIEF.4", "word " * 25_000)
    assert (
        "The text is too long for one paper."
        in ana.get(reverse("materials:material", args=[material.pk])).content.decode()
    )
    with pytest.raises(ValidationError, match="too long"):
        materials.send_to_review(actor=material.author, material=material)


def test_a_paper_for_one_reader_that_asks_nobody_any_more_is_refused(ana: Client) -> None:
    case = a_full_packet()
    material = a_written(case)
    assert cells_on(ana, material)["Ready"][0] == "ok"
    Ask.objects.filter(case=case).delete()
    page = html.unescape(ana.get(reverse("materials:material", args=[material.pk])).content.decode())
    assert "The packet asks nobody yet" in page
    with pytest.raises(ValidationError, match="asks nobody"):
        materials.send_to_review(actor=material.author, material=material)


def test_an_addressee_whom_no_ask_names_any_more_is_told_by_name(ana: Client) -> None:
    case = a_full_packet()
    to = Ask.objects.filter(case=case).first().to
    material = a_written(case, addressee=to)
    Ask.objects.filter(case=case).delete()
    other: Any = Ask(
        case=case,
        demand=case.demands.get(),
        to="The Minister of Justice of another State",
        text="Raise it",
        by="2026-12",
    )
    other.save()
    page = html.unescape(ana.get(reverse("materials:material", args=[material.pk])).content.decode())
    assert f"No ask of the packet goes to {to} any more." in page


def test_who_may_not_read_the_words_learns_nothing_of_what_was_examined(client: Client) -> None:
    material = a_written()
    on_case(material.cases.get(), "noor", "reader")
    page = signed_in(client, a_person("noor")).get(reverse("materials:material", args=[material.pk]))
    assert "As a reviewer will find it" not in page.content.decode()


def test_after_review_it_is_not_asked_again(ana: Client) -> None:
    assert not cells_on(ana, in_review())


@pytest.mark.parametrize(
    ("kind", "pages"),
    [("MIN_BRIEF", 2), ("SUPPORTER", 1), ("UPDATE", 1), ("HOLDING", 1), ("PROTECTIVE_NOTICE", 1), ("DEATH_NOTICE", 1)],
)
def test_how_many_pages_a_kind_takes_is_what_its_template_says(kind: str, pages: int) -> None:
    assert most_pages(kind) == pages


def test_words_of_sections_without_budget_and_marks_are_not_over() -> None:
    kind = registry.find("MIN_BRIEF")
    body = [
        {"code": "MIN_BRIEF.4", "heading": "Why now", "text": "word " * 50 + "[1] [2]"},
        {"code": "MIN_BRIEF.1", "heading": "Handling", "text": "word " * 200},
        {"code": "MIN_BRIEF.S", "heading": "Sources", "text": "- word [1]\n" * 300},
    ]
    assert not length_of(kind, body).is_too_long and length_of(kind, body).words == 50
    body[0]["text"] += " more"
    assert [row.words for row in length_of(kind, body).sections] == [51]
