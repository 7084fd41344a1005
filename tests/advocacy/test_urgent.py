"""The alarm through the pages: opened, signed, sent; alone; refused; nothing typed lost, nothing hidden revealed."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Copy, Dispatch, EmergencyCheck, Material, Milestone, Notice, Plan, Recipient
from casework.actions.consent import withdraw_consent
from casework.models import Case, Consent, Membership, Name, Wish
from casework.search import retag
from safety.models import Clearance, OfficeSafety, SignerAlarm
from tests.factories import a_case, a_prisoner, put_on
from tests.gate.ready import make_ready
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
    known = {
        "channel": "Duty line",
        "channel_verified_on": timezone.localdate(),
        "approved_by": a_person("dara"),
        "seconded_by": a_person("rui"),
    }
    return Recipient.objects.create(name=name, audience=audience, **{**known, **fields})


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
    return client.post(
        to("urgent_sign", material), {"revision": material.revision, "mac": bytes(material.mac).hex(), **more}
    )


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
    assert answer.redirect_chain == [(to("urgent_sent", material), 302)] and [page.status_code for page in pages] == [
        200,
        200,
        200,
    ]
    page = answer.content.decode()
    assert (
        "Sent: 2 copies" in page
        and "Duty line" in page
        and "Consulate in Orlen" in page
        and "insulin" in page
        and "Duty desk, +000 555 01" in page
    )
    assert len(FILLED) == 8
    copies = list(Copy.objects.order_by("number"))
    assert [copy.number for copy in copies] == [1, 2] and all(copy.dispatched_at for copy in copies)
    row = Dispatch.objects.get()
    assert (
        row.dispatched_at
        and row.clearance.is_alone
        and dt.timedelta(hours=23) < row.review_due_at - timezone.now() <= dt.timedelta(hours=24)
    )


def test_the_alarm_writes_the_whole_case_and_calls_every_signer(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    a_person("rui"), a_person("dara"), a_person("omar")
    with django_capture_on_commit_callbacks(execute=True):
        material = raised(client)
    case = Case.objects.get()
    assert case.lead.username == "ana" and case.country == "BLR" and case.codename
    assert (material.level, material.audience, material.status) == ("emergency", "AU_TRUSTED", "in_review")
    consent = Consent.objects.get()
    assert (consent.giver, consent.status, consent.basis) == (
        "CG_NONE_BEST",
        "CS_PRESUMED",
        "best_interest",
    ) and "sister" in consent.tried
    assert consent.until_at - consent.from_at == dt.timedelta(hours=72)
    assert Wish.objects.get().wants == "none_known" and EmergencyCheck.objects.get().answered_by.username == "ana"
    assert Plan.objects.get().template == "URGENT_72H" and Milestone.objects.filter(key__in=["C1", "C2"]).count() == 2
    called = set(SignerAlarm.objects.values_list("signer__username", flat=True))
    assert {"rui", "dara"} <= called and not called & {"ana", "omar"}
    assert {"rui", "dara"} <= set(
        Membership.objects.filter(case=case, role__in=["reviewer", "director"]).values_list("user__username", flat=True)
    )
    assert set(Notice.objects.filter(kind="advocacy.urgent.called").values_list("user__username", flat=True)) == called
    sent = [
        message for message in mail.outbox if "rui@office.example" in message.to and case.reference in message.subject
    ]
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


def test_a_wrong_answer_stops_in_sentences_and_nothing_typed_is_lost(client: Client) -> None:
    wait(0)
    row = a_recipient()
    as_(client, "ana")
    said = as_typed(row)
    del said["is_silence_not_wished"], said["is_nobody_exposed"]
    answer = client.post(reverse("advocacy:urgent"), said)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and "A wish for silence is known, or you are not sure" in page
        and "could expose a source or a relative" in page
    )
    assert all(words in page for words in FILLED.values()) and "Open the case without a notice" in page
    assert not Case.objects.exists() and not Material.objects.exists()


def test_the_case_may_be_opened_without_a_notice_and_keeps_every_word(client: Client) -> None:
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), {**FILLED, "without_notice": "1"})
    case = Case.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("casework:case", args=[case.reference])
    assert not Material.objects.exists() and not Consent.objects.exists() and not SignerAlarm.objects.exists()
    assert case.why_now == FILLED["danger"] and all(
        FILLED[name] in case.summary for name in ("last_seen", "place", "taken_by", "ask", "told")
    )


@pytest.mark.parametrize("name", [*FILLED, "basis", "recipients"])
def test_each_missing_answer_is_named_and_nothing_is_half_written(client: Client, name: str) -> None:
    row = a_recipient()
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(row, **{name: ""}))
    assert answer.status_code == 422 and not Case.objects.exists() and not Consent.objects.exists()


def test_a_stranger_is_sent_to_sign_in_and_an_outside_reviewer_may_not(client: Client) -> None:
    row = a_recipient()
    assert client.get(reverse("advocacy:urgent")).status_code == 302
    assert client.post(reverse("advocacy:urgent"), as_typed(row)).status_code == 302
    as_(client, "omar")
    assert client.get(reverse("advocacy:urgent")).status_code == 403
    assert client.post(reverse("advocacy:urgent"), as_typed(row)).status_code == 403
    assert not Case.objects.exists()


def test_nobody_off_the_case_finds_the_notice(client: Client) -> None:
    material = raised(client)
    as_(client, "sam", fresh=True)
    for name in ("urgent_notice", "urgent_sent", "urgent_sign", "urgent_look_back"):
        assert client.get(to(name, material)).status_code == 404
    for name in ("urgent_send", "urgent_call", "urgent_sign", "urgent_agree", "urgent_look_back"):
        assert client.post(to(name, material)).status_code == 404
    assert not Copy.objects.exists()


def test_a_double_that_may_be_seen_is_shown_and_asks_for_a_word(client: Client) -> None:
    case = a_case(codename="Heron")
    retagged(case, "Ilias Varanen")
    row = a_recipient()
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(row))
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and "Possible double" in page
        and reverse("casework:case", args=[case.reference]) in page
    )
    assert Case.objects.count() == 1
    answer = client.post(reverse("advocacy:urgent"), as_typed(row, is_other_person="on"))
    assert answer.status_code == 302 and Case.objects.count() == 2


def test_a_double_that_may_not_be_seen_is_not_told_of(client: Client) -> None:
    hidden = a_case(codename="Heron", lead=a_person("tomas"))
    retagged(hidden, "Ilias Varanen")
    row = a_recipient()
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(row))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Heron" not in page and hidden.reference not in page and "double" not in page


def retagged(case: Case, name: str) -> None:
    person = a_prisoner(case, name)
    for row in person.names.all():
        retag(row)


def test_a_safe_label_keeps_the_name_out_and_may_be_sent_alone(client: Client) -> None:
    wait(0)
    material = raised(client, name="A nurse of the night shift", is_label="on")
    case = Case.objects.get()
    assert case.public_label == "A nurse of the night shift" and not Name.objects.exists()
    assert not Consent.objects.get().grants.filter(item="CI_NAME").exists()
    assert "Only a safe label is stored" in client.get(to("urgent_notice", material)).content.decode()
    assert client.post(to("urgent_send", material)).status_code == 302 and Copy.objects.get().dispatched_at


def test_a_given_consent_is_recorded_as_given(client: Client) -> None:
    raised(client, basis="CG_FAMILY", told="His sister, by telephone at 20:40", also=["CI_HEALTH"])
    consent = Consent.objects.get()
    assert (consent.giver, consent.status, consent.basis) == (
        "CG_FAMILY",
        "CS_GIVEN",
        "consent",
    ) and "sister" in consent.proof
    assert {"CI_NAME", "CI_HEALTH"} <= set(consent.grants.values_list("item", flat=True))
    assert not Milestone.objects.filter(key="C1").exists()


@pytest.mark.parametrize("minutes", [30, None], ids=["before the wait is over", "never alone"])
def test_nobody_sends_alone_while_a_signer_may_still_answer(client: Client, minutes: int | None) -> None:
    wait(minutes)
    material = raised(client)
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "A signer may still answer" in answer.content.decode()
    assert not Dispatch.objects.exists() and not Clearance.objects.exists()


def test_a_signer_who_sent_it_back_ends_sending_alone(client: Client) -> None:
    wait(0)
    material = raised(client)
    as_(client, "rui")
    client.post(reverse("advocacy:send_back", args=[material.pk]), {"note": "The van was white."})
    as_(client, "ana")
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and not Dispatch.objects.exists()
    assert "The van was white." in answer.content.decode()


def test_changed_words_call_the_signers_again(client: Client) -> None:
    wait(0)
    material = raised(client)
    first = material.revision
    client.post(reverse("advocacy:take_back", args=[material.pk]))
    said = {"version": material.version, "title": material.title} | {
        "text-" + row["code"].replace(".", "-"): row["text"] for row in material.body
    }
    said |= {
        "text-PROTECTIVE_NOTICE-4": "Three men",
        f"items-{Case.objects.get().pk}": ["CI_NAME", "CI_LOCATION", "CI_BIO"],
    }
    assert client.post(reverse("advocacy:material_edit", args=[material.pk]), said).status_code == 302
    assert client.post(to("urgent_send", material)).status_code == 409
    assert client.post(to("urgent_call", material)).status_code == 302
    material.refresh_from_db()
    assert (
        material.revision > first
        and SignerAlarm.objects.filter(revision=material.revision, signer__username="rui").exists()
    )
    assert client.post(to("urgent_send", material)).status_code == 302
    assert "Three men" in client.get(to("urgent_sent", material)).content.decode()
    assert client.post(reverse("advocacy:compose_again", args=[material.pk]), {"version": 1}).status_code == 302


def test_the_author_may_not_sign_and_a_reader_may_not_send(client: Client) -> None:
    material = raised(client)
    as_(client, "ana", fresh=True)
    assert client.get(to("urgent_sign", material)).status_code == 403
    put_on(Case.objects.get(), a_person("sam"), "reader")
    as_(client, "sam")
    assert client.get(to("urgent_notice", material)).status_code == 404
    assert client.post(to("urgent_send", material)).status_code == 403


def test_a_text_that_changed_after_it_was_opened_is_not_signed(client: Client) -> None:
    material = raised(client)
    as_(client, "rui", fresh=True)
    answer = client.post(to("urgent_sign", material), {"revision": material.revision, "mac": "00" * 32})
    assert answer.status_code == 409 and "changed after you opened it" in answer.content.decode()


def test_a_consent_that_is_withdrawn_between_stops_everything(client: Client) -> None:
    wait(0)
    material = raised(client)
    withdraw_consent(actor=a_person("ana"), consent=Consent.objects.get())
    answer = client.post(to("urgent_send", material))
    page = answer.content.decode()
    assert answer.status_code == 409 and "no live consent" in page and not Dispatch.objects.exists()


def test_a_recipient_that_ended_gets_none_and_the_others_do(client: Client) -> None:
    wait(0)
    desk, consulate = a_recipient(), a_recipient("Consulate in Orlen", "AU_DIPLO")
    material = raised(client, desk, consulate)
    Recipient.objects.filter(pk=consulate.pk).update(ended_at=timezone.now())
    answer = client.post(to("urgent_send", material))
    page = answer.content.decode()
    assert answer.status_code == 200 and "Consulate in Orlen: The recipient is not on the approved list." in page
    assert [copy.recipient for copy in Copy.objects.all()] == [desk]


def test_where_every_recipient_is_refused_nothing_is_written(client: Client) -> None:
    wait(0)
    material = raised(client)
    Recipient.objects.update(ended_at=timezone.now())
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "Nobody got a copy" in answer.content.decode()
    assert not Dispatch.objects.exists() and not Clearance.objects.exists() and not Copy.objects.exists()


def test_a_recipient_whom_one_person_approved_cannot_be_chosen(client: Client) -> None:
    row = a_recipient(seconded_by=None)
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(row))
    assert answer.status_code == 422 and not Case.objects.exists()


def test_sending_twice_makes_no_second_copy(client: Client) -> None:
    wait(0)
    material = raised(client)
    client.post(to("urgent_send", material))
    assert client.post(to("urgent_send", material)).status_code in {302, 409}
    assert Copy.objects.count() == 1


def test_a_second_person_looks_at_what_was_sent_alone(client: Client) -> None:
    wait(0)
    material = raised(client)
    client.post(to("urgent_send", material))
    assert list(Dispatch.objects.to_review_after(a_person("ana"))) == []
    assert [row.material for row in Dispatch.objects.to_review_after(a_person("rui"))] == [material]
    as_(client, "rui")
    assert client.get(to("urgent_look_back", material)).status_code == 302
    as_(client, "rui", fresh=True)
    assert "Your second look" in client.get(to("urgent_look_back", material)).content.decode()
    assert client.post(to("urgent_look_back", material), {"note": ""}).status_code == 422
    assert client.post(to("urgent_look_back", material), {"note": "It was right."}).status_code == 302
    row = Dispatch.objects.get()
    assert row.reviewed_after_by.username == "rui" and row.reviewed_after_at
    assert not Dispatch.objects.to_review_after(a_person("rui")).exists()


def test_a_late_second_look_rests_the_right_to_send_alone(client: Client) -> None:
    wait(0)
    late = make_ready("PROTECTIVE_NOTICE", "AU_TRUSTED", alone=True)
    late.a_dispatch(review_due_at=timezone.now() - dt.timedelta(hours=1)).save()
    second = raised(client, name="Another Person")
    answer = client.post(to("urgent_send", second))
    assert answer.status_code == 409 and "sending alone rests" in answer.content.decode()
    assert signed(client, second).status_code == 302
    as_(client, "ana")
    assert client.post(to("urgent_send", second)).status_code == 302
    assert Dispatch.objects.filter(material=second, clearance__is_alone=False).exists()


def test_a_second_person_agrees_to_best_interest_afterwards(client: Client) -> None:
    material = raised(client)
    assert client.post(to("urgent_agree", material)).status_code == 403
    as_(client, "rui")
    assert "Agree as second person" in client.get(to("urgent_notice", material)).content.decode()
    assert client.post(to("urgent_agree", material)).status_code == 302
    assert Consent.objects.get().seconded_by.username == "rui"


def test_letters_that_cannot_be_seen_do_not_stop_an_alarm(client: Client) -> None:
    wait(0)
    material = raised(client, ask="Ask\u200b tonight")
    assert client.post(to("urgent_send", material)).status_code == 302
