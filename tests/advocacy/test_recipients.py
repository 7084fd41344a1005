"""Trusted recipients through the pages: entered by one, approved by two others, ended by one; never the public."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import recipients
from advocacy.models import Recipient
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def entered(client: Client, **changed: Any) -> Any:
    signed_in(client, a_person("ana"))
    said = {
        "name": "Human rights desk",
        "audience": "AU_OWNGOV",
        "channel": "Duty line +000 555 01",
        "verified_on": timezone.localdate().isoformat(),
        "passes_name_on": "no",
    }
    return client.post(reverse("advocacy:recipient_enter"), {**said, **changed})


def approve(client: Client, username: str, row: Recipient, *, fresh: bool = True) -> Any:
    signed_in(client, a_person(username), fresh=fresh)
    return client.post(reverse("advocacy:recipient_approve", args=[row.pk]))


def test_a_recipient_counts_once_two_people_approved_it(client: Client) -> None:
    assert entered(client).status_code == 302
    row = Recipient.objects.get()
    assert row.passes_name_on is False and not Recipient.objects.approved().exists()
    assert approve(client, "rui", row).status_code == 302
    assert not Recipient.objects.approved().exists()
    page = client.get(reverse("advocacy:recipients")).content.decode()
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
    client.post(reverse("advocacy:recipient_end", args=[row.pk]))
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
    client.post(reverse("advocacy:recipient_end", args=[row.pk]))
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
            assert client.get(reverse(f"advocacy:{name}", args=args)).status_code == status
        for name, args in (("recipient_enter", []), ("recipient_approve", [row.pk]), ("recipient_end", [row.pk])):
            assert client.post(reverse(f"advocacy:{name}", args=args)).status_code == status


@pytest.mark.parametrize("audience", ["AU_PUBLIC", "AU_SUPPORT", "AU_MEDIA_BG", "AU_PARTNER", "AU_DONOR", "AU_HOLDER"])
def test_no_public_audience_and_no_jailer_is_ever_trusted(client: Client, audience: str) -> None:
    assert entered(client, audience=audience).status_code == 422
    with pytest.raises(ValidationError):
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
