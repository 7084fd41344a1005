"""The alarm through the pages: opened, signed, sent; alone; refused; nothing typed lost, nothing hidden revealed."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Copy, Dispatch, EmergencyCheck, Material, Milestone, Notice, Plan, Recipient
from casework.models import Case, Consent, Membership, Wish
from safety.models import OfficeSafety, SignerAlarm
from tests.factories import a_case, a_prisoner
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db
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
    known = {"channel": "Duty line", "channel_verified_on": timezone.localdate(), "approved_by": a_person("dara"), "seconded_by": a_person("rui")}
    return Recipient.objects.create(name=name, audience=audience, **{**known, **fields})


def as_typed(*recipients: Recipient, **changed: Any) -> dict[str, Any]:
    return {**FILLED, **FOUR, "basis": "CG_NONE_BEST", "language": "en", "recipients": [str(row.pk) for row in recipients], **changed}


def wait(minutes: int | None) -> None:
    OfficeSafety.objects.update_or_create(pk=1, defaults={"emergency_wait_minutes": minutes, "contact_line": "Duty desk, +000 555 01"})


def as_(client: Client, username: str, **options: Any) -> Client:
    return signed_in(client, a_person(username), **options)


def to(name: str, material: Material) -> str:
    return reverse(f"advocacy:{name}", args=[material.pk])


def raised(client: Client, *recipients: Recipient, **changed: Any) -> Material:
    """Let ana raise the alarm through the form; returns the notice."""
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(*(recipients or (a_recipient(),)), **changed))
    assert answer.status_code == 302, answer.content.decode()
    return Material.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def signed(client: Client, material: Material, **more: Any) -> Any:
    as_(client, "rui", fresh=True)
    return client.post(to("urgent_sign", material), {"revision": material.revision, "mac": bytes(material.mac).hex(), **more})


def test_eight_answers_and_three_pages_bring_a_notice_out_alone_where_the_wait_is_nothing(client: Client) -> None:
    wait(0)
    desk, consulate = a_recipient(), a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True)
    as_(client, "ana")
    pages = [client.get(reverse("advocacy:urgent"))]
    answer = client.post(reverse("advocacy:urgent"), as_typed(desk, consulate), follow=True)
    pages.append(answer)
    material = Material.objects.get()
    assert answer.redirect_chain == [(to("urgent_notice", material), 302)]
    assert "Send now to 2 recipients" in answer.content.decode()
    answer = client.post(to("urgent_send", material), follow=True)
    pages.append(answer)
    assert answer.redirect_chain == [(to("urgent_sent", material), 302)] and [page.status_code for page in pages] == [200, 200, 200]
    page = answer.content.decode()
    assert "Sent: 2 copies" in page and "Duty line" in page and "Consulate in Orlen" in page and "insulin" in page and "Duty desk, +000 555 01" in page
    assert len(FILLED) == 8
    copies = list(Copy.objects.order_by("number"))
    assert [copy.number for copy in copies] == [1, 2] and all(copy.dispatched_at for copy in copies)
    row = Dispatch.objects.get()
    assert row.dispatched_at and row.clearance.is_alone and dt.timedelta(hours=23) < row.review_due_at - timezone.now() <= dt.timedelta(hours=24)


def test_the_alarm_writes_the_whole_case_and_calls_every_signer(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    a_person("rui"), a_person("dara"), a_person("omar")
    with django_capture_on_commit_callbacks(execute=True):
        material = raised(client)
    case = Case.objects.get()
    assert case.lead.username == "ana" and case.country == "BLR" and case.codename
    assert (material.level, material.audience, material.status) == ("emergency", "AU_TRUSTED", "in_review")
    consent = Consent.objects.get()
    assert (consent.giver, consent.status, consent.basis) == ("CG_NONE_BEST", "CS_PRESUMED", "best_interest") and "sister" in consent.tried
    assert consent.until_at - consent.from_at == dt.timedelta(hours=72)
    assert Wish.objects.get().wants == "none_known" and EmergencyCheck.objects.get().answered_by.username == "ana"
    assert Plan.objects.get().template == "URGENT_72H" and Milestone.objects.filter(key__in=["C1", "C2"]).count() == 2
    called = set(SignerAlarm.objects.values_list("signer__username", flat=True))
    assert {"rui", "dara"} <= called and not called & {"ana", "omar"}
    assert {"rui", "dara"} <= set(Membership.objects.filter(case=case, role__in=["reviewer", "director"]).values_list("user__username", flat=True))
    assert set(Notice.objects.filter(kind="advocacy.urgent.called").values_list("user__username", flat=True)) == called
    sent = [message for message in mail.outbox if "rui@office.example" in message.to and case.reference in message.subject]
    assert len(sent) == 1 and to("urgent_sign", material) in sent[0].body
    assert "Varanen" not in str(sent[0].message()) and case.codename not in str(sent[0].message())


def test_a_signer_needs_two_pages_from_the_alarm_to_signed(client: Client) -> None:
    material = raised(client)
    as_(client, "rui")
    asked = client.get(to("urgent_sign", material))
    assert asked.status_code == 302 and "next=" in asked["Location"]
    as_(client, "rui", fresh=True)
    page = client.get(to("urgent_sign", material)).content.decode()
    assert all(words in page for words in ("insulin", "No wish for silence is known", "Leak scan", "Tried his phone"))
    assert signed(client, material, agrees="on").status_code == 302
    material.refresh_from_db()
    assert material.status == "cleared" and Consent.objects.get().seconded_by.username == "rui"
    assert SignerAlarm.objects.get(signer__username="rui").answered_at
    as_(client, "ana")
    assert client.post(to("urgent_send", material)).status_code == 302
    row = Dispatch.objects.get()
    assert row.dispatched_at and row.review_due_at is None and not row.clearance.is_alone
