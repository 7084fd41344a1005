"""An author chooses which facts, charges, rights and asks print, and in which order; the rest is listed."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.access import NotAllowed
from casework.actions.versions import SavedMeanwhile
from casework.models import Ask, Claim, RightImplicated
from materials.actions import choosing, materials
from materials.models import Material
from papers.composing.choice import Choice
from tests.advocacy.journeys import a_written
from tests.factories import a_claim, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def section(material: Material, place: str) -> str:
    return next(row["text"] for row in material.body or [] if row["code"].endswith(f".{place}"))


def rows_of(material: Material) -> dict[str, str]:
    return {row["what"]: row["why"] for row in (material.withheld or {})["rows"]}


def the_page(client: Client, material: Material) -> Any:
    signed_in(client, a_person("ana"))
    return client.get(reverse("materials:choose", args=[material.pk]))


def as_shown(page: Any) -> dict[str, str]:
    """What a browser sends when nothing is touched: ticks that are set, places, the version and the token."""
    form = page.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.name.startswith("tick-"):
            if value:
                sent[bound.name] = "on"
        elif value not in (None, ""):
            sent[bound.name] = str(value)
    return sent


def facts_of(case: Any) -> list[Claim]:
    return list(Claim.objects.filter(case=case, use=Claim.Use.FACT).order_by("number"))


def test_what_stands_in_the_paper_is_ticked_in_its_order_and_saving_untouched_changes_no_word(client: Client) -> None:
    material = a_written(a_full_packet())
    page = the_page(client, material)
    sent = as_shown(page)
    assert client.post(reverse("materials:choose", args=[material.pk]), sent).status_code == 302
    stored = Material.objects.get(pk=material.pk)
    assert stored.body == material.body and stored.title == material.title


def test_places_turn_the_order_and_an_unticked_fact_is_left_out_and_listed(client: Client) -> None:
    case = a_full_packet()
    for text in ("He was moved to a hospital.", "He was brought back."):
        a_claim(case, text, on="2026-07-01", items=["CI_BIO"])
    material = a_written(case)
    before = re.findall(r"\[(\d+)\]", section(material, "5"))
    assert len(before) >= 3
    sent = as_shown(the_page(client, material))
    keys = {str(claim.number): str(claim.pk) for claim in facts_of(case)}
    sent[f"place-{keys[before[-1]]}"], sent[f"place-{keys[before[0]]}"] = "1", "9"
    del sent[f"tick-{keys[before[1]]}"]
    assert client.post(reverse("materials:choose", args=[material.pk]), sent).status_code == 302
    stored = Material.objects.get(pk=material.pk)
    after = re.findall(r"\[(\d+)\]", section(stored, "5"))
    assert after[0] == before[-1] and after[-1] == before[0] and before[1] not in after
    assert rows_of(stored)[f"claim:{before[1]}"] == "not-chosen"
    assert f"[{before[1]}]" not in section(stored, "S")
    again = materials.compose_again(actor=a_person("ana"), material=stored, version=stored.version)
    assert re.findall(r"\[(\d+)\]", section(again, "5")) == after, "composing again keeps what was chosen"


def test_a_fact_that_came_after_the_choice_does_not_print_and_says_why(client: Client) -> None:
    case = a_full_packet()
    material = a_written(case)
    client.post(reverse("materials:choose", args=[material.pk]), as_shown(the_page(client, material)))
    late = a_claim(case, "He was moved.", on="2026-08-01", items=["CI_BIO"])
    stored = Material.objects.get(pk=material.pk)
    again = materials.compose_again(actor=a_person("ana"), material=stored, version=stored.version)
    assert f"[{late.number}]" not in section(again, "5") and rows_of(again)[f"claim:{late.number}"] == "came-later"


def test_words_that_people_typed_stay_where_the_choice_changes_nothing(client: Client) -> None:
    case = a_full_packet()
    RightImplicated.objects.create(case=case, right="R_HEALTH")
    material, ana = a_written(case), a_person("ana")
    code = next(row["code"] for row in material.body or [] if row["code"].endswith(".8"))
    told = materials.StatedDisclosures(is_nothing_further=True)
    texts = {code: "- Please do not write to the court."}
    material = materials.edit(
        actor=ana, material=material, version=material.version, title="Our own title", texts=texts, told=told
    )
    sent = as_shown(the_page(client, material))
    asks = [name for name in sent if name.startswith("tick-") and Ask.objects.filter(pk=name[5:]).exists()]
    del sent[asks[-1]]
    assert client.post(reverse("materials:choose", args=[material.pk]), sent).status_code == 302
    stored = Material.objects.get(pk=material.pk)
    assert section(stored, "8") == texts[code] and stored.title == "Our own title"
    assert section(stored, "3") != section(material, "3")
    assert not (stored.withheld or {})["is_nothing_further"], "what the new words disclose is asked anew"
    assert any(what.startswith("ask:") and why == "not-chosen" for what, why in rows_of(stored).items())


def test_the_page_says_whose_words_would_be_replaced(client: Client) -> None:
    material, ana = a_written(a_full_packet()), a_person("ana")
    code = next(row["code"] for row in material.body or [] if row["code"].endswith(".5"))
    told = materials.StatedDisclosures(is_nothing_further=True)
    text = section(material, "5").replace("arrested", "taken away")
    assert text != section(material, "5")
    material = materials.edit(
        actor=ana, material=material, version=material.version, title="T", texts={code: text}, told=told
    )
    page = the_page(client, material)
    assert page.context["rewritten"] == ["Key facts"] and "those words are replaced" in page.content.decode()


def test_what_cannot_print_stands_with_its_reason_and_the_way_to_mend_it_and_has_no_tick(client: Client) -> None:
    case = a_full_packet()
    weak = a_claim(case, "He was seen in the yard.", on="2026-07-01", items=["CI_HEALTH"])
    page = the_page(client, a_written(case))
    words = page.content.decode()
    assert f"tick-{weak.pk}" not in words and "cannot print: no consent for this audience" in words
    assert reverse("casework:claim", args=[case.reference, weak.pk]) in words


def test_three_asks_and_a_place_that_is_no_number_are_refused_beside_their_row(client: Client) -> None:
    case = a_full_packet()
    first = Ask.objects.filter(case=case).order_by("created_at")[0]
    for text in ("Ask for a doctor.", "Send an observer."):
        Ask.objects.create(case=case, demand=first.demand, to=first.to, text=text, audience=first.audience)
    material = a_written(case)
    sent = as_shown(the_page(client, material))
    for row in [row for row in Ask.objects.filter(case=case) if row.to == first.to]:
        sent[f"tick-{row.pk}"] = "on"
    refused = client.post(reverse("materials:choose", args=[material.pk]), sent)
    assert refused.status_code == 422 and "Untick one." in refused.content.decode()
    sent = as_shown(the_page(client, material)) | {f"place-{facts_of(case)[0].pk}": "first"}
    refused = client.post(reverse("materials:choose", args=[material.pk]), sent)
    assert refused.status_code == 422 and "Write a place from 1 to 999" in refused.content.decode()
    assert Material.objects.get(pk=material.pk).body == material.body


def test_whoever_may_not_write_on_the_case_chooses_nothing(client: Client) -> None:
    case = a_full_packet()
    material = a_written(case)
    reader = on_case(case, "rui", "reviewer")
    with pytest.raises(NotAllowed):
        choosing.choose(actor=reader, material=material, version=material.version, choices={case.pk: Choice(())})
    signed_in(client, reader)
    assert client.get(reverse("materials:choose", args=[material.pk])).status_code == 403
    signed_in(client, a_person("sam"))
    assert client.get(reverse("materials:choose", args=[material.pk])).status_code == 404
    assert Material.objects.get(pk=material.pk).body == material.body


def test_who_saved_first_loses_nothing_and_the_ticks_stand(client: Client) -> None:
    case = a_full_packet()
    material = a_written(case)
    sent = as_shown(the_page(client, material))
    gone = facts_of(case)[0]
    sent.pop(f"tick-{gone.pk}")
    told = materials.StatedDisclosures(is_nothing_further=True)
    materials.edit(
        actor=a_person("ana"), material=material, version=material.version, title="First", texts={}, told=told
    )
    answer = client.post(reverse("materials:choose", args=[material.pk]), sent)
    assert answer.status_code == 409 and "in another window. What prints: “" in answer.content.decode()
    assert f"tick-{gone.pk}" not in as_shown(answer)
    assert Material.objects.get(pk=material.pk).title == "First"
    with pytest.raises(SavedMeanwhile):
        choosing.choose(actor=a_person("ana"), material=material, version=material.version, choices={})


def test_a_text_in_review_is_locked() -> None:
    material = a_written(a_full_packet())
    Material.objects.filter(pk=material.pk).update(status=Material.Status.IN_REVIEW)
    with pytest.raises(ValidationError, match="in review"):
        choosing.choose(actor=a_person("ana"), material=material, version=material.version, choices={})
