"""No statement by the authorities: a gap until a named person says so of a day; never a sentence of ours."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.actions.no_statement import say_no_statement, withdraw_no_statement
from casework.models import NoStatement
from materials.actions import materials
from materials.models import Material
from tests.advocacy.journeys import a_written
from tests.factories import a_claim, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def a_packet_without_a_position() -> Any:
    case = a_full_packet()
    case.authorities_say = ""
    case.save()
    return case


def test_a_gap_refuses_at_sending_and_says_what_to_do() -> None:
    material = a_written(a_packet_without_a_position())
    with pytest.raises(ValidationError) as refused:
        materials.send_to_review(actor=a_person("ana"), material=material)
    (sentence,) = refused.value.messages
    assert "Nothing that the authorities say about" in sentence and "Add a claim of what they say" in sentence
    assert "know of no statement by the authorities, as of a day" in sentence


def test_words_typed_into_the_gap_do_not_fill_it() -> None:
    material, ana = a_written(a_packet_without_a_position()), a_person("ana")
    told = materials.StatedDisclosures(is_nothing_further=True)
    code = next(row["code"] for row in material.body if row["code"].endswith(".7"))
    material = materials.edit(
        actor=ana,
        material=material,
        version=material.version,
        title=material.title,
        texts={code: "The authorities have said nothing."},
        told=told,
    )
    with pytest.raises(ValidationError, match="Nothing that the authorities say"):
        materials.send_to_review(actor=ana, material=material)


def test_somebody_says_so_of_a_day_through_the_page_and_the_paper_prints_it(client: Client) -> None:
    case = a_packet_without_a_position()
    signed_in(client, a_person("ana"))
    url = reverse("casework:no_statement", args=[case.reference])
    draft = a_written(case)
    assert f'href="{url}"' in client.get(reverse("materials:material", args=[draft.pk])).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"as_of": ""}).status_code == 422
    assert client.post(url, {"as_of": (TODAY() + dt.timedelta(days=1)).isoformat()}).status_code == 422
    assert not NoStatement.objects.exists()
    assert client.post(url, {"as_of": "2026-11-18"}).status_code == 302
    page = client.get(url).content.decode()
    assert "knows of no statement as of 18 November 2026" in page.replace("\u00a0", " ") and "ana" in page.casefold()
    material = a_written(case)
    assert "We know of no statement by the authorities as of 18\u00a0November\u00a02026." in str(
        [row["text"] for row in material.body]
    ).replace("\\xa0", "\u00a0")
    assert materials.send_to_review(actor=a_person("ana"), material=material).status == "in_review"


def test_it_is_refused_while_the_packet_holds_a_position_and_falls_when_one_is_added() -> None:
    ana = a_person("ana")
    with pytest.raises(ValidationError, match="holds what the authorities say"):
        say_no_statement(actor=ana, case=a_full_packet(), as_of=TODAY())
    case = a_packet_without_a_position()
    say_no_statement(actor=ana, case=case, as_of=TODAY())
    a_claim(case, "The ministry denies it.", use="authorities", status="VS_NEW")
    with pytest.raises(ValidationError, match="holds what the authorities say"):
        say_no_statement(actor=ana, case=case, as_of=TODAY())
    assert "know of no statement" not in str(a_written(case).body)


def test_it_is_taken_back_and_a_text_that_prints_it_is_stale() -> None:
    case, ana = a_packet_without_a_position(), a_person("ana")
    say_no_statement(actor=ana, case=case, as_of=TODAY())
    say_no_statement(actor=ana, case=case, as_of=TODAY() - dt.timedelta(days=1))
    assert NoStatement.objects.present().count() == 1 and NoStatement.objects.count() == 2
    material = a_written(case)
    assert withdraw_no_statement(actor=ana, case=case) == 1 and withdraw_no_statement(actor=ana, case=case) == 0
    with pytest.raises(ValidationError, match="A fact of the case changed"):
        materials.send_to_review(actor=ana, material=Material.objects.get(pk=material.pk))


def test_who_may_not_change_the_case_may_not_say_so(client: Client) -> None:
    case = a_packet_without_a_position()
    rui = on_case(case, "rui", "reviewer")
    with pytest.raises(PermissionDenied):
        say_no_statement(actor=rui, case=case, as_of=TODAY())
    with pytest.raises(PermissionDenied):
        withdraw_no_statement(actor=rui, case=case)
    signed_in(client, a_person("sam"))
    for name in ("no_statement", "withdraw_no_statement"):
        assert (
            client.post(reverse(f"casework:{name}", args=[case.reference]), {"as_of": "2026-11-18"}).status_code == 404
        )
    assert not NoStatement.objects.exists()
