"""Alarms for the tests: raised through the form, signed through the page; trusted recipients as plain rows."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Membership
from casework.search import retag
from directory.models import Recipient
from materials.models import Material
from safety.models import OfficeSafety
from sealing.fields import save_each
from tests.factories import a_case, a_prisoner, put_on
from tests.people import a_person, signed_in

FILLED = {
    "name": "Ilias Varanen",
    "country": "BLR",
    "last_seen": "today, about 19:00",
    "place": "Lower Tarn, by the bridge",
    "taken_by": "Four men without signs, a grey van",
    "danger": "He needs insulin twice a day.",
    "ask": "Ask tonight where he is held.",
    "told": "Tried his phone and his sister at 20:10 and 20:40; nobody answers.",
}
FOUR = {"is_silence_not_wished": "on", "is_nobody_exposed": "on", "is_passing_on_known": "on", "is_stoppable": "on"}


def a_recipient(name: str = "Human rights desk", audience: str = "AU_OWNGOV", **fields: Any) -> Recipient:
    known = {
        "channel": "Duty line",
        "channel_verified_on": timezone.localdate(),
        "entered_by": a_person("dara"),
    }
    approved = {"approved_by": a_person("dara"), "seconded_by": fields.pop("seconded_by", a_person("rui"))}
    row = Recipient.objects.create(name=name, audience=audience, **{**known, **fields})
    save_each([row], **approved)
    row.refresh_from_db()
    return row


def as_typed(*recipients: Recipient, **changed: Any) -> dict[str, Any]:
    return {
        **FILLED,
        **FOUR,
        "basis": "CG_NONE_BEST",
        "language": "en",
        "recipients": [str(row.pk) for row in recipients],
        **changed,
    }


def wait(minutes: int | None) -> None:
    OfficeSafety.objects.update_or_create(
        pk=1, defaults={"emergency_wait_minutes": minutes, "contact_line": "Duty desk, +000 555 01"}
    )


def has_a_role(user: User) -> None:
    """Put this person on a case of somebody else, as everybody who works here is."""
    if not Membership.objects.filter(user=user, is_opening=False).exists():
        put_on(a_case(lead=a_person("tomas"), country="XPR"), user, "reader")


def as_(client: Client, username: str, **options: Any) -> Client:
    return signed_in(client, a_person(username), **options)


def to(name: str, material: Material) -> str:
    return reverse(f"advocacy:{name}", args=[material.pk])


def raised(client: Client, *recipients: Recipient, **changed: Any) -> Material:
    """Let ana, who has a role on a case that somebody gave her, raise the alarm through the form; returns the notice."""
    as_(client, "ana")
    has_a_role(a_person("ana"))
    answer = client.post(reverse("advocacy:urgent"), as_typed(*(recipients or (a_recipient(),)), **changed))
    assert answer.status_code == 302, answer.content.decode()
    return Material.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def signed(client: Client, material: Material, **more: Any) -> Any:
    as_(client, "rui", fresh=True)
    return client.post(
        to("urgent_sign", material), {"revision": material.revision, "mac": bytes(material.mac).hex(), **more}
    )


def retagged(case: Case, name: str) -> None:
    person = a_prisoner(case, name)
    for row in person.names.all():
        retag(row)
