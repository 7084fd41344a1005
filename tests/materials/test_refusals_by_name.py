"""A refusal names its thing: which claim, which item, which case, since when, who can mend it, and where."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import CaseGroup, Claim, Consent, ConsentGrant
from materials.actions import materials
from materials.actions.materials import StatedDisclosures
from materials.review import refusals
from safety import gate
from safety.models import Hold, RiskAssessment
from tests.advocacy.journeys import a_written, cleared, fit_for_the_public, in_review
from tests.directory.entries import chosen
from tests.factories import a_claim, a_source, on_case
from tests.materials.packets import a_full_packet
from tests.materials.test_reviews import good_boxes, rui_for, signature, to
from tests.people import a_person, signed_in

pytestmark = pytest.mark.django_db


def refused(client: Client, material: Any, **more: Any) -> str:
    """Sign as rui, be refused, and return the list of reasons as it is read."""
    answer = rui_for(client, material).post(to("sign", material), signature(material, **more))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    return page[page.index('<ol class="refusals">') : page.index("</ol>")]


def test_a_claim_in_conflict_is_named_with_who_may_rule_and_its_page(client: Client) -> None:
    material = in_review()
    claim = Claim.objects.get(number=1)
    Claim.objects.filter(pk=claim.pk).update(
        status="VS_CONFLICT", verified_by=a_person("tomas"), verified_at=timezone.now()
    )
    page = refused(client, material)
    assert "Claim 1 is not verified: its sources conflict." in page and "Claim 2 " not in page
    assert "states it as fact." in page and "Last ruled on" in page and "by Tomas." in page
    assert "Ana may rule on it." in page and "See claim 1" in page
    assert reverse("casework:claim", args=[claim.case.reference, claim.pk]) in page
    on_case(claim.case, "rui", "researcher")
    again = refused(client, material)
    assert "You may rule on it." in again and "Rule on claim 1" in again
    assert reverse("casework:verify_claim", args=[claim.case.reference, claim.pk]) in again


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "VS_REFUTED"}, "Claim 2 was found false."),
        ({"status": "VS_STALE"}, "Claim 2 needs a new check."),
        ({"status": "VS_NEW"}, "Claim 2 is not checked."),
        ({"credibility": 4}, "The sources of claim 2 are too weak for the way it is printed."),
        ({"removed_at": timezone.now()}, "Claim 2 was taken out of the packet."),
    ],
)
def test_each_fault_of_a_claim_names_the_claim(client: Client, change: dict[str, Any], words: str) -> None:
    material = in_review()
    Claim.objects.filter(number=2).update(**change)
    page = refused(client, material)
    assert words in page and "Claim 1 " not in page and "claim 1 " not in page


def test_a_claim_that_discloses_nothing_known_leads_to_where_it_is_said(client: Client) -> None:
    material = in_review()
    claim = Claim.objects.get(number=4)
    claim.items.all().delete()
    page = refused(client, material)
    assert "Nobody has said what claim 4 discloses." in page and "See claim 4" in page


def test_a_withdrawn_item_is_named_with_its_day_and_nobody_is_invited_to_ask(client: Client) -> None:
    material = in_review()
    consent = Consent.objects.get()
    Consent.objects.update(withdrawn_at=timezone.now())
    page = refused(client, material)
    assert "Consent to show “Biography” to “Named diplomats” was withdrawn." in page
    assert "no reason is asked." in page and "Ana may take it out of the text." in page
    assert reverse("casework:consent", args=[consent.case.reference, consent.pk]) in page
    assert "may record an answer" not in page and "Record what the person or family said" not in page


def test_one_item_that_was_narrowed_is_named_alone(client: Client) -> None:
    material = in_review()
    ConsentGrant.objects.filter(item="CI_DOCS", audience="AU_DIPLO").update(ended_at=timezone.now())
    page = refused(client, material)
    assert "Consent to show “Court documents”" in page and "Biography" not in page


def test_an_item_whose_consent_has_ended_says_since_when_and_who_may_record_another(client: Client) -> None:
    material = in_review()
    Consent.objects.update(until_at=timezone.now() - dt.timedelta(minutes=1))
    page = refused(client, material)
    assert "Consent to show “Biography” to “Named diplomats” has ended." in page
    assert "Ana may record an answer." in page and "It ended on" in page


def test_a_hold_and_an_assessment_are_told_with_who_and_since_when(client: Client) -> None:
    case = fit_for_the_public(a_full_packet())
    material = in_review(
        case, kind="SUPPORTER", audience="AU_SUPPORT", stop_on=timezone.localdate() + dt.timedelta(days=17)
    )
    leila = on_case(case, "leila", "liaison")
    Hold.objects.create(scope="case", case=case, kind="until_lifted", reason="His brother was summoned.", held_by=leila)
    RiskAssessment.objects.filter(case=case).update(ended_at=timezone.now(), ended_by=a_person("tomas"))
    page = refused(client, material, **good_boxes(case))
    assert "Held by Leila, " in page and "“His brother was summoned.”" in page
    assert "Two people lift it; you may be one of them." in page
    assert "Ended by Tomas, " in page and "Ana may assess the risk." in page
    assert reverse("safety:safety", args=[case.reference]) in page and "See what is known of the risk" in page
    assert reverse("safety:assess", args=[case.reference]) not in page


def test_a_refused_copy_tells_its_maker_where_to_rule(client: Client) -> None:
    material = cleared()
    claim = Claim.objects.get(number=1)
    Claim.objects.filter(pk=claim.pk).update(status="VS_CONFLICT")
    ana = signed_in(client, a_person("ana"), fresh=True)
    answer = ana.post(to("dispatch", material), chosen())
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409 and "You may rule on it." in page
    assert reverse("casework:verify_claim", args=[claim.case.reference, claim.pk]) in page


def test_what_waits_for_a_signature_names_who_may_sign(client: Client) -> None:
    material = in_review()
    on_case(material.cases.get(), "rui", "reviewer")
    ana = signed_in(client, a_person("ana"), fresh=True)
    answer = ana.post(to("dispatch", material), chosen())
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409 and "Rui may sign it." in page and "send it to review." not in page


def a_text_about_two_cases() -> Any:
    group = CaseGroup.objects.create()
    cases = sorted((a_full_packet(group=group), a_full_packet(group=group)), key=lambda case: str(case.pk))
    ana = a_person("ana")
    row = materials.write(actor=ana, cases=cases, kind="MIN_BRIEF", audience="AU_DIPLO", language="en")
    texts = {section["code"]: section["text"] for section in row.body}
    row = materials.edit(
        actor=ana,
        material=row,
        version=row.version,
        title=row.title,
        texts=texts,
        told=StatedDisclosures(is_nothing_further=True),
        stop_on=None,
    )
    return row, cases


def test_of_two_cases_the_one_that_fails_is_named_and_a_hidden_one_only_counted() -> None:
    material, (first, second) = a_text_about_two_cases()
    Claim.objects.filter(case=second, number=1).update(status="VS_CONFLICT")
    Consent.objects.filter(case=second).update(withdrawn_at=timezone.now())

    def told(viewer: Any) -> str:
        verdict = gate.examine(gate.Leaving.of(material), moment="review", viewer=viewer)
        lines = refusals.shown(verdict.refusals, material=material, cases=[first, second], viewer=viewer)
        return "\n".join(f"{line.title} {line.text} {line.url}" for line in lines)

    seen, hidden = told(a_person("ana")), told(on_case(first, "sam", "coordinator"))
    assert "Claim B1 is not verified" in seen and second.reference in seen and first.reference not in seen
    assert "One further case" in hidden
    for secret in (second.reference, second.codename, "B1", "Biography", "withdrawn"):
        assert secret not in hidden, secret


def test_the_queries_are_as_many_for_one_claim_as_for_many() -> None:
    case = a_full_packet()
    court = a_source(case, "Another judgment", attribution="the court record")
    for number in range(8):
        a_claim(case, f"A further fact, number {number}.", sources=[court], on="2025-04")
    material = a_written(case)
    ana = a_person("ana")
    counts = []
    for numbers in ([1], list(range(1, 13))):
        Claim.objects.filter(case=case, number__in=numbers).update(status="VS_CONFLICT")
        verdict = gate.examine(gate.Leaving.of(material), moment="review", viewer=ana)
        with CaptureQueriesContext(connection) as asked:
            lines = refusals.shown(verdict.refusals, material=material, cases=[case], viewer=ana)
        counts.append((len([line for line in lines if line.code == "claim-in-doubt"]), len(asked)))
    (few, first), (many, second) = counts
    assert few == 1 and many >= 6 and second <= first + 1 and first <= 12
