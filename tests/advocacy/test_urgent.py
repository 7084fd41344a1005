"""The alarm through the pages: what it asks, what it opens, whom it calls; nothing typed lost, nothing hidden revealed."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Milestone, Plan
from casework.actions.consent import record_wish
from casework.models import Case, Claim, Consent, Detention, Membership, Name, Place, Wish
from materials.models import Copy, Dispatch, EmergencyCheck, Material
from safety.models import SignerAlarm
from tests.advocacy.alarms import FILLED, a_recipient, as_, as_typed, has_a_role, raised, retagged, signed, to, wait
from tests.factories import a_case, a_consent, a_contact, put_on
from tests.people import a_person
from work.models import Notice

pytestmark = pytest.mark.django_db


def test_eight_answers_and_three_pages_bring_a_notice_out_alone_where_the_wait_is_nothing(client: Client) -> None:
    wait(0)
    desk, consulate = a_recipient(), a_recipient("Consulate in Orlen", "AU_DIPLO", passes_name_on=True)
    as_(client, "ana")
    has_a_role(a_person("ana"))
    pages = [client.get(reverse("advocacy:urgent"))]
    answer = client.post(reverse("advocacy:urgent"), as_typed(desk, consulate, may_be_named="on"), follow=True)
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
        "To hand over: 2 copies" in page
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
    case = Case.objects.get(country="BLR")
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
        message for message in mail.outbox if "rui@office.example" in message.to and "urgent notice" in message.subject
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
    case = Case.objects.get(country="BLR")
    assert answer.status_code == 302 and answer["Location"] == reverse("casework:case", args=[case.reference])
    assert not Material.objects.exists() and not Consent.objects.exists() and not SignerAlarm.objects.exists()
    assert all(FILLED[name] in case.summary for name in ("ask", "told"))
    spell, place, claim = Detention.objects.get(), Place.objects.get(), Claim.objects.get()
    kept = [spell.circumstances, place.place, spell.taken_by, claim.text]
    assert all(
        FILLED[name] in words for name, words in zip(("last_seen", "place", "taken_by", "danger"), kept, strict=True)
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
        and "Possible twin" in page
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
    assert "Heron" not in page and hidden.reference not in page and "twin" not in page


def test_a_safe_label_keeps_the_name_out_and_may_be_sent_alone(client: Client) -> None:
    wait(0)
    material = raised(client, name="A nurse of the night shift", is_label="on")
    case = Case.objects.get(country="BLR")
    assert case.public_label == "A nurse of the night shift" and not Name.objects.exists()
    assert not Consent.objects.get().grants.filter(item="CI_NAME").exists()
    assert "Only a safe label is stored" in client.get(to("urgent_notice", material)).content.decode()
    assert client.post(to("urgent_send", material)).status_code == 302 and Copy.objects.get().dispatched_at


def test_a_given_consent_is_recorded_as_given(client: Client) -> None:
    told = {"basis": "CG_FAMILY", "told": "His sister, by telephone at 20:40", "also": ["CI_HEALTH"]}
    words = as_(client, "ana").post(reverse("advocacy:urgent"), as_typed(a_recipient(), **told)).content.decode()
    assert "Write in which language it was given. It is needed for: Health" in words and not Consent.objects.exists()
    raised(client, **told, method="CM_VERBAL", spoken="Their own", explained="Who reads it, and that she may say no.")
    consent = Consent.objects.get()
    assert (consent.giver, consent.status, consent.basis) == (
        "CG_FAMILY",
        "CS_GIVEN",
        "consent",
    ) and "sister" in consent.proof
    assert {"CI_NAME", "CI_HEALTH"} <= set(consent.grants.values_list("item", flat=True))
    assert not Milestone.objects.filter(key="C1").exists()


def test_an_alarm_on_a_case_that_exists_opens_no_second_one_and_loses_nothing_typed(client: Client) -> None:
    wait(0)
    case = a_case(codename="Heron")
    retagged(case, "Ilias Varanen")
    row = a_recipient()
    as_(client, "ana")
    page = client.post(reverse("advocacy:urgent"), as_typed(row)).content.decode()
    assert f"It is {case}: raise the alarm there" in page and FILLED["danger"] in page
    answer = client.post(reverse("advocacy:urgent"), as_typed(row, on_case=case.reference))
    material = Material.objects.get()
    assert answer["Location"] == to("urgent_notice", material) and list(material.cases.all()) == [case]
    assert Case.objects.count() == 1 and client.post(to("urgent_send", material)).status_code == 302
    assert "On the case Heron" in client.get(reverse("advocacy:urgent"), {"case": case.reference}).content.decode()


def test_a_name_of_the_family_in_the_notice_of_a_known_case_stops_it(client: Client) -> None:
    wait(0)
    case = a_case(codename="Heron")
    a_contact(case, "Mara Varanen")
    as_(client, "ana")
    client.post(
        reverse("advocacy:urgent"), as_typed(a_recipient(), on_case=case.reference, danger="They asked for Mara too.")
    )
    material = Material.objects.get()
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and "The leak scan found" in answer.content.decode() and not Copy.objects.exists()


def test_a_known_wish_for_silence_stops_an_alarm_on_the_case(client: Client) -> None:
    case = a_case(codename="Heron")
    record_wish(actor=a_person("ana"), case=case, wants="silence", told_by="Himself, in May.")
    as_(client, "ana")
    answer = client.post(reverse("advocacy:urgent"), as_typed(a_recipient(), on_case=case.reference))
    assert (
        answer.status_code == 422
        and "known to want silence" in answer.content.decode()
        and not Material.objects.exists()
    )


def test_nobody_raises_an_alarm_on_a_case_of_others(client: Client) -> None:
    case = a_case(codename="Heron", lead=a_person("tomas"))
    row = a_recipient()
    as_(client, "ana")
    for said in (case.reference, "AAAA-2222"):
        assert client.get(reverse("advocacy:urgent"), {"case": said}).status_code == 404
        assert client.post(reverse("advocacy:urgent"), as_typed(row, on_case=said)).status_code == 404
    put_on(case, a_person("ana"), "reader")
    assert client.post(reverse("advocacy:urgent"), as_typed(row, on_case=case.reference)).status_code == 403
    assert not Material.objects.exists()


def test_a_consent_given_tonight_leaves_the_earlier_ones_as_they_are(client: Client) -> None:
    case = a_case(codename="Heron")
    earlier = a_consent(case, ("CI_NAME", "CI_PHOTO"), ("AU_PUBLIC",), giver="CG_FAMILY")
    as_(client, "ana")
    client.post(reverse("advocacy:urgent"), as_typed(a_recipient(), on_case=case.reference, basis="CG_FAMILY"))
    earlier.refresh_from_db()
    assert Material.objects.exists() and earlier.is_live() and not case.pauses.exists()
