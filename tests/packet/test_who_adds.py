"""Who works with a family adds people around and events, and corrects what they brought themself: nothing of others."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.access import NotAllowed
from casework.access.roles import RIGHTS
from casework.actions import people, removal, timeline
from casework.models import Case, CaseUserObjectPermission, Claim, Contact, TimelineEvent
from packet.actions.events import save_event
from packet.pages.events import place_of
from tests.factories import a_case, a_contact, on_case, put_on
from tests.packet.filling import at, boxes, event, fill, words
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
NEW = {"kind": "family", "name": "Mara Thorn"}


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def leila(case: Case) -> User:
    return on_case(case, "leila", "liaison")


def address(name: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{name}", args=[case.reference, *args])


def an_event(case: Case, by: User | None = None) -> TimelineEvent:
    row: TimelineEvent = TimelineEvent.objects.create(case=case, on="2025", event="Arrested.", created_by=by)
    return row


@pytest.mark.parametrize("role", ["liaison", "researcher", "legal", "coordinator"])
def test_who_brings_something_adds_it_on_the_pages(client: Client, case: Case, role: str) -> None:
    bruna = on_case(case, "bruna", role)
    signed_in(client, bruna)
    assert address("add_contact", case) in client.get(address("contacts", case)).content.decode()
    assert client.post(address("add_contact", case), NEW).status_code == 302
    assert Contact.objects.get().created_by == bruna
    page = fill(client, case, event("A visit.", "March 2025"))
    assert "A visit." in words(page)
    assert TimelineEvent.objects.get().created_by == bruna


def test_a_liaison_corrects_removes_and_brings_back_what_is_theirs(client: Client, case: Case, leila: User) -> None:
    contact, row = a_contact(case, created_by=leila), an_event(case, leila)
    signed_in(client, leila)
    page = client.get(address("contact", case, contact.pk)).content.decode()
    assert (
        address("change_contact", case, contact.pk) in page and address("remove", case, "contact", contact.pk) in page
    )
    assert client.post(address("change_contact", case, contact.pk), NEW | {"version": "1"}).status_code == 302
    contact.refresh_from_db()
    assert contact.name == "Mara Thorn"
    assert place_of(row).replace("&", "&amp;") in client.get(at(case)).content.decode()
    fill(client, case, {f"e-{row.pk}-event": "Arrested at home."}, place=place_of(row))
    row.refresh_from_db()
    assert row.event == "Arrested at home."
    for kind, mine in (("contact", contact), ("event", row)):
        assert client.post(address("remove", case, kind, mine.pk)).status_code == 302
        mine.refresh_from_db()
        assert mine.removed_by == leila
        assert client.post(address("undo", case, kind, mine.pk)).status_code == 302
        mine.refresh_from_db()
        assert mine.removed_at is None


def test_a_liaison_changes_nothing_that_others_wrote(client: Client, case: Case, leila: User) -> None:
    contact, row = a_contact(case, created_by=case.lead), an_event(case, case.lead)
    nobodys = an_event(case)
    signed_in(client, leila)
    page = client.get(address("contact", case, contact.pk)).content.decode()
    assert address("change_contact", case, contact.pk) not in page and "Remove the contact" not in page
    assert client.get(address("change_contact", case, contact.pk)).status_code == 403
    assert client.post(address("change_contact", case, contact.pk), NEW | {"version": "1"}).status_code == 403
    story = client.get(at(case, place_of(row)))
    assert place_of(row) not in story.content.decode()
    assert not [name for name in boxes(story) if name.startswith(f"e-{row.pk}")]
    for kind, theirs in (("contact", contact), ("event", row), ("event", nobodys)):
        assert client.post(address("remove", case, kind, theirs.pk)).status_code == 403
        with pytest.raises(NotAllowed):
            removal.remove(actor=leila, row=theirs)
    with pytest.raises(NotAllowed):
        people.change_contact(actor=leila, row=contact, version=1, values={"name": "X"})
    with pytest.raises(NotAllowed):
        timeline.change_event(actor=leila, row=row, version=1, values={"event": "X"})
    with pytest.raises(NotAllowed):
        save_event(actor=leila, case=case, row=row, version=1, values={"event": "X"})


def test_what_a_colleague_took_out_does_not_come_back_by_its_author(case: Case, leila: User) -> None:
    row = an_event(case, leila)
    gone = removal.remove(actor=case.lead, row=row)
    with pytest.raises(NotAllowed):
        removal.undo(actor=leila, row=gone)
    assert removal.undo(actor=case.lead, row=gone).removed_at is None


def test_a_liaison_writes_no_claim_and_no_answer(client: Client, case: Case, leila: User) -> None:
    page = signed_in(client, leila).get(at(case))
    assert "A new claim, with these words" not in page.content.decode()
    assert not [name for name in boxes(page) if name.startswith("a-")]
    assert "Write it as a claim" not in words(page)
    refused = fill(client, case, event("Arrested.", "2025", rests="new"))
    assert refused.status_code == 422 and not Claim.objects.exists() and not TimelineEvent.objects.exists()
    with pytest.raises(NotAllowed):
        save_event(actor=leila, case=case, values={"on": "2025", "event": "Arrested."}, is_claimed=True)
    assert not TimelineEvent.objects.exists()


@pytest.mark.parametrize("role", ["reader", "communications", "reviewer"])
def test_who_only_reads_adds_nothing(client: Client, case: Case, role: str) -> None:
    bruna = on_case(case, "bruna", role)
    signed_in(client, bruna)
    assert "e0-event" not in client.get(at(case)).content.decode()
    assert client.get(address("add_contact", case)).status_code == 403
    assert client.post(address("add_contact", case), NEW).status_code == 403
    assert client.post(at(case), {"e0-version": "0", "e0-on": "2025", "e0-event": "X"}).status_code == 403
    with pytest.raises(NotAllowed):
        people.add_contact(actor=bruna, case=case, values=NEW)
    with pytest.raises(NotAllowed):
        timeline.add_event(actor=bruna, case=case, values={"on": "2025", "event": "X"})
    assert not Contact.objects.exists() and not TimelineEvent.objects.exists()


def test_a_liaison_of_another_case_learns_nothing(client: Client, case: Case) -> None:
    sam = a_person("sam")
    put_on(a_case(), sam, "liaison")
    row = a_contact(case, created_by=sam)
    signed_in(client, sam)
    for name, args in (("add_contact", ()), ("change_contact", (row.pk,)), ("remove", ("contact", row.pk))):
        assert client.post(address(name, case, *args), NEW).status_code == 404
    with pytest.raises(NotAllowed):
        people.change_contact(actor=sam, row=row, version=1, values={"name": "X"})


def test_the_database_gives_the_right_to_add_to_the_roles_that_have_it_alone(case: Case) -> None:
    right = Permission.objects.get(codename="add_to_packet", content_type__app_label="casework")
    for role, rights in RIGHTS.items():
        person = on_case(case, f"person-{role}", role)
        held = CaseUserObjectPermission.objects.filter(user=person, permission=right)
        assert held.exists() == ("add_to_packet" in rights)
        if not held.exists():
            with pytest.raises(DatabaseError, match="not-a-right-of-the-role"), transaction.atomic():
                CaseUserObjectPermission.objects.create(user=person, permission=right, content_object=case)


def test_the_database_keeps_who_added_a_row(case: Case, leila: User) -> None:
    for row in (a_contact(case, created_by=case.lead), an_event(case, case.lead), an_event(case)):
        with pytest.raises(DatabaseError, match="another-author"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(created_by=leila)
