"""The leak scan again: what became protected after a text was scanned is looked for before it is copied, sent or served."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from casework.access import NotAllowed
from casework.models import Case, Charge, Contact, Name, Person, Place, Source
from casework.triggers import PROTECTED
from materials.actions.dispatches import dispatch, leave
from materials.actions.reviews import sign
from materials.leaving.scanning import renew_scan
from materials.models import Copy, Dispatch, Material, PublicPage
from safety import gate
from safety.leaks import latest_scan, protected_terms, rule_on, tick_read
from safety.models import LeakFinding, LeakScan
from safety.verdict import GateClosed
from tests.advocacy.journeys import PROOF, cleared, in_review, seen
from tests.directory.entries import chosen, to_somebody
from tests.factories import a_case, a_claim, a_consent, a_contact, a_detention, a_prisoner, a_source, a_twin, on_case
from tests.materials.test_public_pages import address, publish, supporters
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
IN_THE_TEXT = "Lower Tarn"


def named_in_the_text(case: Case) -> Contact:
    """Add somebody around the prisoner who is called by words that stand in the text."""
    contact = a_contact(case, "Ada Rell", other_names=IN_THE_TEXT)
    assert isinstance(contact, Contact)
    return contact


def pass_every_finding(material: Material) -> None:
    scan = latest_scan(material)
    assert scan is not None
    for finding in scan.findings.filter(ruled_at=None):
        rule_on(actor=a_person("rui"), finding=finding, material=material, reason="It is the district, not her.")


def test_a_page_that_names_somebody_added_later_is_gone_until_a_signer_rules(client: Client) -> None:
    material = supporters()
    publish(signed_in(client, a_person("ana")), material)
    page = address(PublicPage.objects.get())
    assert Client().get(page).status_code == 200
    named_in_the_text(material.cases.get())
    assert Client().get(page).status_code == 410
    rui = signed_in(Client(), a_person("rui"), fresh=True)
    review = rui.get(reverse("materials:review", args=[material.pk])).content.decode()
    assert "name of somebody around the prisoner" in review and IN_THE_TEXT in review
    pass_every_finding(material)
    assert Client().get(page).status_code == 200


def test_somebody_added_whom_the_text_does_not_name_takes_nothing_down_and_is_looked_for_once(client: Client) -> None:
    material = supporters()
    publish(signed_in(client, a_person("ana")), material)
    page = address(PublicPage.objects.get())
    a_contact(material.cases.get(), "Mara Ilves")
    for _time in range(2):
        assert Client().get(page).status_code == 200
    assert LeakScan.objects.count() == 2


def test_no_copy_is_made_of_a_text_that_names_somebody_added_after_the_signature(client: Client) -> None:
    material = cleared()
    named_in_the_text(material.cases.get())
    ana = signed_in(client, a_person("ana"), fresh=True)
    answer = ana.post(reverse("materials:dispatch", args=[material.pk]), chosen())
    assert answer.status_code == 409 and not Copy.objects.exists()
    assert "The leak scan found" in answer.content.decode() or "protected" in answer.content.decode()
    assert LeakFinding.objects.filter(ruled_at=None).exists()
    pass_every_finding(material)
    assert (
        len(dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])) == 1
    )


def test_what_was_ruled_on_stays_ruled_when_the_same_words_are_scanned_again() -> None:
    material = cleared()
    case = material.cases.get()
    named_in_the_text(case)
    with pytest.raises(GateClosed):
        dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])
    pass_every_finding(material)
    a_contact(case, "Mara Ilves")
    assert (
        len(dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])) == 1
    )
    latest = latest_scan(material)
    assert latest is not None and {row.ruled_by for row in latest.findings.all()} == {a_person("rui")}


def test_a_copy_that_waits_does_not_leave_after_somebody_in_it_became_protected() -> None:
    material = cleared()
    (copy,) = dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])
    named_in_the_text(material.cases.get())
    row = Dispatch.objects.get()
    with pytest.raises(GateClosed) as refused:
        leave(actor=a_person("ana"), row=row)
    assert refused.value.verdict.codes == ("leak-scan-outdated",)
    assert Copy.objects.get(pk=copy.pk).dispatched_at is None


def test_nothing_is_signed_that_names_somebody_added_after_it_went_to_review() -> None:
    material = in_review()
    case = material.cases.get()
    rui = on_case(case, "rui", "reviewer")
    named_in_the_text(case)
    with pytest.raises(Exception, match="conditions are not met") as refused:
        sign(actor=rui, material=material, seen=seen(material), proof=PROOF, checks={})
    assert "leak-finding-open" in {getattr(reason, "code", "") for reason in refused.value.reasons}  # type: ignore[attr-defined]


def test_words_that_were_read_instead_are_read_for_as_many_people_as_then() -> None:
    case = supporters().cases.get()
    a_contact(case, "مريم الحراني")
    material = in_review(case)
    scan = latest_scan(material)
    assert scan is not None and scan.verdict == "cannot_check"
    tick_read(actor=on_case(case, "tomas", "reviewer"), result=scan, material=material)
    leaving = gate.Leaving.of(material)
    a_contact(case, "Mara Ilves")
    page = reverse("materials:review", args=[material.pk])
    signed_in(Client(), a_person("rui"), fresh=True).get(page)
    assert "leak-scan-cannot-check" not in gate.examine(leaving, moment="review").codes
    a_contact(case, "سلمى الحراني")
    signed_in(Client(), a_person("rui"), fresh=True).get(page)
    assert "leak-scan-cannot-check" in gate.examine(leaving, moment="review").codes


def test_a_reading_written_past_the_program_is_not_taken_over() -> None:
    case = supporters().cases.get()
    a_contact(case, "مريم الحراني")
    material = in_review(case)
    scan = latest_scan(material)
    assert scan is not None
    LeakScan.objects.filter(pk=scan.pk).update(read_by=on_case(case, "tomas", "reviewer"), read_at=scan.scanned_at)
    a_contact(case, "Mara Ilves")
    renew_scan(material)
    assert "leak-scan-cannot-check" in gate.examine(gate.Leaving.of(material), moment="review").codes


def test_who_may_not_dispatch_starts_no_scan() -> None:
    material = cleared()
    named_in_the_text(material.cases.get())
    with pytest.raises(NotAllowed):
        dispatch(
            actor=on_case(material.cases.get(), "tomas", "legal"),
            material=material,
            to=[to_somebody("His Excellency the Ambassador")],
        )
    assert LeakScan.objects.count() == 1


CHANGES: list[tuple[type[Any], str, str]] = [
    (Name, "value", "Ilya Warren"),
    (Contact, "name", "Mara Ilves"),
    (Contact, "other_names", "Mari"),
    (Contact, "phone", "+372 555 010 22"),
    (Contact, "email", "mara@example.org"),
    (Contact, "address", "7 Mill Lane"),
    (Source, "identity", "Joosep Tamm"),
    (Place, "place", "Colony no. 9"),
    (Person, "document_number", "AB 1234567"),
    (Person, "residence", "12 Harbour Street"),
    (Charge, "case_number", "2-118/2025"),
]


def a_case_with_everything_protected() -> Case:
    case = a_case()
    person = a_prisoner(case, "Ilias Varanen")
    person.document_number, person.residence = "AB 7654321", "3 Harbour Street"
    person.save()
    a_contact(case, "Salme Ilves", phone="+372 555 010 11", email="salme@example.org", address="5 Mill Lane")
    source = a_source(case, identity="Tiit Tamm")
    a_claim(case, sources=[source])
    a_detention(case, place="Colony no. 4, Lower Tarn", charge="Penal Code art. 214")
    charge = Charge.objects.get(case=case)
    charge.case_number = "2-117/2025"
    charge.save()
    a_consent(case, ("CI_NAME",), ("AU_DIPLO",), giver="CG_FAMILY", giver_name="Salme Ilves")
    return case


def count(case: Case) -> int:
    return int(Case.objects.values_list("protected_revision", flat=True).get(pk=case.pk))


@pytest.mark.parametrize(("model", "column", "value"), CHANGES, ids=[f"{row[0].__name__}.{row[1]}" for row in CHANGES])
def test_each_protected_value_that_changes_is_counted_and_saving_it_again_is_not(
    model: Any, column: str, value: str
) -> None:
    case = a_case_with_everything_protected()
    row = model.objects.filter(case=case).first()
    before = count(case)
    row.save()
    assert count(case) == before
    setattr(row, column, value)
    row.save()
    assert count(case) == before + 1
    model.objects.filter(pk=row.pk).update(removed_at=case.opened_at)
    assert count(case) == before + 2


def test_every_field_that_the_scan_protects_is_counted_by_the_database() -> None:
    case = a_case_with_everything_protected()
    fields = {term.field for term in protected_terms([case], {case.pk: set()})}
    ours = {"casework.case.codename", "casework.case.reference"}  # these two never change
    counted = {
        f"casework.{apps.get_model('casework', table.removeprefix('casework_'))._meta.model_name}.{column}"
        for table, columns in PROTECTED.items()
        for column in columns
    }
    assert len(fields) > 9 and fields - ours <= counted


def test_somebody_added_to_another_case_of_the_same_person_is_looked_for_too() -> None:
    material = cleared()
    twin = a_twin(material.cases.get())
    dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])
    named_in_the_text(twin)
    with pytest.raises(GateClosed) as refused:
        dispatch(actor=a_person("ana"), material=material, to=[to_somebody("His Excellency the Ambassador")])
    assert "leak-finding-open" in refused.value.verdict.codes
