"""The review page: what is shown, what refuses, what a signature binds."""

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Draft
from casework.models import Claim, Consent
from materials.models import Material
from materials.pages.review_page.changes import ChangedPiece
from materials.templatetags.changes import changed_pieces
from safety import questions
from safety.models import Clearance, Hold, LeakFinding, Review, RiskAssessment
from safety.models.review import ReviewCheck
from tests.advocacy.journeys import a_written, cleared, fit_for_the_public, in_review
from tests.factories import a_case, a_contact, on_case
from tests.materials.packets import a_full_packet
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def to(name: str, row: Any, *more: Any) -> str:
    return reverse(f"materials:{name}", args=[row.pk, *more])


def rui_for(client: Client, material: Material, *, fresh: bool = True) -> Client:
    """Put rui on the case as a reviewer and sign him in."""
    case = material.cases.get()
    rui = (
        on_case(case, "rui", "reviewer")
        if not case.memberships.filter(user__username="rui").exists()
        else a_person("rui")
    )
    return signed_in(client, rui, fresh=fresh)


def signature(material: Material, **more: Any) -> dict[str, Any]:
    return {"revision": material.revision, "mac": bytes(material.mac).hex(), "is_free": "on", **more}


def good_boxes(case: Any) -> dict[str, Any]:
    """Return the twelve questions answered so that nothing stops, as the page sends them."""
    from safety.forms.revision_check import RevisionCheckForm

    form = RevisionCheckForm(prefix=f"check-{case.pk}")
    boxes: dict[str, Any] = {form.add_prefix("danger_now"): "none"}
    for question, row in zip(questions.rapid(), form.rapid_rows(), strict=True):
        boxes[row.note.html_name] = "Leila, at any hour." if question.code == questions.WHO_STOPS_IT else ""
        calm = "no" if question.is_alarmed_by("yes") else "yes"
        for field in [row.answer, *(part.answer for part in row.parts)]:
            boxes |= {field.html_name: calm} if field else {}
    return boxes


def test_the_review_page_shows_the_text_beside_what_is_known(client: Client) -> None:
    material = in_review()
    page = rui_for(client, material, fresh=False).get(to("review", material)).content.decode()
    for words in (
        "Ilias Varanen",
        "Claims in this text",
        "Consent, this audience",
        "Kept from this audience",
        "you are not the author",
        "3 of 3 usable",
        "clean",
        "Nothing refuses a signature",
    ):
        assert words in page, words
    assert 'href="#claim-1"' in page and 'id="claim-1"' in page


def test_signing_asks_for_the_second_factor_before_the_form_is_read(client: Client) -> None:
    material = in_review()
    rui = rui_for(client, material, fresh=False)
    answer = rui.get(to("sign", material))
    assert answer.status_code == 302 and reverse("accounts:prove_again") in answer["Location"]
    rui.post(to("sign", material), signature(material))
    assert not Review.objects.exists()


def test_a_reviewer_signs_and_the_text_may_leave_for_seven_days(client: Client) -> None:
    material = in_review()
    answer = rui_for(client, material).post(to("sign", material), signature(material))
    assert answer.status_code == 302, answer.content.decode()
    review = Review.objects.get()
    assert (review.verdict, review.signed_with, review.revision) == ("signed", "totp", material.revision)
    assert bytes(review.material_mac) == bytes(material.mac) and review.factor_age_seconds is not None
    left = Clearance.objects.get().until - timezone.now()
    assert dt.timedelta(days=6, hours=23) < left <= dt.timedelta(days=7)
    material.refresh_from_db()
    assert material.status == "cleared"


def test_the_author_may_not_sign_even_as_a_reviewer(client: Client) -> None:
    material = in_review()
    case = material.cases.get()
    ana = on_case(case, "ana", "reviewer")
    answer = signed_in(client, ana, fresh=True).post(to("sign", material), signature(material))
    page = answer.content.decode()
    assert answer.status_code == 409 and "The author or last editor may not be the one who signs." in page
    assert not Review.objects.exists()
    assert "You wrote or edited this, so somebody else decides." in page


def test_who_has_no_right_to_sign_is_told_so(client: Client) -> None:
    material = in_review()
    liaison = on_case(material.cases.get(), "leila", "liaison")
    assert signed_in(client, liaison, fresh=True).post(to("sign", material), signature(material)).status_code == 403
    assert client.get(to("review", material)).status_code == 403


def test_every_reason_is_listed_at_once_with_its_mend(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    Hold.objects.create(
        scope="case", case=case, kind="until_lifted", reason="His brother was summoned.", held_by=a_person("leila")
    )
    Consent.objects.filter(case=case).update(withdrawn_at=timezone.now())
    Claim.objects.filter(case=case, number=1).update(status="VS_CONFLICT")
    RiskAssessment.objects.filter(case=case).update(expires_at=timezone.now() + dt.timedelta(microseconds=1))
    boxes = good_boxes(case) | {f"check-{case.pk}-RQ01_note": "The lawyer took it back by mistake."}
    answer = rui_for(client, material).post(to("sign", material), signature(material, **boxes))
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        "Consent for “Supporters” was withdrawn.",
        "Consent to show “Name” to “Supporters” was withdrawn.",
        "Public work is on hold",
        "risk assessment is out of date",
        "Claim 1 is not verified: its sources conflict.",
    ):
        assert words in page, words
    count = page.partition('<ol class="refusals">')[2].partition("</ol>")[0].count("<li>")
    assert (
        f"Not signed: {count} conditions are not met" in page and f"Send back to Ana with these {count} reasons" in page
    )
    assert reverse("casework:consent", args=[case.reference, Consent.objects.get(case=case).pk]) in page
    assert not Review.objects.exists() and not RiskAssessment.objects.filter(material_id=material.pk).exists()


def test_the_full_level_asks_the_twelve_questions_of_this_revision(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    rui = rui_for(client, material)
    words = rui.get(to("sign", material)).content.decode()
    assert "Twelve questions about revision" in words
    assert "printed as fact:" in words and "Counted under this revision:" in words and "It suggests: Yes" in words
    assert rui.post(to("sign", material), signature(material)).status_code == 422
    assert rui.post(to("sign", material), signature(material, **good_boxes(case))).status_code == 302
    check = ReviewCheck.objects.get()
    assert check.assessment.material_id == material.pk and check.assessment.revision == material.revision


def test_what_a_yes_opens_stands_beside_the_signature_and_is_asked_before_it(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=dt.date(2026, 12, 15))
    boxes = good_boxes(case) | {f"check-{case.pk}-RQ10": "yes"}
    rui = rui_for(client, material)
    assert f'name="check-{case.pk}-FQ17"' in rui.get(to("sign", material)).content.decode()
    page = rui.post(to("sign", material), signature(material, **boxes))
    assert page.status_code == 422 and not Review.objects.exists()
    assert "Leila, at any hour." in page.content.decode()
    (check,) = page.context["checks"]
    assert set(check[1].errors) >= {"FQ17", "FQ19"} and "FQ02" not in check[1].errors, (
        "what no answer opens is not asked"
    )


def test_an_answer_that_stops_refuses_the_signature(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    boxes = good_boxes(case)
    first = next(name for name in boxes if name.endswith("RQ01"))
    answer = rui_for(client, material).post(to("sign", material), signature(material, **{**boxes, first: "no"}))
    assert answer.status_code == 409 and "one of them stops it" in answer.content.decode()
    assert not Clearance.objects.exists()


def test_a_text_changed_after_it_was_opened_is_not_signed(client: Client) -> None:
    material = in_review()
    old = signature(material)
    from materials.actions import materials

    ana = a_person("ana")
    again = materials.take_back(actor=ana, material=material)
    again = materials.edit(
        actor=ana,
        material=again,
        version=again.version,
        title="Another",
        texts={},
        told=materials.StatedDisclosures(is_nothing_further=True),
    )
    materials.send_to_review(actor=ana, material=again)
    answer = rui_for(client, material).post(to("sign", material), old)
    assert answer.status_code == 409 and "The text changed after you opened it." in answer.content.decode()
    assert not Review.objects.exists()


def test_a_finding_is_marked_in_the_text_and_passed_with_a_reason(client: Client) -> None:
    case = a_full_packet()
    a_contact(case, "Mara Ilves")
    from materials.actions import materials

    material = a_written(case)
    texts = {"MIN_BRIEF.4": "Mara asked us to write."}
    ana = a_person("ana")
    material = materials.edit(
        actor=ana,
        material=material,
        version=material.version,
        title=material.title,
        texts=texts,
        told=materials.StatedDisclosures(is_nothing_further=True),
    )
    materials.send_to_review(actor=ana, material=material)
    rui = rui_for(client, material)
    page = rui.get(to("review", material)).content.decode()
    finding = LeakFinding.objects.get()
    assert f'<mark id="hit-{finding.pk}">Mara</mark>' in page and "Leak scan: look" in page and "1 to answer" in page
    assert rui.post(to("sign", material), signature(material)).status_code == 409
    assert rui.post(to("pass_finding", material, finding.pk), {"reason": ""}).status_code == 422
    assert (
        rui.post(
            to("pass_finding", material, finding.pk), {"reason": "She is named in the public judgment."}
        ).status_code
        == 302
    )
    assert "Passed by Rui" in rui.get(to("review", material)).content.decode()
    assert rui.post(to("sign", material), signature(material)).status_code == 302


def test_sending_back_needs_a_note_and_gives_it_to_the_author(client: Client) -> None:
    material = in_review()
    rui = rui_for(client, material, fresh=False)
    assert rui.post(to("send_back", material), {"note": " "}).status_code == 422
    assert rui.post(to("send_back", material), {"note": "Paragraph 2 says too much."}).status_code == 302
    material.refresh_from_db()
    assert material.status == "sent_back"
    page = signed_in(client, a_person("ana")).get(to("material", material)).content.decode()
    assert "Sent back by Rui" in page and "Paragraph 2 says too much." in page


def test_the_next_reading_shows_what_changed(client: Client) -> None:
    from materials.actions import materials

    material = in_review()
    rui_for(client, material).post(to("send_back", material), {"note": "Calmer."})
    ana = a_person("ana")
    texts = {"MIN_BRIEF.4": "The Court of Appeal hears him on 26 November."}
    material = materials.edit(
        actor=ana,
        material=material,
        version=Material.objects.get().version,
        title=material.title,
        texts=texts,
        told=materials.StatedDisclosures(is_nothing_further=True),
    )
    materials.send_to_review(actor=ana, material=material)
    page = rui_for(client, material).get(to("review", material)).content.decode()
    assert "<del>sits </del>" in page and "<ins>hears him </ins>" in page


def test_changed_words_are_marked_and_never_read_as_markup() -> None:
    runs = [ChangedPiece("same", "He "), ChangedPiece("del", "<b>sat"), ChangedPiece("ins", "<i>sits")]
    assert changed_pieces(runs) == "He <del>&lt;b&gt;sat</del><ins>&lt;i&gt;sits</ins>"


def test_a_signature_taken_back_stops_what_it_cleared(client: Client) -> None:
    material = cleared()
    rui_for(client, material).post(to("revoke", material))
    assert Clearance.objects.get().revoked_at and Review.objects.get().revoked_at
    material.refresh_from_db()
    assert material.status == "sent_back"


def test_the_queue_shows_what_others_wrote_and_nothing_hidden(client: Client) -> None:
    material = in_review()
    in_review(a_full_packet(codename="Quince"))
    rui = rui_for(client, material)
    page = rui.get(reverse("materials:reviews")).content.decode()
    assert to("review", material) in page and "Quince" not in page
    sam = a_person("sam")
    a_case(lead=sam)
    assert to("review", material) not in signed_in(client, sam).get(reverse("materials:reviews")).content.decode()


def test_every_unanswered_question_of_a_signature_is_listed_first(client: Client) -> None:
    material = in_review(kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=9))
    answer = rui_for(client, material).post(to("sign", material), signature(material, is_free=""))
    listed = answer.content.decode().partition('id="faults"')[2].partition("</section>")[0]
    assert answer.status_code == 422 and answer.content.decode().count("<title>Error:") == 1
    assert listed.count("<li>") == 17 and "17 answers need a second look" in listed
    assert "12. If it goes wrong" in listed and "I did not write or edit this" in listed


def test_the_way_to_an_open_finding_leads_to_the_findings(client: Client) -> None:
    case = a_full_packet()
    a_contact(case, "Let Ilves")
    material = in_review(case)
    page = html.unescape(rui_for(client, material).post(to("sign", material), signature(material)).content.decode())
    finding = LeakFinding.objects.first()
    assert "The leak scan found “" in page and "and nobody has ruled on it." in page
    assert f'href="{to("review", material)}#finding-{finding.pk}"' in page and f'id="finding-{finding.pk}"' in page
    refusals = page[page.index('<ol class="refusals">') : page.index("</ol>")]
    assert finding.words not in refusals, "the field is named, the words are not"


def test_a_finding_says_whose_name_it_is(client: Client) -> None:
    case = a_full_packet()
    a_contact(case, "Let Ilves")
    page = rui_for(client, material := in_review(case)).get(to("review", material)).content.decode()
    assert "name of somebody around the prisoner" in page


def test_what_came_back_is_to_be_edited_before_it_goes_again(client: Client) -> None:
    material = in_review()
    rui_for(client, material).post(to("send_back", material), {"note": "Say which court."})
    page = signed_in(client, a_person("ana")).get(to("material", material)).content.decode()
    assert "read what the reviewer wants changed" in page and "Say which court." in page
    assert f'action="{to("send_to_review", material)}"' in page


def test_the_answers_wait_while_the_reviewer_rules_on_a_finding(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    rui = rui_for(client, material)
    boxes = good_boxes(case)
    note = next(name for name, value in boxes.items() if value == "Leila, at any hour.")
    unfree = {name: value for name, value in signature(material, **boxes).items() if name != "is_free"}
    assert rui.post(to("sign", material), unfree).status_code == 422
    rui.get(to("review", material))
    again = rui.get(to("sign", material)).content.decode()
    assert "Leila, at any hour." in again and again.count(" checked") > len(questions.rapid())
    assert "is_free" in again and 'name="is_free" checked' not in again
    other = on_case(case, "dara", "director")
    assert (
        "Leila, at any hour." not in signed_in(Client(), other, fresh=True).get(to("sign", material)).content.decode()
    )
    changed = {**unfree, note: "Noor, in the morning.", "mac": "0" * 64}
    assert rui.post(to("sign", material), changed).status_code == 422
    assert "Noor" not in rui.get(to("sign", material)).content.decode(), "answers about other words count for nothing"
    assert rui.post(to("sign", material), signature(material, **boxes)).status_code == 302
    assert not Draft.objects.exists()
