"""Who opens a form that a colleague has open reads it above the form: a notice and no lock, for a quarter of an hour."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.caching.open_forms import LASTS, note_left, note_open
from accounts.models import CachedValue
from casework.models import Case, TimelineEvent
from packet.pages.events import place_of
from tests.advocacy.journeys import a_written
from tests.casework.sheet import address, boxes
from tests.casework.sheet import send as send_table
from tests.directory.entries import an_entry
from tests.factories import a_case, a_claim, a_detention, a_source, on_case, put_on
from tests.packet.filling import at as at_story
from tests.packet.filling import fill
from tests.people import a_person, signed_in
from tests.web.test_saved_meanwhile import SCENES, filled, sent

pytestmark = pytest.mark.django_db
SAID = re.compile(r"Tomas has had this open since \d\d:\d\d\.")


@pytest.fixture(autouse=True)
def rows_of_the_cache(settings: Any) -> None:
    """Keep the marks where an office without Redis keeps them, so that a test can look at them."""
    settings.CACHES = {"default": {"BACKEND": "accounts.caching.rows.RowCache"}}


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def ana(client: Client, case: Case) -> Client:
    return signed_in(client, case.lead)


@pytest.fixture
def tomas(case: Case) -> Client:
    return signed_in(Client(), on_case(case, "tomas", "coordinator"))


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split()))


@pytest.mark.parametrize("name", SCENES)
def test_the_second_at_a_form_reads_who_has_it_open_until_that_one_saves(
    ana: Client, tomas: Client, case: Case, name: str
) -> None:
    scene = SCENES[name]
    url = reverse(scene.address, args=[case.reference, *scene.parts(scene.make(case))])
    first = tomas.get(url).content.decode()
    assert "has had this open" not in first, "one's own window is no news"
    assert "has had this open" not in page(tomas, url)
    assert SAID.search(page(ana, url)) and "Nothing is locked." in page(ana, url)
    saved = tomas.post(url, sent(boxes(first, scene.begins) | filled(case, scene.theirs)))
    assert saved.status_code == 302
    assert "has had this open" not in page(ana, url)


def test_the_identity_is_told_of_too(ana: Client, tomas: Client, case: Case) -> None:
    url = reverse("casework:change_identity", args=[case.reference])
    page(tomas, url)
    assert SAID.search(page(ana, url))


def test_a_row_of_the_table_meets_the_same_row_and_the_whole_page_and_no_other_row(
    ana: Client, tomas: Client, case: Case
) -> None:
    for number in (1, 2):
        a_claim(case, f"Sentence {number}.", sources=[a_source(case)])
    page(tomas, address(case, "row=1"))
    assert SAID.search(page(ana, address(case, "row=1")))
    assert "has had this open" not in page(ana, address(case, "row=2"))
    assert SAID.search(page(ana, address(case, "rows=open"))), "who opens all of them meets him too"
    assert "has had this open" not in page(ana, address(case)), "who only reads the table is not told"
    send_table(tomas, case, {"c1-on": "2025"}, query="row=1")
    assert "has had this open" not in page(ana, address(case, "row=1"))
    page(tomas, address(case, "rows=open"))
    assert SAID.search(page(ana, address(case, "source=1")))


def test_an_event_and_an_answer_of_the_story_are_told_of_where_they_stand(
    ana: Client, tomas: Client, case: Case
) -> None:
    a_detention(case)
    row = TimelineEvent.objects.create(case=case, on="2025-03", event="Arrested.")
    for place, other in ((place_of(row), "?answer=arr_warrant"), ("?answer=arr_warrant", "?answer=det_ack")):
        page(tomas, at_story(case, place))
        assert SAID.search(page(ana, at_story(case, place)))
        assert "has had this open" not in page(ana, at_story(case, other)) or place.startswith("?event")
        assert "has had this open" not in page(ana, at_story(case))
        cache.clear()
    page(tomas, at_story(case, place_of(row)))
    fill(tomas, case, {f"e-{row.pk}-event": "Arrested at home."}, place=place_of(row))
    assert "has had this open" not in page(ana, at_story(case, place_of(row)))


def test_a_text_and_an_entry_of_the_directory_are_told_of(client: Client, settings: Any) -> None:
    settings.PRACTICE = True
    material = a_written()
    case = material.cases.get() if hasattr(material, "cases") else Case.objects.get()
    ana, tomas = signed_in(client, case.lead), signed_in(Client(), on_case(case, "tomas", "coordinator"))
    edit, choose = (reverse(f"materials:{name}", args=[material.pk]) for name in ("material_edit", "choose"))
    page(tomas, edit)
    assert SAID.search(page(ana, edit)) and SAID.search(page(ana, choose)), "both change the same words"
    entry = reverse("directory:entry_change", args=[an_entry("Human rights desk").pk])
    page(tomas, entry)
    assert SAID.search(page(ana, entry))


def test_who_may_not_change_it_leaves_no_mark_and_reads_none(ana: Client, tomas: Client, case: Case) -> None:
    source = a_source(case, identity="His sister")
    a_claim(case, sources=[source])
    put_on(case, a_person("rui"), "reviewer")
    readers = [signed_in(Client(), on_case(case, "leila", "reader")), signed_in(Client(), a_person("rui"))]
    urls = [
        address(case, "row=1"),
        at_story(case, "?answer=arr_warrant"),
        reverse("casework:source_identity", args=[case.reference, source.pk]),
        reverse("casework:change_case", args=[case.reference]),
    ]
    stranger = signed_in(Client(), a_case(lead=a_person("sam")).lead)
    for reader in (*readers, stranger):
        for url in urls:
            reader.get(url)
    assert not CachedValue.objects.filter(key__contains="open-form").exists()
    for url in urls:
        page(tomas, url)
    for reader in (*readers, stranger):
        for url in urls:
            assert "has had this open" not in reader.get(url).content.decode()


def test_a_mark_ends_after_a_quarter_of_an_hour_and_tells_since_when(case: Case) -> None:
    ana, tomas = case.lead, on_case(case, "tomas", "coordinator")
    opened = timezone.now() - LASTS
    note_open(tomas, "claim:1", now=opened)
    (told,) = note_open(ana, "claim:1", now=opened + LASTS - dt.timedelta(seconds=1))
    assert (told.name, told.since) == ("Tomas", opened)
    assert not note_open(ana, "claim:1", now=opened + LASTS)
    note_open(tomas, "claim:2", now=opened)
    note_open(tomas, "claim:2", now=opened + dt.timedelta(minutes=10))
    (again,) = note_open(ana, "claim:2", now=opened + dt.timedelta(minutes=20))
    assert again.since == opened, "opened once more, it is open since the first time"
    note_left(tomas, "claim:2")
    assert not note_open(ana, "claim:2", now=opened + dt.timedelta(minutes=20))


def test_a_mark_holds_no_word_of_the_case(tomas: Client, case: Case) -> None:
    a_claim(case, "He was arrested at Harbour Lane.")
    page(tomas, address(case, "row=1"))
    (row,) = CachedValue.objects.filter(key__contains="open-form")
    for word in ("arrested", "Harbour", case.codename, case.reference, "Tomas", "tomas"):
        assert word not in row.key + row.value
    assert row.expires_at <= timezone.now() + LASTS
