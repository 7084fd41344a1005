"""What left, and what it rests on: a fact or a use that changes after the review stops it; bytes are those that were made."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from casework.models import Case, Charge, Demand, Name, Place
from materials import disclosures
from materials.actions import materials as actions
from materials.actions.changed_facts import agree_still_right, still_right
from materials.actions.dispatches import dispatch, is_authentic, is_whole
from materials.actions.materials import StatedDisclosures
from materials.asks_used import cases_to_look_at, needs_a_look, overtaken_asks, why_overtaken
from materials.facts_used import changed_facts, has_changed, unruled_facts
from materials.leaving import staleness
from materials.material_mac import file_parts
from materials.models import Copy, Material, MaterialClaim, MaterialFact, MaterialItem
from safety import gate
from safety.models import Review
from sealing import keys
from tests.advocacy.journeys import a_written, cleared
from tests.directory.entries import to_somebody
from tests.factories import a_contact, a_detention, on_case
from tests.gate.near_misses import triggers_off
from tests.people import a_person, signed_in

SECOND = dt.timedelta(seconds=1)
BYTES = b"%PDF-1.7 what was signed"


def world() -> SimpleNamespace:
    """Return a briefing that rui signed, and its case; another that ana only wrote, with a second reader beside her."""
    material = cleared()
    case = material.cases.get()
    on_case(case, "tomas", "legal")
    return SimpleNamespace(material=material, case=case, ana=a_person("ana"), rui=a_person("rui"))


def one(model: Any, case: Case) -> Any:
    """Return the first row of this kind in the case."""
    return model.objects.filter(case=case).order_by("created_at").first()


def spoilt(row: Any, **values: Any) -> Any:
    """Return the row, saved with these values."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def send(world: Any) -> list[Copy]:
    """Make a copy of the briefing."""
    return dispatch(actor=world.ana, material=world.material, to=[to_somebody("His Excellency the Ambassador")])


def refusal(act: Any) -> str:
    """Return why something is refused, or nothing."""
    try:
        act()
    except (ValidationError, gate.GateClosed) as refused:
        return str(refused) or "refused"
    except NotAllowed:
        return "not allowed"
    except IntegrityError as refused:
        return f"by the database alone: {refused}"
    return ""


def changed(world: Any) -> set[str]:
    """Return the kinds of facts that changed under the briefing."""
    return {fact.kind for fact in changed_facts(world.material)}


# Facts.


def the_facts_of_new_words_are_noted_with_their_kinds(world: Any) -> None:
    rows = MaterialFact.objects.filter(material=a_written(world.case))
    found = dict(Counter(rows.values_list("kind", flat=True)))
    once = dict.fromkeys(
        ("status", "case", "name", "place", "charge", "ask", "demand", "person", "spell", "spells", "law"), 1
    )
    assert found == once | {"claim": 3, "source": 2}


def a_spell_that_is_removed_is_a_changed_fact(world: Any) -> None:
    a_detention(world.case, started="2019", ended="2020", removed_at=timezone.now())
    assert changed(world) == set()
    material = a_written(world.case)
    spells = MaterialFact.objects.get(material=material, kind="spells")
    assert spells.code == "1"


def what_changed_is_told_before_and_after(world: Any) -> None:
    spoilt(one(Place, world.case), place="Colony no. 7")
    (fact,) = changed_facts(world.material)
    assert "Colony no. 4, Lower Tarn" in fact.before and "Colony no. 7" in fact.after
    assert "about 14 March 2025" in fact.before and "about 14 March 2025" in fact.after, "days stand in words"
    assert (fact.waits_for_second, fact.ruled_by) == (False, None)


def what_was_taken_out_of_the_packet_cannot_still_hold(world: Any) -> None:
    with triggers_off():
        Name.objects.filter(case=world.case).update(removed_at=timezone.now())
    gone = [fact for fact in changed_facts(world.material) if fact.kind == "name"]
    assert gone and not gone[0].after
    assert "taken out of the packet" in refusal(lambda: still_right(actor=world.ana, material=world.material))


def before_anything_is_out_one_person_rules_that_it_holds(world: Any) -> None:
    spoilt(one(Place, world.case), place="Colony no. 7")
    assert still_right(actor=world.ana, material=world.material) is False
    assert not has_changed(world.material) and changed(world) == set()


def a_ruling_holds_until_the_fact_changes_again(world: Any) -> None:
    place = spoilt(one(Place, world.case), place="Colony no. 7")
    still_right(actor=world.ana, material=world.material)
    assert not has_changed(world.material)
    spoilt(place, place="Colony no. 8")
    assert has_changed(world.material)
    still_right(actor=world.ana, material=world.material)
    assert not has_changed(world.material)
    numbers = MaterialFact.objects.filter(material=world.material, kind="place").values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3]


def once_it_is_out_two_people_rule_that_it_holds(world: Any) -> None:
    send(world)
    spoilt(one(Place, world.case), place="Colony no. 7")
    said: list[bool] = []
    assert refusal(lambda: said.append(still_right(actor=world.ana, material=world.material))) == ""
    assert said == [True] and has_changed(world.material)
    (fact,) = changed_facts(world.material)
    assert fact.waits_for_second and fact.ruled_by == world.ana
    assert "Somebody else must agree" in refusal(lambda: agree_still_right(actor=world.ana, material=world.material))
    tomas = a_person("tomas")
    assert refusal(lambda: agree_still_right(actor=tomas, material=world.material)) == "not allowed"
    assert agree_still_right(actor=world.rui, material=world.material) == 1 and not has_changed(world.material)
    assert "Somebody else must agree" in refusal(lambda: agree_still_right(actor=world.rui, material=world.material))


def a_changed_fact_marks_the_material_and_the_copies_of_its_revision(world: Any) -> None:
    (copy,) = send(world)
    assert staleness.mark_stale() == 0
    spoilt(one(Charge, world.case), law="Penal Code art. 300")
    assert staleness.mark_stale() == 1 and staleness.mark_stale() == 0, "once"
    copy.refresh_from_db()
    world.material.refresh_from_db()
    assert copy.stale_at is not None and world.material.is_stale


def a_fact_that_changed_stays_changed_when_other_words_are_edited(world: Any) -> None:
    material = a_written(world.case)
    spoilt(one(Place, world.case), place="Colony no. 7")
    assert [fact.kind for fact in unruled_facts(material)] == ["place"]
    edited(world, material, {"MIN_BRIEF.4": "The court sits soon."})
    assert has_changed(material)
    body = {row["code"]: row["text"] for row in material.body}
    edited(world, material, {"MIN_BRIEF.2": body["MIN_BRIEF.2"].replace("Colony no. 4, Lower Tarn", "Colony no. 7")})
    assert not has_changed(material), "the words say it anew"


def edited(world: Any, material: Material, texts: dict[str, str]) -> None:
    """Let ana edit some sections."""
    from_now = {row["code"]: row["text"] for row in material.body} | texts
    actions.edit(
        actor=world.ana,
        material=material,
        version=material.version,
        title=material.title,
        texts=from_now,
        told=StatedDisclosures(is_nothing_further=True),
        stop_on=None,
    )
    material.refresh_from_db()


# Asks.


def an_ask_that_makes_no_sense_any_more_is_told_once(world: Any) -> None:
    assert why_overtaken(world.material) == []
    spoilt(world.case, status="DS_DIED")
    assert len(overtaken_asks(world.material)) == 1 and "makes no sense while" in overtaken_asks(world.material)[0]
    assert "makes no sense while" in refusal(lambda: still_right(actor=world.ana, material=world.material))


def of_who_is_not_held_somebody_says_that_the_words_ask_nothing_in_vain(world: Any) -> None:
    assert cases_to_look_at(world.material) == [] and needs_a_look([world.case]) == []
    Demand.objects.filter(case=world.case).update(aim="inquiry")
    spoilt(world.case, status="DS_RELEASED")
    for row in Demand.objects.filter(case=world.case):
        spoilt(row, aim="redress")
    assert needs_a_look([world.case]) == cases_to_look_at(world.material) == [world.case]
    still_right(actor=world.ana, material=world.material)
    assert cases_to_look_at(world.material) == []
    spoilt(world.case, status="DS_DEPORTED")
    assert cases_to_look_at(world.material) == [world.case], "said of where the person was then"
    spoilt(world.case, status="DS_SENTENCED")
    assert cases_to_look_at(world.material) == []


# Uses: what a review bound.


def a_use_that_is_added_or_taken_after_the_review_stops_it(world: Any) -> None:
    before = disclosures.uses_mac(world.material.pk, world.material.revision)
    (copy,) = send(world)
    assert is_authentic(copy.dispatch, to=[copy])
    with triggers_off():
        taken = MaterialItem.objects.filter(material=world.material, revision=world.material.revision)[0]
        taken.delete()
    assert disclosures.uses_mac(world.material.pk, world.material.revision) != before
    assert not is_authentic(copy.dispatch, to=[copy])


def how_a_claim_is_printed_is_a_use(world: Any) -> None:
    rows = MaterialClaim.objects.filter(material=world.material, revision=world.material.revision)
    before = disclosures.uses_mac(world.material.pk, world.material.revision)
    with triggers_off():
        rows.filter(printed_as="attributed").update(printed_as="fact")
    assert disclosures.uses_mac(world.material.pk, world.material.revision) != before


def uses_are_told_in_one_order_and_each_with_whose_it_is(world: Any) -> None:
    one_case, other, claim, contact = (Case().pk for _number in range(4))
    items = {one_case: frozenset({"CI_NAME", "CI_BIO"}), other: frozenset({"CI_BIO"})}
    first = disclosures.parts({claim: "fact", contact: "fact"}, items, [(one_case, contact, "CI_NAME")])
    turned = dict(reversed(items.items()))
    assert first == disclosures.parts({contact: "fact", claim: "fact"}, turned, [(one_case, contact, "CI_NAME")])
    assert f"item {one_case} - CI_BIO" in first and f"item {one_case} {contact} CI_NAME" in first
    assert len({disclosures.disclosure_digest({claim: how}, items, []) for how in ("fact", "attributed")}) == 2
    assert len({disclosures.disclosure_digest({}, {key: frozenset()}, []) for key in (one_case, other)}) == 1


def the_items_of_a_revision_are_its_own_and_the_prisoners(world: Any) -> None:
    row, revision = world.material, world.material.revision
    contact = one_contact(world.case)
    told = {"material": row, "case": world.case}
    with triggers_off():
        MaterialItem.objects.create(revision=revision, contact_id=contact.pk, item="CI_FAMILY", **told)
        MaterialItem.objects.create(revision=revision + 1, item="CI_HEALTH", **told)
    assert "CI_FAMILY" not in disclosures.items_of(row)[world.case.pk]
    assert "CI_HEALTH" not in disclosures.items_of(row)[world.case.pk]
    assert disclosures.items_of(row, revision + 1) == {world.case.pk: frozenset({"CI_HEALTH"})}
    assert disclosures.items_of_contacts(row) == {contact.pk: frozenset({"CI_FAMILY"})}
    assert disclosures.contacts_of(row) == [(world.case.pk, contact.pk, "CI_FAMILY")]


def one_contact(case: Case) -> Any:
    """Return somebody around the prisoner."""
    return a_contact(case, "Milena Vesela")


# Bytes.


def printed(world: Any) -> Copy:
    """Return a copy that has left, with bytes and their fingerprint."""
    (copy,) = send(world)
    copy.file = BYTES
    copy.file_mac = keys.gate_mac(file_parts(copy))
    copy.save(update_fields=["file", "file_mac"])
    Copy.objects.filter(pk=copy.pk).update(dispatched_at=timezone.now())
    return Copy.objects.get(pk=copy.pk)


def other_bytes(copy: Copy) -> Copy:
    """Return the copy with other bytes behind its fingerprint."""
    with triggers_off():
        copy.file = BYTES + b" and more"
        copy.save(update_fields=["file"])
    return Copy.objects.get(pk=copy.pk)


def bytes_are_those_of_their_fingerprint(world: Any) -> None:
    (empty,) = send(world)
    assert not is_whole(empty)
    copy = printed(world)
    assert is_whole(copy) and bytes(copy.file or b"") == BYTES
    assert not is_whole(other_bytes(copy))


def what_is_handed_out_is_what_was_made(world: Any) -> None:
    client, copy = signed_in(Client(), world.ana), printed(world)
    address = reverse("materials:copy_file", args=[copy.pk])
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, BYTES)
    other_bytes(copy)
    answer = client.get(address)
    assert answer.status_code == 302 and BYTES not in answer.content


def no_bytes_are_handed_out_before_the_copy_left(world: Any) -> None:
    client, copy = signed_in(Client(), world.ana), printed(world)
    with triggers_off():
        Copy.objects.filter(pk=copy.pk).update(dispatched_at=None)
    assert client.get(reverse("materials:copy_file", args=[copy.pk])).status_code == 302


def nothing_is_handed_out_once_a_fact_changed(world: Any) -> None:
    client, copy = signed_in(Client(), world.ana), printed(world)
    spoilt(one(Place, world.case), place="Colony no. 7")
    answer = client.get(reverse("materials:copy_file", args=[copy.pk]))
    assert answer.status_code == 409 and BYTES not in answer.content


def nothing_is_handed_out_whose_chain_was_changed_outside(world: Any) -> None:
    client, copy = signed_in(Client(), world.ana), printed(world)
    with triggers_off():
        Review.objects.filter(material_id=world.material.pk).update(signed_at=F("signed_at") + SECOND)
    answer = client.get(reverse("materials:copy_file", args=[copy.pk]))
    assert answer.status_code == 409 and BYTES not in answer.content


def copies_are_numbered_one_after_the_other(world: Any) -> None:
    assert [row.number for _twice in range(2) for row in send(world)] == [1, 2]
