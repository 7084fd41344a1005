"""What leaves is still so: a fact that the text uses changes, and nothing of it stays or leaves until somebody rules."""

import datetime as dt
import html
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from casework.models import Case, Charge, Claim, ClaimItem, Detention, Name, Person, Place
from materials.actions.changed_facts import agree_still_right, still_right
from materials.actions.dispatches import dispatch
from materials.facts_used import changed_facts, has_changed
from materials.leaving import staleness
from materials.models import Copy, Material, MaterialFact, PublicPage
from safety.verdict import GateClosed
from tests.advocacy.journeys import a_written, cleared
from tests.casework.ledger import an_answer, save
from tests.directory.entries import to_somebody
from tests.factories import a_contact, a_detention, on_case
from tests.gate.near_misses import triggers_off
from tests.materials.packets import a_full_packet
from tests.materials.test_public_pages import address, publish, supporters
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> Client:
    return signed_in(client, a_person("ana"))


def correct(claim: Claim) -> Claim:
    """Correct a claim, and rule on it again: documented, as before."""
    claim.text = f"{claim.text} It was in the morning."
    claim.save()
    return claim


def spoil_claim(case: Case) -> None:
    correct(Claim.objects.filter(case=case).order_by("number")[0])


def spoil_name(case: Case) -> None:
    name = Name.objects.filter(case=case, script="Latn").get()
    name.value = "Ilias Waranen"
    name.save()


def spoil_removed_name(case: Case) -> None:
    Name.objects.filter(case=case).update(removed_at=timezone.now())


def spoil_status(case: Case) -> None:
    case.status = "DS_DIED"
    case.save(update_fields=["status"])


def spoil_detention(case: Case) -> None:
    spell = Detention.objects.get(case=case)
    spell.started = "2025-03-15"
    spell.save()


def spoil_spells(case: Case) -> None:
    a_detention(case, started="2026-11-01", place="Colony no. 9")


def spoil_place(case: Case) -> None:
    place = Place.objects.get(case=case)
    place.place = "Colony no. 7, Upper Tarn"
    place.save()


def spoil_charge(case: Case) -> None:
    charge = Charge.objects.get(case=case)
    charge.law = "Penal Code art. 300"
    charge.save()


def spoil_occupation(case: Case) -> None:
    person = Person.objects.get(case=case)
    person.occupation = "printer"
    person.save()


SPOILERS = {
    "a claim is corrected": (spoil_claim, "claim"),
    "a name is corrected": (spoil_name, "name"),
    "a name is removed": (spoil_removed_name, "name"),
    "the person died": (spoil_status, "status"),
    "the first day is another": (spoil_detention, "spell"),
    "the person is held again": (spoil_spells, "spells"),
    "the place is another": (spoil_place, "place"),
    "the charge is another": (spoil_charge, "charge"),
    "the occupation is another": (spoil_occupation, "person"),
}


def send(material: Material) -> list[Copy]:
    return dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])


@pytest.mark.parametrize("name", SPOILERS)
def test_a_signed_briefing_does_not_leave_once_a_fact_that_it_uses_changed(name: str) -> None:
    material = cleared()
    spoil, kind = SPOILERS[name]
    assert not has_changed(material)
    spoil(material.cases.get())
    with pytest.raises(GateClosed) as refused:
        send(material)
    assert "facts-changed" in refused.value.verdict.codes
    assert kind in {fact.kind for fact in changed_facts(material)}


def test_what_the_text_does_not_use_makes_nothing_stale() -> None:
    material = cleared()
    case = material.cases.get()
    a_contact(case, "Milena Vesela")
    Claim.objects.filter(case=case, text__isnull=False).last()
    unused = Claim.objects.filter(case=case).exclude(uses__material=material).first()
    assert unused is not None
    correct(unused)
    person = Person.objects.get(case=case)
    person.note = "Writes with his left hand."
    person.save()
    assert not staleness.is_stale(material) and staleness.mark_stale() == 0
    assert len(send(material)) == 1


def test_a_page_on_a_corrected_claim_is_gone_and_does_not_come_back_when_the_claim_is_ruled_on_again(
    ana: Client,
) -> None:
    material = supporters()
    publish(ana, material)
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    claim = correct(Claim.objects.filter(uses__material=material).order_by("number")[0])
    assert Client().get(page).status_code == 410
    claim.status, claim.credibility = "VS_DOC", 1
    claim.save()
    assert Client().get(page).status_code == 410


def test_the_page_of_the_material_names_the_fact_before_and_after(ana: Client, client: Client) -> None:
    material = cleared()
    spoil_place(material.cases.get())
    spoil_name(material.cases.get())
    url = reverse("materials:material", args=[material.pk])
    words = ana.get(url).content.decode()
    assert "Colony no. 4, Lower Tarn" in words and "Colony no. 7, Upper Tarn" in words and "Ilias Waranen" in words
    on_case(material.cases.get(), "sam", "communications")
    hidden = signed_in(client, a_person("sam")).get(url).content.decode()
    assert "Colony no. 7, Upper Tarn" in hidden and "Ilias Waranen" not in hidden


def test_before_anything_is_out_the_author_alone_rules_that_it_still_holds(ana: Client) -> None:
    material = a_written()
    spoil_place(material.cases.get())
    refused = ana.post(reverse("materials:send_to_review", args=[material.pk]))
    assert refused.status_code == 409 and "A fact of the case changed" in refused.content.decode()
    ana.post(reverse("materials:still_right", args=[material.pk]))
    assert not has_changed(material)
    assert ana.post(reverse("materials:send_to_review", args=[material.pk])).status_code == 302


def test_once_a_copy_is_made_a_second_person_must_agree(client: Client) -> None:
    material = cleared()
    send(material)
    case = material.cases.get()
    spoil_place(case)
    assert still_right(actor=a_person("ana"), material=material) is True
    assert has_changed(material)
    with pytest.raises(ValidationError):
        agree_still_right(actor=a_person("ana"), material=material)
    with pytest.raises(NotAllowed):
        agree_still_right(actor=on_case(case, "tomas", "legal"), material=material)
    sam = signed_in(client, a_person("sam"))
    assert sam.post(reverse("materials:agree_still_right", args=[material.pk])).status_code == 404
    rui = signed_in(client, a_person("rui"))
    page = rui.get(reverse("materials:material", args=[material.pk])).content.decode()
    assert "Ana says that the text still holds" in page and "Agree that the text still holds" in page
    rui.post(reverse("materials:agree_still_right", args=[material.pk]))
    assert not has_changed(material)
    assert len(send(material)) == 1


def test_the_database_takes_no_ruling_of_one_person_on_what_is_out_and_none_is_rewritten() -> None:
    material = cleared()
    send(material)
    old = MaterialFact.objects.filter(material=material).first()
    assert old is not None
    with pytest.raises(DatabaseError, match="one-person-alone"), transaction.atomic():
        MaterialFact.objects.create(
            material=material, revision=material.revision, number=2, case=old.case, kind=old.kind, made_by=old.made_by
        )
    with pytest.raises(DatabaseError, match="only_seconded"), transaction.atomic():
        MaterialFact.objects.filter(pk=old.pk).update(code="DS_DIED")
    with pytest.raises(DatabaseError, match="never_deleted"), transaction.atomic():
        MaterialFact.objects.filter(pk=old.pk).delete()


def test_what_was_taken_out_of_the_packet_cannot_still_hold() -> None:
    material = a_written()
    spoil_removed_name(material.cases.get())
    with pytest.raises(ValidationError, match="taken out of the packet"):
        still_right(actor=a_person("ana"), material=material)


def test_a_copy_in_somebodys_hands_is_marked_stale_for_a_fact_that_its_own_revision_used() -> None:
    material = cleared()
    copies = send(material)
    spoil_charge(material.cases.get())
    assert staleness.mark_stale() == 1
    copies[0].refresh_from_db()
    assert copies[0].stale_at is not None


def test_an_item_marked_later_takes_the_page_down(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    claim = Claim.objects.filter(uses__material=material).order_by("number")[0]
    ClaimItem.objects.create(claim=claim, item="CI_HEALTH")
    assert Client().get(page).status_code == 410


def test_a_passed_stop_date_takes_the_page_down_and_lets_no_copy_leave(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    Material.objects.filter(pk=material.pk).update(stop_on=timezone.now().date() - dt.timedelta(days=1))
    assert Client().get(page).status_code == 410


def test_a_fact_forged_past_the_verbs_is_not_served(ana: Client, monkeypatch: Any) -> None:
    material = supporters()
    publish(ana, material)
    page = address(PublicPage.objects.get())
    with triggers_off():
        facts = MaterialFact.objects.filter(material=material, kind="status")
        facts.update(seconded_by=a_person("rui"), seconded_at=timezone.now())
    assert Client().get(page).status_code == 410


@pytest.mark.parametrize("name", ["why_now", "authorities_say"])
def test_a_note_of_several_lines_is_a_fact_too_though_each_line_bears_its_sign(name: str) -> None:
    case = a_full_packet()
    case.why_now = case.authorities_say = "The Court of Appeal sits.\nIt sits on 26 November."
    case.save()
    material = a_written(case)
    assert "sits.°\nIt sits on 26 November.°" in str([row["text"] for row in material.body]).replace("\\n", "\n")
    items = {row.item for row in material.item_uses.filter(revision=material.revision)}
    assert "CI_BIO" in items and not has_changed(material)
    setattr(case, name, "The Court of Appeal sits.\nIt sits on 3 December.")
    case.save()
    assert has_changed(Material.objects.get(pk=material.pk))


def test_an_answer_that_ends_something_names_the_pages_that_rest_on_it_and_ends_nothing_unasked(ana: Client) -> None:
    material = supporters()
    publish(ana, material)
    case = material.cases.get()
    leila = signed_in(Client(), on_case(case, "leila", "liaison"))
    sent, form = an_answer(status="CS_REFUSED"), reverse("casework:add_consent", args=[case.reference])
    asked = leila.post(form, sent | {"grants": ["CI_NAME:AU_SUPPORT"]}).content.decode()
    assert "goes down at once. It shows: Name." in asked and "Save the answer, and take the page down" in asked
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    other = leila.post(form, sent | {"grants": ["CI_NAME:AU_DIPLO"]}).content.decode()
    assert "1 thing ends" in other and "1 page goes down at once." in other  # the pause of public work takes it down
    assert "It shows" not in other and "Shows nothing of it, and is down until then: Supporters" in other
    nothing = leila.post(form, sent | {"grants": ["CI_SOGI:AU_SUPPORT"]}).content.decode()
    assert "nothing ends" in nothing and "down" not in nothing.partition('id="changes"')[2]
    assert Client().get(page).status_code == 200
    save(leila, case, sent | {"grants": ["CI_NAME:AU_DIPLO"]})
    assert Client().get(page).status_code == 410


def test_a_copy_that_shows_what_ends_is_named_to_be_called_back_and_its_holder_to_who_may_dispatch(ana: Client) -> None:
    material = cleared()
    case, copy = material.cases.get(), send(material)[0]
    Copy.objects.update(dispatched_at=timezone.now())
    leila = signed_in(Client(), on_case(case, "leila", "liaison"))
    form = reverse("casework:add_consent", args=[case.reference])
    sent = an_answer(status="CS_REFUSED", grants=[f"CI_NAME:{material.audience}"])
    page = html.unescape(leila.post(form, sent).content.decode())
    assert f"Copy {copy.number}, {material.get_kind_display()}: to be called back. It shows: Name." in page
    assert copy.recipient_name not in page
    on_case(case, "leila", "coordinator")
    assert f"Copy {copy.number}, {copy.recipient_name}: to be called back." in leila.post(form, sent).content.decode()
    stranger = signed_in(Client(), a_person("sam"))
    assert stranger.post(form, sent).status_code == 404
