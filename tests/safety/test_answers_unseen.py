"""Where two sign, the first to sign answers the twelve questions before they see the author's answers."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed, rights_on
from materials.pages.review_page.evidence import assessment_rows
from safety import actions
from safety.assessing.differences import assessment_to_begin_from
from safety.models import RiskAssessment, SecondSet
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, an_assessment, answered_unseen, as_fields, as_kept, calm_answers

HIGH = [("HC_LIFE", 2, 5)]
SECRETS = ("SecretWorstCase", "SecretNote", "He is forgotten.")


@pytest.fixture
def case(db: Any) -> Any:
    case = a_case()
    for who, role in (("rui", "reviewer"), ("dara", "director"), ("sam", "reader"), ("mara", "researcher")):
        on_case(case, who, role)
    return case


@pytest.fixture
def row(case: Any) -> RiskAssessment:
    return an_assessment(case, case.lead, harms=HIGH, notes={"RQ01": "SecretNote"})


def to(name: str, row: RiskAssessment) -> str:
    return reverse(f"safety:{name}", args=[row.case.reference, row.pk])


def typed(**changed: str) -> dict[str, str]:
    answers = calm_answers(**{code: said for code, said in changed.items() if "_" not in code})
    notes = {code: said for code, said in changed.items() if "_" in code}
    return as_fields(answers) | {"RQ12_note": "Ana stops it.", "step": "second"} | notes


def signer(client: Any, name: str = "rui") -> Any:
    return signed_in(client, a_person(name), fresh=True)


def test_the_signer_sees_no_answer_of_the_author_on_any_page_before_their_own(
    client: Any, case: Any, row: RiskAssessment
) -> None:
    rui = a_person("rui")
    on_case(case, "rui", "researcher")
    signer(client)
    places = [to("assessment", row), to("sign_assessment", row), reverse("safety:safety", args=[case.reference])]
    places.append(reverse("safety:assess", args=[case.reference]) + f"?from={row.pk}")
    for place in places:
        page = client.get(place)
        assert page.status_code == 200
        assert not [word for word in SECRETS if word in page.content.decode()], place
    assert "Answer first, then read" in client.get(to("sign_assessment", row)).content.decode()
    assert assessment_to_begin_from(case, rui) is None
    told = assessment_rows([case], rui)[0].lines
    assert len(told) < len(assessment_rows([case], a_person("mara"))[0].lines)
    assert "SecretWorstCase" in signed_in(client, a_person("mara")).get(to("assessment", row)).content.decode()


def test_after_their_own_answers_they_read_and_sign(client: Any, row: RiskAssessment) -> None:
    signer(client)
    assert client.post(to("sign_assessment", row), typed()).status_code == 302
    page = client.get(to("sign_assessment", row)).content.decode()
    assert all(word in page for word in SECRETS) and "Every answer is the same." in page
    assert client.post(to("sign_assessment", row), {"is_free": "on"}).status_code == 302
    assert RiskAssessment.objects.get().signed_by == a_person("rui")


def test_where_both_differ_the_signer_says_why_they_sign(client: Any, row: RiskAssessment) -> None:
    signer(client)
    changed = {"RQ08": "no", "RQ11": "not_known"}
    client.post(to("sign_assessment", row), typed(**changed))
    page = client.get(to("sign_assessment", row)).content.decode()
    assert "The author: Yes. The signer: No." in page
    assert "The author: Partners: Warned, check-in set. The signer: Partners: Not known." in page
    assert 'name="why_RQ08"' in page and 'name="why_RQ11"' in page and 'name="why_RQ01"' not in page
    answer = client.post(to("sign_assessment", row), {"is_free": "on", "why_RQ08": "Claim 4 was ruled on since."})
    assert answer.status_code == 422 and not RiskAssessment.objects.get().signed_at
    why = {"why_RQ08": "Claim 4 was ruled on since.", "why_RQ11": "Ana showed me the note of the call."}
    assert client.post(to("sign_assessment", row), {"is_free": "on"} | why).status_code == 302
    page = signed_in(client, a_person("dara")).get(to("assessment", row)).content.decode()
    assert "Ana showed me the note of the call." in page and "The author: Yes. The signer: No." in page


def test_the_verb_signs_no_high_risk_without_own_answers_or_reasons(row: RiskAssessment) -> None:
    rui = a_person("rui")
    with pytest.raises(ValidationError, match="Answer the twelve questions yourself first"):
        actions.sign_assessment(actor=rui, assessment=row, proof=PROOF)
    answered_unseen(row, rui, RQ08="no")
    for reasons in (None, {"RQ08": " "}, {"RQ01": "Something else."}):
        with pytest.raises(ValidationError, match="You answered otherwise than the author"):
            actions.sign_assessment(actor=rui, assessment=row, proof=PROOF, reasons=reasons)
    signed = actions.sign_assessment(actor=rui, assessment=row, proof=PROOF, reasons={"RQ08": "Ruled on since."})
    assert signed.signed_by == rui and SecondSet.objects.get().reasons == {"RQ08": "Ruled on since."}


def test_the_database_takes_no_first_signature_of_a_high_risk_without_own_answers(row: RiskAssessment) -> None:
    now = timezone.now()
    until = now + timezone.timedelta(days=14)
    signed = {"signed_by": a_person("rui"), "signed_at": now, "expires_at": until, "granted_until": until}
    with pytest.raises(DatabaseError, match="no-second-set"), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(**signed)


def test_own_answers_are_given_once_and_never_changed(row: RiskAssessment) -> None:
    rui = a_person("rui")
    made = answered_unseen(row, rui)
    with pytest.raises(ValidationError, match="answered already"):
        answered_unseen(row, rui, RQ08="no")
    made.answers = {"rapid": as_kept(calm_answers(RQ08="no"))}
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save(update_fields=["answers"])
    with pytest.raises(DatabaseError), transaction.atomic():
        SecondSet.objects.all().delete()


def test_a_faulty_answer_stands_beside_its_question_and_nothing_is_shown(client: Any, row: RiskAssessment) -> None:
    signer(client)
    page = client.post(to("sign_assessment", row), typed(RQ01_note="Typed before") | {"RQ02": ""})
    words = page.content.decode()
    assert page.status_code == 422 and "Typed before" in words and not SecondSet.objects.exists()
    assert not [word for word in SECRETS if word in words]
    assert 'name="FQ' not in words and "Show the questions this opens" not in words


def test_one_signature_asks_for_no_second_set(client: Any, case: Any) -> None:
    row = an_assessment(case, case.lead)
    signer(client)
    assert "Answer first, then read" not in client.get(to("sign_assessment", row)).content.decode()
    with pytest.raises(ValidationError, match="no second set"):
        answered_unseen(row, a_person("rui"))
    assert client.post(to("sign_assessment", row), {"is_free": "on"}).status_code == 302


def test_the_director_who_signs_second_reads_both_sets(client: Any, row: RiskAssessment) -> None:
    answered_unseen(row, a_person("rui"))
    actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    page = signer(client, "dara").get(to("sign_assessment", row)).content.decode()
    assert all(word in page for word in SECRETS) and "answered before reading this" in page
    assert client.post(to("sign_assessment", row), {"is_free": "on"}).status_code == 302
    assert RiskAssessment.objects.get().director == a_person("dara")


def test_who_wrote_it_or_may_not_sign_gives_no_second_set(client: Any, case: Any, row: RiskAssessment) -> None:
    with pytest.raises(NotAllowed):
        answered_unseen(row, a_person("mara"))
    on_case(case, case.lead.username, "reviewer")
    assert "sign_risk" in rights_on(case.lead, case)
    with pytest.raises(ValidationError, match="You wrote this assessment"):
        answered_unseen(row, case.lead)
    assert "SecretWorstCase" in signed_in(client, case.lead).get(to("assessment", row)).content.decode()


def test_an_older_high_risk_is_open_to_read_again(client: Any, case: Any, row: RiskAssessment) -> None:
    an_assessment(case, case.lead)
    assert "SecretWorstCase" in signer(client).get(to("assessment", row)).content.decode()
