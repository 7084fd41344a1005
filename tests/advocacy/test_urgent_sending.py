"""Sending a notice: signed or alone; refused with every reason; looked at afterwards."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.actions.consent import second_consent, withdraw_consent
from casework.models import Case, Consent, Membership
from directory.models import Recipient
from materials.models import Copy, Dispatch, EmergencyCheck, Material
from papers.pdf import rendering
from safety.models import Clearance, SignerAlarm
from sealing.fields import save_each
from tests.advocacy.alarms import FOUR, a_recipient, as_, as_typed, raised, signed, to, wait
from tests.factories import a_case, a_consent, on_case, put_on
from tests.gate.ready import make_ready
from tests.people import a_person
from work import jobs
from work.models import Job

pytestmark = pytest.mark.django_db


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
    client.post(reverse("materials:send_back", args=[material.pk]), {"note": "The van was white."})
    as_(client, "ana")
    answer = client.post(to("urgent_send", material))
    assert answer.status_code == 409 and not Dispatch.objects.exists()
    assert "The van was white." in answer.content.decode()
    assert "<bdi>Rui</bdi> sent it back" in client.get(to("urgent_notice", material)).content.decode()


def test_the_notice_says_who_signed_it_and_who_sent_it_alone(client: Client) -> None:
    wait(0)
    material, alone = raised(client), raised(client, a_recipient("Consulate"), name="Somebody else")
    signed(client, material)
    as_(client, "ana")
    assert "Signed by <bdi>Rui</bdi>. It may be sent" in client.get(to("urgent_notice", material)).content.decode()
    assert client.post(to("urgent_send", alone)).status_code == 302
    assert "<bdi>Ana</bdi> sent it alone" in client.get(to("urgent_notice", alone)).content.decode()


def test_changed_words_call_the_signers_again(client: Client) -> None:
    wait(0)
    material = raised(client)
    first = material.revision
    client.post(reverse("materials:take_back", args=[material.pk]))
    said = {"version": material.version, "title": material.title} | {
        "text-" + row["code"].replace(".", "-"): row["text"] for row in material.body
    }
    said |= {
        "text-PROTECTIVE_NOTICE-4": "Three men",
        f"items-{Case.objects.get(country='BLR').pk}": ["CI_NAME", "CI_LOCATION", "CI_BIO"],
    }
    assert client.post(reverse("materials:material_edit", args=[material.pk]), said).status_code == 302
    assert client.post(to("urgent_send", material)).status_code == 409
    unanswered = client.post(to("urgent_call", material))
    assert (
        unanswered.status_code == 422
        and "A wish for silence is known, or you are not sure" in unanswered.content.decode()
    )
    assert client.post(to("urgent_call", material), FOUR).status_code == 302
    material.refresh_from_db()
    assert EmergencyCheck.objects.filter(material=material, revision__in=(first, material.revision)).count() == 2
    assert (
        material.revision > first
        and SignerAlarm.objects.filter(revision=material.revision, signer__username="rui").exists()
    )
    assert client.post(to("urgent_send", material)).status_code == 302
    assert "Three men" in client.get(to("urgent_sent", material)).content.decode()
    assert client.post(reverse("materials:compose_again", args=[material.pk]), {"version": 1}).status_code == 302


def test_the_author_may_not_sign_and_a_reader_may_not_send(client: Client) -> None:
    material = raised(client)
    as_(client, "ana", fresh=True)
    assert client.get(to("urgent_sign", material)).status_code == 403
    put_on(Case.objects.get(country="BLR"), a_person("sam"), "reader")
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
    assert answer.status_code == 409 and "was withdrawn" in page and not Dispatch.objects.exists()


def test_a_recipient_that_ended_gets_none_and_the_others_do(client: Client) -> None:
    wait(0)
    desk, consulate = a_recipient(), a_recipient("Consulate in Orlen", "AU_DIPLO")
    material = raised(client, desk, consulate)
    save_each(Recipient.objects.filter(pk=consulate.pk), ended_at=timezone.now())
    answer = client.post(to("urgent_send", material))
    page = answer.content.decode()
    assert answer.status_code == 200 and "Consulate in Orlen: The recipient is not on the approved list." in page
    assert [copy.recipient for copy in Copy.objects.all()] == [desk]


def test_a_notice_without_a_recipient_is_not_sent_and_says_so_beside_its_recipients(client: Client) -> None:
    wait(0)
    material = raised(client)
    material.withheld = {**material.withheld, "recipients": []}
    material.save(update_fields=["withheld"])
    answer = client.post(to("urgent_send", material))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Dispatch.objects.exists() and not Clearance.objects.exists() and not Copy.objects.exists()
    beside = page[page.index('id="to-h"') : page.index('id="signers-h"')]
    assert "This notice names no recipient. It needs at least one." in beside
    assert f"{reverse('advocacy:urgent')}?case={Case.objects.get(country='BLR').reference}#id_recipients" in page


@pytest.mark.parametrize("is_any_approved", [True, False])
def test_an_alarm_without_a_recipient_is_refused_beside_the_question(client: Client, is_any_approved: bool) -> None:
    wait(0)
    if is_any_approved:
        a_recipient()
    as_(client, "ana")
    page = client.post(reverse("advocacy:urgent"), as_typed()).content.decode()
    beside = page[page.index('id="to-h"') : page.index('id="four-h"')]
    assert "Tick at least one recipient" in beside and not Material.objects.exists()


def test_where_every_recipient_is_refused_nothing_is_written(client: Client) -> None:
    wait(0)
    material = raised(client)
    save_each(Recipient.objects.all(), ended_at=timezone.now())
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


def test_who_may_look_at_what_was_sent_alone_is_named(client: Client) -> None:
    wait(0)
    material = raised(client)
    assert client.post(to("urgent_send", material)).status_code == 302
    for page in ("urgent_notice", "urgent_sent"):
        shown = html.unescape(client.get(to(page, material)).content.decode())
        _before, _mark, rest = shown.partition("A second person looks at it until ")
        assert re.match(r".*?sending alone rests\.\s+<bdi>[^<]*Rui[^<]* may do it", rest), page


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


def test_best_interest_that_nobody_agreed_to_within_a_day_sends_nothing_further(client: Client) -> None:
    wait(0)
    material = raised(client)
    case = Case.objects.get(country="BLR")
    consent = Consent.objects.get()
    withdraw_consent(actor=a_person("ana"), consent=consent)
    old = timezone.now() - dt.timedelta(hours=30)
    presumed = {
        "giver": "CG_NONE_BEST",
        "basis": "best_interest",
        "status": "CS_PRESUMED",
        "tried": "His sister.",
        "method": "",
    }
    items = ("CI_NAME", "CI_BIO", "CI_LOCATION")
    row = a_consent(case, items, ("AU_OWNGOV",), at=old, lasts=dt.timedelta(hours=72), **presumed)
    answer = client.post(to("urgent_send", material))
    assert (
        answer.status_code == 409
        and "Nobody agreed within 24 hours" in answer.content.decode()
        and not Copy.objects.exists()
    )
    assert "Nobody has agreed." in client.get(to("urgent_notice", material)).content.decode()
    second_consent(actor=a_person("rui"), consent=row)
    assert client.post(to("urgent_send", material)).status_code == 302


def test_the_second_look_shows_the_words_that_left_and_not_those_of_today(client: Client) -> None:
    wait(0)
    material = raised(client)
    client.post(to("urgent_send", material))
    material.refresh_from_db()
    said = {"version": material.version, "title": "Quite another title"}
    said |= {"text-" + row["code"].replace(".", "-"): row["text"] for row in material.body}
    said |= {
        f"items-{Case.objects.get(country='BLR').pk}": ["CI_NAME", "CI_LOCATION", "CI_BIO"],
        "text-PROTECTIVE_NOTICE-4": "Nobody at all",
    }
    assert client.post(reverse("materials:material_edit", args=[material.pk]), said).status_code == 302
    assert "See its copies" in client.get(to("urgent_notice", material)).content.decode()
    as_(client, "rui", fresh=True)
    page = client.get(to("urgent_look_back", material)).content.decode()
    assert "Four men without signs" in page and "Nobody at all" not in page


def test_an_alarm_stands_first_on_today_of_a_signer_and_a_second_look_in_red(client: Client) -> None:
    wait(0)
    heron = a_case(codename="Heron")
    on_case(heron, "rui", "coordinator")
    Membership.objects.create(case=heron, user=a_person("sam"), granted_by=a_person("sam"), role="reader")
    material = raised(client)
    as_(client, "rui")
    page = client.get(reverse("web:today")).content.decode()
    assert to("urgent_sign", material) in page and "Sign a protective notice" in page
    assert page.index("Sign a protective notice") < page.index("Agree to a person on the case"), "asked for before it"
    assert "A protective notice waits for your signature" in page
    as_(client, "ana")
    client.post(to("urgent_send", material))
    assert to("urgent_look_back", material) not in client.get(reverse("web:today")).content.decode()
    as_(client, "rui", fresh=True)
    page = client.get(reverse("web:today")).content.decode()
    assert to("urgent_look_back", material) in page and "Sent alone" in page
    client.post(to("urgent_look_back", material), {"note": "It was right."})
    assert "Look at what was sent alone" not in client.get(reverse("web:today")).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_copy_is_printed_by_a_job_after_it_left(client: Client, language: str) -> None:
    wait(0)
    material = raised(client, language=language)
    client.post(to("urgent_send", material))
    copy = Copy.objects.get()
    jobs.run_job(str(Job.objects.get(about_id=copy.pk).pk))
    assert Job.objects.get(about_id=copy.pk).state == Job.State.DONE
    answer = client.get(
        reverse("materials:copy_file" if rendering.is_available() else "materials:copy_print", args=[copy.pk])
    )
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF") or b"insulin" in answer.content
