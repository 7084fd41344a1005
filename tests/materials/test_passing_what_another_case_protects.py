"""What another case protects is passed by somebody who signs there too: nobody lets out what they may not see."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from casework.access.roles import RIGHTS
from casework.models import Case
from materials.models import Material
from materials.text_as_read import parts_as_read
from safety import gate
from safety.leaks import latest_scan, rule_on, scan
from safety.models import LeakFinding
from tests.factories import a_contact, a_prisoner, a_source, a_twin, on_case
from tests.gate.channels import undone
from tests.gate.near_misses import triggers_off
from tests.materials.packets import a_full_packet
from tests.materials.test_twins import NEUTRAL, PHONE, typed
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
GUARD = "who_rules_on_a_finding_signs_on_its_case"
WHY = "It stands on her own page."


@pytest.fixture
def case() -> Case:
    packet = a_full_packet()
    on_case(packet, "rui", "reviewer")
    return packet


@pytest.fixture
def other(case: Case) -> Case:
    """The other case of that person, on which rui has no role; his wife's telephone stands in it."""
    twin = a_twin(case, codename="Kestrel")
    a_prisoner(twin, "Ilias Varanen")
    a_contact(twin, "Nadia Sorel", phone=PHONE)
    return twin


@pytest.fixture
def material(case: Case, other: Case) -> Material:
    return typed(case, f"Ring {PHONE} tonight.")


def end_rights(case: Case, who: Any) -> None:
    """Let the time of this person's rights be over; a right is never moved, so no trigger may stand."""
    with triggers_off():
        case.caseuserobjectpermission_set.filter(user=who).update(until=timezone.now())


def finding_of(material: Material) -> LeakFinding:
    return LeakFinding.objects.get(material_id=material.pk)


def at_pass(material: Material) -> str:
    return reverse("materials:pass_finding", args=[material.pk, finding_of(material).pk])


def test_a_signer_who_may_not_see_the_other_case_neither_passes_it_nor_learns_of_it(
    client: Client, material: Material, other: Case
) -> None:
    rui = signed_in(client, a_person("rui"), fresh=True)
    page = rui.get(reverse("materials:review", args=[material.pk])).content.decode()
    assert NEUTRAL in page and "Pass with a reason" not in page and "Take out" in page
    form = rui.get(at_pass(material)).content.decode()
    assert NEUTRAL in form and "<textarea" not in form
    answer = rui.post(at_pass(material), {"reason": WHY})
    said = answer.content.decode()
    assert answer.status_code == 422 and NEUTRAL in said
    for told in (page, form, said):
        assert other.codename not in told and other.reference not in told and "telephone of" not in told
    assert finding_of(material).ruled_at is None
    assert "leak-finding-open" in gate.examine(gate.Leaving.of(material), moment="review").codes


def test_a_signer_on_both_cases_passes_it(client: Client, material: Material, other: Case) -> None:
    on_case(other, "rui", "reviewer")
    rui = signed_in(client, a_person("rui"), fresh=True)
    assert "Pass with a reason" in rui.get(reverse("materials:review", args=[material.pk])).content.decode()
    assert rui.post(at_pass(material), {"reason": WHY}).status_code == 302
    assert (finding_of(material).ruled_by, finding_of(material).reason) == (a_person("rui"), WHY)
    assert "leak-finding-open" not in gate.examine(gate.Leaving.of(material), moment="review").codes


@pytest.mark.parametrize("role", ["reader", "legal", "coordinator"])
def test_whoever_sees_the_other_case_and_does_not_sign_there_is_told_who_looks(
    client: Client, material: Material, other: Case, role: str
) -> None:
    on_case(other, "rui", role)
    rui = signed_in(client, a_person("rui"), fresh=True)
    page = rui.get(reverse("materials:review", args=[material.pk])).content.decode()
    assert "telephone of somebody around the prisoner" in page and "Pass with a reason" not in page
    assert rui.post(at_pass(material), {"reason": WHY}).status_code == 422
    assert finding_of(material).ruled_at is None


def test_who_signs_on_the_other_case_alone_does_not_rule_on_this_text(material: Material, other: Case) -> None:
    tomas = on_case(other, "tomas", "reviewer")
    with pytest.raises(NotAllowed):
        rule_on(actor=tomas, finding=finding_of(material), material=material, reason=WHY)


def test_what_this_case_protects_is_passed_as_before(case: Case, other: Case) -> None:
    a_contact(case, "Tomas Aare", phone="+386 40 765 432")
    material = typed(case, "Ring +386 40 765 432 tonight.")
    found = LeakFinding.objects.get(material_id=material.pk, case_id=case.pk)
    assert rule_on(actor=a_person("rui"), finding=found, material=material, reason=WHY).ruled_at is not None


def test_passing_what_this_case_protects_passes_nothing_of_the_other_at_the_same_place(case: Case, other: Case) -> None:
    a_contact(case, "Ode Lindqvist")
    a_source(other, identity="Ode Lindqvist")
    material = typed(case, "Ode Lindqvist asks it.")
    found = LeakFinding.objects.filter(material_id=material.pk)
    assert {row.case_id for row in found} == {case.pk, other.pk}
    rule_on(actor=a_person("rui"), finding=found.get(case_id=case.pk), material=material, reason=WHY)
    assert "leak-finding-open" in gate.examine(gate.Leaving.of(material), moment="review").codes
    with pytest.raises(ValidationError, match=NEUTRAL):
        rule_on(actor=a_person("rui"), finding=found.get(case_id=other.pk), material=material, reason=WHY)


def test_a_right_on_the_other_case_that_is_over_passes_nothing(material: Material, other: Case) -> None:
    rui = on_case(other, "rui", "reviewer")
    end_rights(other, rui)
    with pytest.raises(ValidationError, match=NEUTRAL):
        rule_on(actor=rui, finding=finding_of(material), material=material, reason=WHY)


def test_what_was_passed_stays_passed_when_the_same_words_are_scanned_again(material: Material, other: Case) -> None:
    rui = on_case(other, "rui", "reviewer")
    rule_on(actor=rui, finding=finding_of(material), material=material, reason=WHY)
    scan(actor=rui, material=material, parts=parts_as_read(material.title, material.body), disclosed={})
    latest = latest_scan(material)
    assert latest is not None
    assert {row.ruled_by for row in latest.findings.filter(case_id=other.pk)} == {rui}


def ruled_by_hand(finding: LeakFinding, who: Any) -> str:
    def act() -> None:
        row = LeakFinding.objects.get(pk=finding.pk)
        row.ruled_by, row.ruled_at, row.reason = who, timezone.now(), WHY
        row.save()

    return undone(act)


def test_the_database_takes_no_ruling_by_who_does_not_sign_where_it_is_protected(
    material: Material, other: Case
) -> None:
    rui, finding = a_person("rui"), finding_of(material)
    assert f"{GUARD}: unseen" in ruled_by_hand(finding, rui)
    on_case(other, "rui", "legal")
    assert f"{GUARD}: unseen" in ruled_by_hand(finding, rui)
    on_case(other, "rui", "reviewer")
    assert ruled_by_hand(finding, rui) == ""
    end_rights(other, rui)
    assert f"{GUARD}: unseen" in ruled_by_hand(finding, rui)
    with triggers_off(left_out=(f"{GUARD}:unseen",)):
        pass
    assert ruled_by_hand(finding, rui) == ""


def test_whoever_signs_on_a_case_sees_whom_it_protects() -> None:
    assert all("view_identity" in rights for rights in RIGHTS.values() if "sign_review" in rights)
