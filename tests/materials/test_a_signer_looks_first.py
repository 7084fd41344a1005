"""Who composes a text about somebody with a second case is told in one sentence, and learns of no hidden case by it."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Case
from materials.models import Material
from tests.advocacy.journeys import a_written, in_review
from tests.factories import a_consent, a_prisoner, a_twin, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
NEUTRAL = "A signer looks at this first."
CHANGES_EACH_TIME = re.compile(r'(?:name="csrfmiddlewaretoken" value|nonce|name="form_id" value)="[^"]*"')


@pytest.fixture
def case() -> Case:
    return a_full_packet()


def main_part(client: Client, address: str) -> str:
    page = html.unescape(client.get(address).content.decode())
    return CHANGES_EACH_TIME.sub("", page.partition("<main")[2].partition("</main>")[0])


def composing(client: Client, case: Case) -> str:
    return main_part(client, reverse("materials:material_new", args=[case.reference]))


def draft(client: Client, material: Material) -> str:
    return main_part(client, reverse("materials:material", args=[material.pk]))


def a_silent_twin(case: Case) -> Case:
    twin = a_twin(case, codename="Kestrel")
    a_prisoner(twin, "Ilias Varanen")
    twin.wishs.create(number=1, wants="silence")
    return twin


def a_refusing_twin(case: Case) -> Case:
    twin = a_twin(case, codename="Kestrel")
    a_consent(twin, ("CI_NAME",), ("AU_DIPLO",), status="CS_REFUSED", giver="CG_SELF")
    return twin


TWINS: list[Callable[[Case], Case]] = [a_silent_twin, a_refusing_twin]


@pytest.mark.parametrize("twin", TWINS)
def test_whoever_composes_reads_the_same_page_whether_a_hidden_case_stands_behind_it(
    client: Client, case: Case, twin: Callable[[Case], Case]
) -> None:
    noor = signed_in(client, on_case(case, "noor", "communications"))
    before = composing(noor, case)
    assert before.count(NEUTRAL) == 1 and "One person, more than one case" not in before
    hidden = twin(case)
    assert composing(noor, case) == before
    assert hidden.codename not in before and hidden.reference not in before


@pytest.mark.parametrize("twin", TWINS)
def test_the_draft_reads_the_same_whether_a_hidden_case_stands_behind_it(
    client: Client, case: Case, twin: Callable[[Case], Case]
) -> None:
    noor, material = signed_in(client, on_case(case, "noor", "communications")), a_written(case)
    before = draft(noor, material)
    assert before.count(NEUTRAL) == 2 and 'id="waits-for-a-signer"' in before
    twin(case)
    assert draft(noor, material) == before


@pytest.mark.parametrize("twin", TWINS)
def test_a_signer_who_composes_reads_it_only_where_there_is_a_reason_and_the_way_to_it(
    client: Client, case: Case, twin: Callable[[Case], Case]
) -> None:
    material = a_written(case)
    for role in ("reviewer", "communications"):
        on_case(case, "rui", role)
    rui = signed_in(client, a_person("rui"))
    assert NEUTRAL not in composing(rui, case) and NEUTRAL not in draft(rui, material)
    hidden = twin(case)
    page = draft(rui, material)
    assert page.count(NEUTRAL) == 2 and reverse("safety:twins", args=[case.reference]) in page
    assert "which you may not open, may be about the same person" in composing(rui, case)
    assert hidden.codename not in page + composing(rui, case)


def test_whoever_sees_the_other_case_reads_which_it_is(client: Client, case: Case) -> None:
    material, twin = a_written(case), a_silent_twin(case)
    on_case(twin, "ana", "reader")
    ana = signed_in(client, a_person("ana"))
    for page in (composing(ana, case), draft(ana, material)):
        assert twin.codename in page and twin.reference in page
    assert "what is known there counts here too" in draft(ana, material)


def test_a_text_in_review_says_it_on_the_page_of_the_review_alone(client: Client, case: Case) -> None:
    ana, material = signed_in(client, a_person("ana")), in_review(case)
    assert 'id="waits-for-a-signer"' not in draft(ana, material)


def test_whoever_may_not_read_the_words_reads_nothing_of_it(client: Client, case: Case) -> None:
    material = a_written(case)
    a_silent_twin(case)
    omar = signed_in(client, on_case(case, "omar", "reader"))
    assert NEUTRAL not in draft(omar, material)
