"""Signing an assessment: by another person, with a fresh second factor; sending back, ending early, the check of a revision."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.access import NotAllowed, settle_rights
from casework.models import Membership
from safety import actions
from safety.forms.revision_check import RevisionCheckForm
from safety.models import RiskAssessment
from tests.factories import a_case, on_case, put_on
from tests.people import a_person, give_office_role, signed_in
from tests.safety.answers import (
    PROOF,
    a_signed_assessment,
    an_assessment,
    an_old_assessment,
    as_fields,
    calm_answers,
    opened,
)

pytestmark = pytest.mark.django_db
WHOLE = {"is_free": "on"}


@pytest.fixture
def case():
    case = a_case()
    on_case(case, "rui", "reviewer")
    on_case(case, "dara", "director")
    on_case(case, "sam", "reader")
    return case


def address(name, case, *args):
    return reverse(f"safety:{name}", args=[case.reference, *args])


# --- signing


def test_a_reviewer_signs_with_a_fresh_second_factor(client, case):
    row = an_assessment(case, case.lead, harms=[("HC_FAMILY", 2, 4)])
    signed_in(client, a_person("rui"), fresh=True)
    assert "SecretWorstCase" in client.get(address("sign_assessment", case, row.pk)).content.decode()
    page = client.post(address("sign_assessment", case, row.pk), WHOLE)
    assert page.status_code == 302
    row = RiskAssessment.objects.get(pk=row.pk)
    assert row.signed_by.username == "rui" and row.signed_with.startswith("totp ")
    assert row.expires_at == row.granted_until == row.signed_at + dt.timedelta(days=45)
    assert row.carries_mark()


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_fresh_second_factor_it_is_asked_and_nothing_is_signed(client, case, method):
    row = an_assessment(case, case.lead)
    page = getattr(signed_in(client, a_person("rui")), method)(address("sign_assessment", case, row.pk), WHOLE)
    assert page.status_code == 302 and page.url.startswith(reverse("accounts:prove_again"))
    assert RiskAssessment.objects.get(pk=row.pk).signed_at is None


def test_the_author_never_signs_and_the_page_says_so(client):
    case = a_case(lead=a_person("rui"))
    put_on(case, case.lead, "reviewer")
    row = an_assessment(case, case.lead)
    signed_in(client, case.lead, fresh=True)
    assert "You wrote this assessment." in client.get(address("sign_assessment", case, row.pk)).content.decode()
    page = client.post(address("sign_assessment", case, row.pk), WHOLE)
    assert page.status_code == 409 and "You wrote this assessment." in page.content.decode()
    assert RiskAssessment.objects.get(pk=row.pk).signed_at is None


def test_who_has_no_right_to_sign_is_told_and_a_stranger_finds_nothing(client, case):
    row = an_assessment(case, case.lead)
    for user, status in ((case.lead, 403), (a_person("sam"), 403), (a_person("tomas"), 404)):
        signed_in(client, user, fresh=True)
        assert client.get(address("sign_assessment", case, row.pk)).status_code == status
        assert client.post(address("sign_assessment", case, row.pk), WHOLE).status_code == status
        assert client.post(address("send_back_assessment", case, row.pk), {"reason": "no"}).status_code == status


def test_who_will_not_say_that_they_are_free_does_not_sign(client, case):
    row = an_assessment(case, case.lead)
    page = signed_in(client, a_person("rui"), fresh=True).post(address("sign_assessment", case, row.pk), {})
    assert page.status_code == 422 and RiskAssessment.objects.get().signed_at is None


def test_a_new_signer_waits_for_a_day(case):
    row = an_assessment(case, case.lead)
    fresh = a_person("leila", roles=())
    give_office_role(fresh, "reviewer", at=timezone.now() - dt.timedelta(hours=2))
    put_on(case, fresh, "reviewer")
    with pytest.raises(ValidationError, match="less than 24 hours"):
        actions.sign_assessment(actor=fresh, assessment=row, proof=PROOF)


def test_who_was_put_on_the_case_at_their_own_request_waits_for_a_day(case):
    row = an_assessment(case, case.lead)
    leila = a_person("leila", roles=("reviewer",))
    own = put_on(case, leila, "reviewer", by=leila)
    Membership.objects.filter(pk=own.pk).update(
        seconded_by=case.lead, seconded_at=timezone.now() - dt.timedelta(hours=3)
    )
    settle_rights(case, leila)
    with pytest.raises(ValidationError, match="own request"):
        actions.sign_assessment(actor=leila, assessment=row, proof=PROOF)
    later = timezone.now() + dt.timedelta(hours=22)
    assert actions.sign_assessment(actor=leila, assessment=row, proof=PROOF, now=later).signed_by == leila


def test_only_the_newest_can_be_signed(case):
    older = an_assessment(case, case.lead)
    an_assessment(case, case.lead, dissent="His sister disagrees.")
    with pytest.raises(ValidationError, match="newer"):
        actions.sign_assessment(actor=a_person("rui"), assessment=older, proof=PROOF)


def test_what_was_written_too_long_ago_cannot_be_signed(case):
    row = an_assessment(case, case.lead, harms=[("HC_LIFE", 1, 5)], now=timezone.now() - dt.timedelta(days=15))
    with pytest.raises(ValidationError, match="too long ago"):
        actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)


def test_signing_twice_changes_nothing(case):
    row = a_signed_assessment(case, case.lead, a_person("rui"))
    again = actions.sign_assessment(actor=a_person("dara"), assessment=row, proof=PROOF)
    assert again.signed_by.username == "rui" and again.signed_at == row.signed_at
    assert Entry.objects.filter(verb="safety.assessment.signed").count() == 1


def test_a_high_risk_takes_a_director_who_may_be_the_second_signer(case):
    high = [("HC_LIFE", 2, 5)]
    row = a_signed_assessment(case, case.lead, a_person("rui"), harms=high)
    assert row.level == "RL_HIGH" and row.director is None and row.expires_at - row.signed_at == dt.timedelta(days=14)
    row = actions.sign_assessment(actor=a_person("dara"), assessment=row, proof=PROOF)
    assert row.director.username == "dara" and row.signed_by.username == "rui"
    assert RiskAssessment.objects.get(pk=row.pk).carries_mark()
    both = a_signed_assessment(case, case.lead, a_person("dara"), harms=high)
    assert both.director == both.signed_by == a_person("dara")
    assert a_signed_assessment(case, case.lead, a_person("dara")).director is None


def test_a_reviewer_does_not_sign_in_the_directors_place(client, case):
    row = a_signed_assessment(case, case.lead, a_person("rui"), harms=[("HC_LIFE", 2, 5)])
    actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    assert RiskAssessment.objects.get(pk=row.pk).director is None
    assert "Sign as director" not in signed_in(client, a_person("rui")).get(address("safety", case)).content.decode()
    assert "Sign as director" in signed_in(client, a_person("dara")).get(address("safety", case)).content.decode()


def test_a_director_of_today_does_not_sign_as_director(case):
    row = a_signed_assessment(case, case.lead, a_person("rui"), harms=[("HC_LIFE", 2, 5)])
    leila = a_person("leila", roles=("reviewer",))
    give_office_role(leila, "director", at=timezone.now() - dt.timedelta(hours=1))
    put_on(case, leila, "director")
    assert actions.sign_assessment(actor=leila, assessment=row, proof=PROOF).director is None


# --- sending back and ending


def test_sending_back_needs_a_reason_that_the_author_reads(client, case):
    row = an_assessment(case, case.lead)
    signed_in(client, a_person("rui"))
    assert client.post(address("send_back_assessment", case, row.pk), {"reason": " "}).status_code == 422
    assert (
        client.post(address("send_back_assessment", case, row.pk), {"reason": "Name the brother."}).status_code == 302
    )
    row = RiskAssessment.objects.get()
    assert row.ended_by.username == "rui" and row.end_reason == "Name the brother." and not row.signed_at
    signed_in(client, case.lead)
    assert "Name the brother." in client.get(address("assessment", case, row.pk)).content.decode()
    assert "Name the brother." in client.get(address("assess", case) + f"?from={row.pk}").content.decode()
    with pytest.raises(ValidationError, match="sent back"):
        actions.sign_assessment(actor=a_person("dara"), assessment=row, proof=PROOF)


def test_one_person_ends_a_signed_assessment_early(client, case):
    row = a_signed_assessment(case, case.lead, a_person("rui"))
    assert (
        signed_in(client, a_person("sam")).post(address("end_assessment", case, row.pk), {"reason": "x"}).status_code
        == 403
    )
    assert (
        signed_in(client, case.lead)
        .post(address("end_assessment", case, row.pk), {"reason": "A new threat."})
        .status_code
        == 302
    )
    assert RiskAssessment.objects.get().ended_by == case.lead
    assert "Ended early" in client.get(address("safety", case)).content.decode()
    again = client.post(address("end_assessment", case, row.pk), {"reason": "Twice."})
    assert again.status_code == 409


def test_an_expired_assessment_is_shown_as_late_and_a_new_one_is_the_next_step(client, case):
    an_old_assessment(case, case.lead, a_person("rui"), days=91)
    text = signed_in(client, case.lead).get(address("safety", case)).content.decode()
    assert "Out of date" in text and "Assess the risk again" in text


@pytest.mark.parametrize("column", ["level", "has_hard_stop", "author_id", "signed_by_id"])
def test_the_database_changes_no_signed_assessment(case, column):
    row = a_signed_assessment(case, case.lead, a_person("rui"), harms=[("HC_FAMILY", 4, 4)])
    value = {
        "level": "RL_LOW",
        "has_hard_stop": True,
        "author_id": a_person("sam").pk,
        "signed_by_id": a_person("dara").pk,
    }[column]
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(**{column: value})


# --- the check of a revision


def test_the_check_of_a_revision_is_a_rapid_assessment_of_it(case):
    form = RevisionCheckForm(as_fields(calm_answers()) | {"RQ12_note": "Tomas", "danger_now": "none"})
    assert form.is_valid(), form.errors
    material = uuid.uuid4()
    check = actions.write_revision_check(
        actor=a_person("rui"), case=case, material_id=material, revision=4, **form.values()
    )
    assert (check.kind, check.material_id, check.revision, check.level, check.has_hard_stop) == (
        "rapid",
        material,
        4,
        "RL_LOW",
        False,
    )
    assert RiskAssessment.objects.latest_of(case) is None
    with pytest.raises(ValidationError, match="confirmed by its review"):
        actions.sign_assessment(actor=a_person("dara"), assessment=check, proof=PROOF)


def test_the_check_asks_for_the_worst_harm_when_an_answer_names_one(case):
    sent = as_fields(calm_answers(RQ10="yes")) | opened("RQ10") | {"RQ12_note": "Tomas", "danger_now": "none"}
    assert set(RevisionCheckForm(sent).errors) == {"worst_harm"}
    form = RevisionCheckForm(sent | {"worst_harm": "HC_PRICE", "worst_likelihood": "3", "worst_impact": "3"})
    assert form.is_valid(), form.errors
    check = actions.write_revision_check(
        actor=a_person("rui"), case=case, material_id=uuid.uuid4(), revision=1, **form.values()
    )
    assert check.level == "RL_MED" and {harm.category for harm in check.harms.all()} == {"HC_PRICE", "HC_PARTISAN"}


def test_a_reader_writes_no_check(case):
    form = RevisionCheckForm(as_fields(calm_answers()) | {"RQ12_note": "Tomas", "danger_now": "none"})
    assert form.is_valid()
    with pytest.raises(NotAllowed):
        actions.write_revision_check(
            actor=a_person("sam"), case=case, material_id=uuid.uuid4(), revision=1, **form.values()
        )
