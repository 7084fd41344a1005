"""Trusted recipients through the pages: entered by one, approved by two others, ended by one; never the public."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import PersonRole
from directory.actions import recipients
from directory.models import Recipient
from tests.factories import a_case, on_case
from tests.people import a_person, give_office_role, signed_in

pytestmark = pytest.mark.django_db


def entered(client: Client, *, by: str = "ana", **changed: Any) -> Any:
    if by == "ana" and not a_person("ana").memberships.exists():
        a_case()
    signed_in(client, a_person(by))
    said = {
        "name": "Human rights desk",
        "audience": "AU_OWNGOV",
        "channel": "Duty line +000 555 01",
        "verified_on": timezone.localdate().isoformat(),
        "passes_name_on": "no",
    }
    return client.post(reverse("directory:recipient_enter"), {**said, **changed})


def approve(client: Client, username: str, row: Recipient, *, fresh: bool = True) -> Any:
    signed_in(client, a_person(username), fresh=fresh)
    return client.post(reverse("directory:recipient_approve", args=[row.pk]))


def test_a_recipient_counts_once_two_people_approved_it(client: Client) -> None:
    assert entered(client).status_code == 302
    row = Recipient.objects.get()
    assert row.passes_name_on is False and not Recipient.objects.approved().exists()
    assert approve(client, "rui", row).status_code == 302
    assert not Recipient.objects.approved().exists()
    page = client.get(reverse("directory:recipients")).content.decode()
    assert "Approved by Rui. A second person must agree." in page
    assert approve(client, "dara", row).status_code == 302
    assert Recipient.objects.approved().get() == row


def test_the_first_may_not_also_be_the_second(client: Client) -> None:
    entered(client)
    row = Recipient.objects.get()
    approve(client, "rui", row)
    answer = approve(client, "rui", row)
    assert answer.status_code == 409 and "A second person must agree" in answer.content.decode()
    assert not Recipient.objects.approved().exists()


@pytest.mark.parametrize("username", ["ana", "admin", "noor"])
def test_whoever_may_not_sign_for_the_office_approves_and_ends_nothing(client: Client, username: str) -> None:
    entered(client)
    row = Recipient.objects.get()
    assert approve(client, username, row).status_code == 409
    client.post(reverse("directory:recipient_end", args=[row.pk]))
    row.refresh_from_db()
    assert row.approved_by is None and row.ended_at is None


def test_approving_asks_for_the_second_factor(client: Client) -> None:
    entered(client)
    row = Recipient.objects.get()
    assert "next=" in approve(client, "rui", row, fresh=False)["Location"]
    row.refresh_from_db()
    assert row.approved_by is None


def test_one_signer_ends_a_recipient_at_once_and_for_good(client: Client) -> None:
    entered(client)
    row = Recipient.objects.get()
    approve(client, "rui", row)
    client.post(reverse("directory:recipient_end", args=[row.pk]))
    row.refresh_from_db()
    assert row.ended_at
    assert approve(client, "dara", row).status_code == 409 and not Recipient.objects.approved().exists()


def test_the_list_does_not_exist_for_strangers_and_outside_reviewers(client: Client) -> None:
    entered(client)
    row = Recipient.objects.get()
    for username, status in (("omar", 404), (None, 302)):
        client.logout()
        if username:
            signed_in(client, a_person(username), fresh=True)
        for name, args in (("recipients", []), ("recipient_enter", []), ("recipient_approve", [row.pk])):
            assert client.get(reverse(f"directory:{name}", args=args)).status_code == status
        for name, args in (("recipient_enter", []), ("recipient_approve", [row.pk]), ("recipient_end", [row.pk])):
            assert client.post(reverse(f"directory:{name}", args=args)).status_code == status


@pytest.mark.parametrize("audience", ["AU_PUBLIC", "AU_SUPPORT", "AU_MEDIA_BG", "AU_PARTNER", "AU_DONOR", "AU_HOLDER"])
def test_no_public_audience_and_no_jailer_is_ever_trusted(client: Client, audience: str) -> None:
    assert entered(client, audience=audience).status_code == 422
    with pytest.raises(ValidationError, match="officials, bodies, courts"):
        recipients.enter(
            actor=a_person("ana"),
            name="x",
            audience=audience,
            channel="y",
            verified_on=timezone.localdate(),
            passes_name_on=False,
        )
    assert not Recipient.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"channel": ""},
        {"passes_name_on": ""},
        {"verified_on": ""},
        {"verified_on": (timezone.localdate() + dt.timedelta(days=2)).isoformat()},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_each_answer_about_a_recipient_is_needed(client: Client, wrong: dict[str, str]) -> None:
    assert entered(client, **wrong).status_code == 422
    assert not Recipient.objects.exists()


def test_the_list_says_who_proposed_it(client: Client) -> None:
    entered(client)
    assert "proposed by <bdi>Ana</bdi>" in client.get(reverse("directory:recipients")).content.decode()


@pytest.mark.parametrize("by", ["rui", "dara"])
def test_who_signs_for_the_office_may_propose_one(client: Client, by: str) -> None:
    assert entered(client, by=by).status_code == 302
    assert Recipient.objects.get().entered_by == a_person(by)


@pytest.mark.parametrize(
    "role", ["", "reader", "liaison", "legal", "researcher", "communications", "auditor", "administrator"]
)
def test_whoever_neither_coordinates_nor_signs_proposes_none(client: Client, role: str) -> None:
    by = {"auditor": "noor", "administrator": "admin"}.get(role, "tomas")
    if role and by == "tomas":
        on_case(a_case(), by, role)
    answer = entered(client, by=by)
    assert answer.status_code == 403 and "Who coordinates a case" in answer.content.decode()
    assert client.get(reverse("directory:recipient_enter")).status_code == 403
    page = client.get(reverse("directory:recipients"))
    assert page.status_code == 200 and reverse("directory:recipient_enter") not in page.content.decode()
    with pytest.raises(ValidationError):
        recipients.enter(
            actor=a_person(by),
            name="x",
            audience="AU_OWNGOV",
            channel="y",
            verified_on=timezone.localdate(),
            passes_name_on=False,
        )
    assert not Recipient.objects.exists()


def by_hand(**said: Any) -> str:
    """Insert or change a row past every verb and return what the database said."""
    rows = Recipient.objects.all()
    words = {"name": "False desk", "audience": "AU_OWNGOV", "channel": "Somewhere"}
    try:
        with transaction.atomic():
            rows.update(**said) if rows.exists() else rows.create(**words, **said)
    except (IntegrityError, DatabaseError) as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("by", ["nobody", "tomas", "noor", "admin", "former", "new"])
def test_the_database_takes_no_proposal_of_anybody_else(by: str) -> None:
    case = a_case()
    person = None if by == "nobody" else a_person(by)
    if by == "former":
        case.memberships.update(ended_at=timezone.now())
        person = case.lead
    if by == "new":
        give_office_role(person, "reviewer", at=timezone.now())
    assert "a_recipient_begins_as_a_proposal: may-not-propose" in by_hand(entered_by=person)


def test_the_database_takes_one_of_a_coordinator_and_of_a_signer() -> None:
    assert by_hand(entered_by=a_case().lead) == ""
    assert Recipient.objects.count() == 1


def test_the_database_takes_no_recipient_that_is_born_approved() -> None:
    said = by_hand(entered_by=a_person("rui"), approved_by=a_person("rui"), seconded_by=a_person("dara"))
    assert "born-approved" in said and not Recipient.objects.exists()


@pytest.mark.parametrize("by", ["ana", "noor", "admin", "omar"])
def test_the_database_takes_no_approval_of_who_does_not_sign_for_the_office(by: str) -> None:
    assert by_hand(entered_by=a_person("rui")) == ""
    assert "first-may-not-sign" in by_hand(approved_by=a_person(by))
    assert by_hand(approved_by=a_person("rui")) == ""
    assert "second-may-not-sign" in by_hand(seconded_by=a_person(by))
    assert by_hand(seconded_by=a_person("dara")) == ""


def test_an_approval_stands_when_the_role_of_who_gave_it_ends(client: Client) -> None:
    entered(client)
    row = Recipient.objects.get()
    approve(client, "rui", row)
    PersonRole.objects.filter(user=a_person("rui")).update(ended_at=timezone.now(), ended_by=a_person("dara"))
    assert approve(client, "dara", row).status_code == 302 and Recipient.objects.approved().get() == row
