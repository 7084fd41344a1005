"""Two people save the same thing: the second reads who was first, when, and each question in the words of its form."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Ask, Case, Charge, Demand, Name, PacketAnswer, Place, RightImplicated, TimelineEvent
from packet.pages.events import place_of
from tests.advocacy.results_made import an_outcome
from tests.casework.sheet import Boxes, boxes
from tests.casework.sheet import opened as opened_table
from tests.casework.sheet import send as send_table
from tests.factories import a_case, a_claim, a_contact, a_detention, a_prisoner, a_source, on_case
from tests.packet.filling import answer, fill
from tests.packet.filling import boxes as story_boxes
from tests.packet.filling import opened as opened_story
from tests.people import signed_in

pytestmark = pytest.mark.django_db

# What no reader may ever meet: a model or its manager, a key, a code, a value of Python.
NAKED = {
    "a dotted name": r"\b(casework|packet|claims|advocacy|materials|directory)\.\w+",
    "None": r"\bNone\b",
    "a key": r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[0-9a-f]{32}\b",
    "a repr": r"\bobject \(|&lt;|<\w+:|\[\]|\{\}|\['|datetime|\bTrue\b|\bFalse\b",
    "a code": r"\b(VS|CI|AU|AT|S|R|CL)_[A-Z]+\b|\bXPR\b|\bXQR\b",
    "a date as a machine writes it": r"\b\d{4}-\d{2}-\d{2}\b",
}


@dataclass(frozen=True)
class Scene:
    """One form of the house: what it is about, where it stands, and what two people write into it."""

    model: str
    make: Callable[[Case], Any]
    address: str
    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]
    says: tuple[str, ...]
    hides: tuple[str, ...] = ()
    begins: str = 'class="stack"'
    parts: Callable[[Any], tuple[Any, ...]] = field(default=lambda row: (row.pk,))


def a_place(case: Case) -> Place:
    spell = a_detention(case, place="Prison of Tarn")
    a_claim(case, "He was moved to the fortress.")
    a_claim(case, "He was moved to the port.")
    return spell.places.get()


def a_demand(case: Case) -> Demand:
    return Demand.objects.create(case=case, text="Release", aim="own")


def an_ask(case: Case) -> Ask:
    for text in ("A doctor", "A lawyer"):
        Demand.objects.create(case=case, text=text, aim="own")
    return Ask.objects.create(case=case, demand=a_demand(case), to="The minister", text="Raise it.")


def claim_key(number: int) -> Callable[[Case], str]:
    return lambda case: str(case.claims.get(number=number).pk)


SCENES = {
    "cover": Scene(
        "casework.Case",
        lambda case: case,
        "casework:change_case",
        {"public_label": "a painter", "status": "DS_ADMIN", "status_on": timezone.localdate().isoformat()},
        {"public_label": "a poet"},
        ("Safe public label", "a painter", "a poet"),
        parts=lambda row: (),
    ),
    "right": Scene(
        "casework.RightImplicated",
        lambda case: RightImplicated.objects.create(case=case, right="R_LIBERTY", fact="No order was shown."),
        "casework:change_right",
        {"right": "R_HABEAS"},
        {"right": "R_REASONS", "fact": "Nobody told him."},
        ("Prompt judge and review of detention", "To be told reasons and charges", "Nobody told him."),
    ),
    "demand": Scene(
        "casework.Demand",
        a_demand,
        "casework:change_demand",
        {"text": "A doctor", "rank": "2"},
        {"text": "A lawyer", "is_lead": None},
        ("Demand A doctor A lawyer", "It leads Yes No"),
    ),
    "ask": Scene(
        "casework.Ask",
        an_ask,
        "casework:change_ask",
        {
            "by_0": "3",
            "by_1": "5",
            "by_2": "2026",
            "demand": lambda case: str(next(row.pk for row in case.demands.all() if row.text == "A doctor")),
        },
        {
            "by_2": "2027",
            "demand": lambda case: str(next(row.pk for row in case.demands.all() if row.text == "A lawyer")),
        },
        ("By when", "3 May 2026", "2027", "A doctor", "A lawyer"),
    ),
    "contact": Scene(
        "casework.Contact",
        a_contact,
        "casework:change_contact",
        {"kind": "lawyer", "formless_in": ["CYRILLIC"]},
        {"kind": "doctor", "phone": "+1 555 0100"},
        ("Lawyer", "Doctor", "Cyrillic", "+1 555 0100"),
    ),
    "detention": Scene(
        "casework.Detention",
        lambda case: (a_claim(case, "He was taken at home."), a_detention(case))[1],
        "casework:change_detention",
        {"started_2": "2024", "started_0": "", "started_1": "", "arrest_claim": claim_key(1)},
        {"counsel": "CA_NONE", "started_0": "4", "started_1": "5", "started_2": "2025"},
        (
            "Held since",
            "No counsel permitted",
            "2024",
            "4 May 2025",
            "1. He was taken at home.",
            "Claim that says when",
        ),
    ),
    "place": Scene(
        "casework.Place",
        a_place,
        "casework:change_place",
        {"claim": claim_key(1), "place": "The fortress"},
        {"claim": claim_key(2), "place": "The port"},
        ("Claim that says so", "1. He was moved to the fortress.", "2. He was moved to the port.", "The fortress"),
    ),
    "charge": Scene(
        "casework.Charge",
        lambda case: Charge.objects.create(case=case, detention=a_detention(case), law="Article 9"),
        "casework:change_charge",
        {"law": "Article 10", "tried_on_2": "2025"},
        {"law": "Article 11"},
        ("Law and article", "Article 10", "Article 11", "Trial, from and to", "2025"),
    ),
    "source's identity": Scene(
        "casework.Source",
        a_source,
        "casework:source_identity",
        {"identity": "His sister"},
        {"identity": "His cousin", "formless_in": ["ARABIC"]},
        ("His sister", "His cousin", "Arabic"),
    ),
    "outcome": Scene(
        "advocacy.Outcome",
        an_outcome,
        "advocacy:outcome",
        {"what": "OU_REVIEW", "effect": "IM_P2", "on_0": "2", "on_1": "5", "on_2": "2026"},
        {"what": "OU_BAIL", "words": "He is out on bail.", "on_0": "3", "on_1": "5", "on_2": "2026"},
        ("Independent review ordered", "Bail", "He is out on bail.", "Moderate positive", "2 May 2026"),
    ),
}
# Where two people meet in a row of a table, of the story, or on a page with several forms: a test of its own below.
TABLES = {
    "casework.Claim",
    "casework.Citation",
    "casework.TimelineEvent",
    "casework.PacketAnswer",
    *("casework.Person", "casework.Name"),
    "casework.Translation",  # tests/casework/test_translations.py
    "directory.Actor",  # tests/directory/test_directory.py
    "materials.Material",  # tests/materials/test_materials.py and test_choosing.py
    "advocacy.Target",  # tests/advocacy/test_results.py: another figure, over the one that stands
    "advocacy.OfficeTarget",  # tests/advocacy/test_all_results.py
    "advocacy.Milestone",  # tests/advocacy/test_steps.py
    "notes.Note",  # its writer alone changes it, in two windows: tests/notes/test_answered_and_done.py
}
# No page changes such a row: what is said anew is a row of its own, which the ledger keeps beside the old one.
SAID_ANEW = {
    *("casework.Consent", "casework.Wish", "casework.NoStatement"),
    *("advocacy.Approach", "advocacy.Reply"),  # withdrawn, and recorded anew
}


def test_every_versioned_thing_is_compared_somewhere() -> None:
    versioned = {m._meta.label for m in apps.get_models() if any(f.name == "version" for f in m._meta.concrete_fields)}
    assert versioned == {scene.model for scene in SCENES.values()} | TABLES | SAID_ANEW


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


@pytest.fixture
def tomas(case: Case) -> Client:
    return signed_in(Client(), on_case(case, "tomas", "coordinator"))


def told(page: str) -> str:
    """Return what the page says beside its forms, without tags."""
    main = re.sub(r"<form.*?</form>", " ", page.partition("<main")[2].partition("<footer")[0], flags=re.S)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def assert_plain(words: str) -> None:
    for kind, naked in NAKED.items():
        assert not (found := re.search(naked, words)), f"{kind}: {found} in {words}"


def filled(case: Case, changes: Mapping[str, Any]) -> Boxes:
    return {name: value(case) if callable(value) else value for name, value in changes.items()}


def sent(told: Boxes) -> Boxes:
    return {name: value for name, value in told.items() if value is not None}


@pytest.mark.parametrize("name", SCENES)
def test_the_second_reads_who_saved_when_and_each_question_that_differs(
    ana: Client, tomas: Client, case: Case, name: str
) -> None:
    scene = SCENES[name]
    row = scene.make(case)
    url = reverse(scene.address, args=[case.reference, *scene.parts(row)])
    before = boxes(ana.get(url).content.decode(), scene.begins)
    first = tomas.post(url, sent(before | filled(case, scene.theirs)))
    assert first.status_code == 302, told(first.content.decode())
    second = ana.post(url, sent(before | filled(case, scene.mine)))
    page = second.content.decode()
    words = told(page)
    assert second.status_code == 409, words
    assert re.search(r"Tomas saved this on \d+ \w+ \d{4}, \d\d:\d\d, while you were writing", words), words
    differs = words.partition("What differs")[2].partition("What is stored now Question")[0]
    for said in scene.says:
        assert said in differs, f"{said}: {differs}"
    assert_plain(words)
    again = boxes(page, 'class="stack" novalidate')
    assert ana.post(url, again).status_code == 302


def test_a_row_of_the_table_of_claims_tells_of_sentence_ruling_items_and_sources(
    ana: Client, tomas: Client, case: Case
) -> None:
    judgment, letter = a_source(case, "Judgment"), a_source(case, "A letter")
    claim = a_claim(case, "He was arrested.", items=["CI_DOCS"], sources=[judgment])
    before = opened_table(ana, case)
    theirs = {"c1-text": "Arrested at home.", "c1-items": ["CI_BIO"], "c1-on": "2 May 2025", "c1-add": "s2"}
    assert send_table(tomas, case, theirs).status_code == 200
    mine = {"c1-text": "Arrested at work.", "c1-items": ["CI_NAME"], "c1-on": "2025", "c1-keep_1": None}
    page = send_table(ana, case, mine, base=before)
    words = told(page.content.decode())
    assert page.status_code == 409 and "Tomas saved this on" in words
    for said in ("Sentence", "Arrested at home.", "Arrested at work.", "When", "2 May 2025", "Discloses", "Sources"):
        assert said in words
    assert "S1 Judgment (supports), S2 A letter (supports) S2 A letter (supports) You take away: S1 Judgment" in words
    assert "You add: " in words
    assert_plain(words)
    claim.refresh_from_db()
    assert claim.text == "Arrested at home." and letter.citations.count() == 1


def test_a_citation_that_a_colleague_changed_is_told_as_theirs(ana: Client, tomas: Client, case: Case) -> None:
    a_claim(case, "He was arrested.", sources=[a_source(case, "Judgment")])
    before = opened_table(ana, case)
    send_table(tomas, case, {"c1-place_1": "page 3"})
    page = send_table(ana, case, {"c1-place_1": "page 4"}, base=before)
    words = told(page.content.decode())
    assert page.status_code == 409 and "Tomas saved this on" in words
    assert "S1 Judgment (supports), at page 3" in words and "S1 Judgment (supports), at page 4" in words
    assert_plain(words)


def test_a_source_beside_the_table_is_told_in_the_words_of_its_boxes(ana: Client, tomas: Client, case: Case) -> None:
    a_source(case, "Judgment")
    place = "source=1"
    before = opened_table(ana, case, place)
    send_table(tomas, case, {"s1-title": "Verdict", "s1-reliability": "C"}, query=place)
    page = send_table(ana, case, {"s1-title": "Ruling"}, base=before, query=place)
    words = told(page.content.decode())
    assert page.status_code == 409 and "Tomas saved this on" in words and "Verdict" in words and "Ruling" in words
    assert_plain(words)


def story_words(page: Any) -> str:
    """Return the faults of the story, without tags."""
    faults = re.findall(r'<ul class="faults.*?</ul>', page.content.decode(), re.S)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", " ".join(faults)).split()))


def test_an_event_tells_of_day_words_and_claim(ana: Client, tomas: Client, case: Case) -> None:
    a_claim(case, "He was arrested.")
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    base = opened_story(ana, case, place_of(row))
    name = f"e-{row.pk}"
    theirs = {f"{name}-event": "Arrested at home.", f"{name}-on": "2 May 2025", f"{name}-rests": "1"}
    fill(tomas, case, theirs, place=place_of(row))
    page = fill(ana, case, {f"{name}-event": "Arrested at work."}, base=base)
    words = story_words(page)
    assert page.status_code == 422 and "Tomas saved this on" in words
    assert "When: “2 May 2025” is stored, “March 2025” is yours." in words
    assert "What happened: “Arrested at home.” is stored, “Arrested at work.” is yours." in words
    assert "Rests on: “Claim 1” is stored" in words
    assert_plain(words)


@pytest.mark.parametrize(("code", "value", "stored"), [
    ("det_ack", "denied", ""), ("arr_date", "2 May 2025", "2 May 2025"), ("id_public_label", "a painter", "a painter"),
])  # fmt: skip
def test_an_answer_tells_who_gave_it_and_what_in_words(
    ana: Client, tomas: Client, case: Case, code: str, value: str, stored: str
) -> None:
    a_detention(case)
    place = f"?answer={code}"
    base = opened_story(ana, case, place)
    shown = ana.get(address_of_story(case, place)).content.decode()
    options = re.findall(rf'<select[^>]*name="a-{code}-value".*?</select>', shown, re.S)
    if options:
        (value, stored), (mine, _label) = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', options[0])[:2]
    else:
        mine = "3 May 2025"
    fill(tomas, case, answer(code, "known", value=value), place=place)
    page = fill(ana, case, answer(code, "known", value=mine), base=base)
    words = story_words(page)
    assert (
        page.status_code == 422
        and "Tomas saved this on" in words
        and f"“{html.unescape(stored)}” is stored now" in words
    )
    assert_plain(words)
    assert fill(ana, case, {}, base=story_boxes(page)).status_code == 200


def address_of_story(case: Case, place: str) -> str:
    return reverse("casework:case", args=[case.reference]) + place


def test_an_answer_that_is_no_fact_tells_who_gave_it(ana: Client, tomas: Client, case: Case) -> None:
    place = "?answer=arr_warrant"
    base = opened_story(ana, case, place)
    fill(tomas, case, answer("arr_warrant", "unknown", asked="the family, in May"), place=place)
    page = fill(ana, case, answer("arr_warrant", "known", value="None was shown."), base=base)
    words = story_words(page)
    assert PacketAnswer.objects.count() == 1
    assert page.status_code == 422 and "Tomas saved this on" in words and "the family, in May” is stored now" in words
    assert_plain(words)


def test_the_identity_tells_of_names_and_description(ana: Client, tomas: Client, case: Case) -> None:
    a_prisoner(case, "Jan Novak", occupation="baker")
    url = reverse("casework:change_identity", args=[case.reference])
    before = boxes(ana.get(url).content.decode(), 'class="stack"')
    tomas.post(
        url, before | {"occupation": "printer", "names-0-value": "Jan P. Novak", "spoken_of": "man", "born_2": "1980"}
    )
    page = ana.post(url, before | {"occupation": "editor", "spoken_of": "neutral"})
    words = told(page.content.decode())
    assert page.status_code == 409 and "Tomas saved this on" in words and Name.objects.get().value == "Jan P. Novak"
    for said in ("Names", "You add: Jan Novak (Latin, Legal name)", "You take away: Jan P. Novak (Latin", "printer"):
        assert said in words, words
    assert "How the person is spoken of As a man Without gender" in words and "Date of birth 1980" in words
    assert_plain(words)


def test_ones_own_other_window_is_told_as_ones_own(ana: Client, case: Case) -> None:
    row: Model = a_demand(case)
    url = reverse("casework:change_demand", args=[case.reference, row.pk])
    before = boxes(ana.get(url).content.decode(), 'class="stack"')
    ana.post(url, before | {"text": "A doctor"})
    assert "You saved this yourself on" in told(ana.post(url, before | {"text": "A lawyer"}).content.decode())


def test_of_three_who_saved_the_last_is_named_and_who_only_looked_is_not(
    ana: Client, tomas: Client, case: Case
) -> None:
    row = a_contact(case)
    url = reverse("casework:change_contact", args=[case.reference, row.pk])
    before = boxes(ana.get(url).content.decode(), 'class="stack"')
    ana.post(url, before | {"name": "Mara Second"})
    tomas.post(url, boxes(tomas.get(url).content.decode(), 'class="stack"') | {"name": "Mara Third"})
    ana.get(url)  # a look is recorded too
    words = told(ana.post(url, before | {"name": "Mara Fourth"}).content.decode())
    assert "Tomas saved this on" in words and "Mara Third Mara Fourth" in words
