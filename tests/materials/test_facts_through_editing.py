"""Editing other words is no ruling: a fact that changed before stays changed in the new revision, until somebody says so."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.models import Case, Claim, Source
from materials.actions import materials
from materials.actions.changed_facts import still_right
from materials.actions.materials import StatedDisclosures
from materials.facts_used import changed_facts, has_changed
from materials.models import Material, PublicPage
from materials.review.readiness import why_not_ready
from tests.advocacy.journeys import a_written
from tests.materials.packets import a_full_packet
from tests.materials.test_facts_changed import SPOILERS, spoil_claim, spoil_place, spoil_removed_name, spoil_status
from tests.materials.test_public_pages import address, publish, supporters
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def edited(material: Material, *changes: tuple[str, str], title: str = "") -> Material:
    """Return the material after ana changed these words in it, and nothing else."""
    material.refresh_from_db()
    texts = {section["code"]: section["text"] for section in material.body or []}
    for before, after in changes:
        texts = {code: text.replace(before, after) for code, text in texts.items()}
    return materials.edit(
        actor=a_person("ana"),
        material=material,
        version=material.version,
        title=title or (material.title or "").replace(*changes[0] if changes else ("", "")),
        texts=texts,
        told=StatedDisclosures(is_nothing_further=True),
    )


def kinds(material: Material) -> set[str]:
    return {fact.kind for fact in changed_facts(material)}


@pytest.mark.parametrize("name", sorted(set(SPOILERS) - {"a claim is corrected"}))
def test_a_fact_that_changed_stays_changed_when_other_words_are_edited(name: str) -> None:
    material = a_written()
    spoil, kind = SPOILERS[name]
    spoil(material.cases.get())
    before = material.revision
    material = edited(material, ("The Court of Appeal sits", "The court of appeal sits"))
    assert material.revision > before and kind in kinds(material)
    assert any("A fact of the case changed" in why for why in why_not_ready(material))


def test_a_corrected_claim_stays_changed_until_its_new_sentence_stands_in_the_text() -> None:
    material = a_written()
    spoil_claim(material.cases.get())
    material = edited(material, ("The Court of Appeal sits", "The court of appeal sits"))
    assert kinds(material) == {"claim"} and material.is_stale
    old = "arrested him at his office."
    material = edited(material, (old, f"{old[:-1]}. It was in the morning."))
    assert not has_changed(material) and not material.is_stale


def test_words_that_say_the_fact_anew_need_no_ruling() -> None:
    material = a_written()
    spoil_place(material.cases.get())
    material = edited(material, ("Colony no. 4, Lower Tarn", "Colony no. 7, Upper Tarn"))
    assert "place" not in kinds(material)


def test_a_name_taken_out_of_packet_and_text_is_gone_from_both() -> None:
    material = a_written()
    spoil_removed_name(material.cases.get())
    assert "name" in kinds(edited(material, ("The Court", "The court")))
    material = edited(
        material, ("Ilias Varanen", "A newspaper editor"), ("إلياس فارانن", ""), title="A newspaper editor"
    )
    assert "name" not in kinds(material)


def test_what_is_edited_still_needs_the_ruling_on_a_death(client: Client) -> None:
    material = a_written()
    spoil_status(material.cases.get())
    material = edited(material, ("The Court of Appeal sits", "The court of appeal sits"))
    ana = signed_in(client, a_person("ana"))
    page = ana.get(reverse("materials:material", args=[material.pk])).content.decode()
    assert "A fact that this text uses has changed" in page and "Died in custody" in page
    assert ana.post(reverse("materials:send_to_review", args=[material.pk])).status_code == 409


def test_saving_the_same_words_is_no_ruling_and_composing_them_again_is() -> None:
    material = a_written()
    case = material.cases.get()
    charge = case.charges.get()
    charge.judge = "Somebody of the Regional Court"
    charge.save()
    assert not has_changed(material)
    spoil_place(case)
    material = edited(material)
    assert has_changed(material)
    material = materials.compose_again(actor=a_person("ana"), material=material, version=material.version)
    assert not has_changed(material)


def off_the_record(source: Source) -> None:
    source.secrecy = "AT_OFF"


def named_otherwise(source: Source) -> None:
    source.attribution = "a court clerk"


@pytest.mark.parametrize("spoil", [off_the_record, named_otherwise])
def test_a_page_goes_down_when_its_source_may_no_longer_be_named_so(client: Client, spoil: Any) -> None:
    material = supporters()
    publish(signed_in(client, a_person("ana")), material)
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    source = Source.objects.filter(citations__claim__uses__material=material).distinct().order_by("created_at")[0]
    spoil(source)
    source.save()
    assert Client().get(page).status_code == 410
    assert "source" in kinds(material)


def test_a_source_of_a_claim_that_the_text_does_not_print_makes_nothing_stale() -> None:
    case: Case = a_full_packet()
    material = a_written(case)
    unused = Claim.objects.filter(case=case).exclude(uses__material=material)
    assert unused.exists()
    for source in Source.objects.filter(citations__claim__in=unused).exclude(citations__claim__uses__material=material):
        off_the_record(source)
        source.save()
    assert not has_changed(material)


def test_a_fact_taken_out_that_still_stands_in_the_text_cannot_still_hold() -> None:
    material = a_written()
    spoil_removed_name(material.cases.get())
    material = edited(material, ("The Court of Appeal sits", "The court of appeal sits"))
    with pytest.raises(ValidationError, match="taken out of the packet"):
        still_right(actor=a_person("ana"), material=material)
