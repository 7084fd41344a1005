"""Something happened: a stop pauses public work at once, a review sets a time, a note changes nothing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from directory.vocabulary import terms
from safety import actions
from safety.models import Pause, RiskEvent
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, a_signed_assessment, an_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = a_case()
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def address(name, case, *args):
    return reverse(f"safety:{name}", args=[case.reference, *args])


@pytest.mark.parametrize("code", list(terms("reassess_trigger")))
def test_the_class_in_the_vocabulary_decides_the_effect(case, code):
    term = terms("reassess_trigger")[code]
    row = actions.note_risk_event(actor=case.lead, case=case, code=code)
    assert row.event_class == term.event_class
    assert Pause.objects.filter(case=case, ended_at=None).exists() is (term.event_class == "stop")
    hours = term.limit_hours
    assert row.due_at == (row.noted_at + dt.timedelta(hours=hours) if hours else None)
    assert bool(hours) is (term.event_class != "note")


def test_anybody_who_may_see_the_case_tells_and_a_stranger_does_not(client, case):
    sent = {"code": "TR_FAMTHREAT", "what": "SecretSummons of his brother"}
    assert signed_in(client, a_person("tomas")).post(address("new_risk_event", case), sent).status_code == 404
    assert signed_in(client, a_person("sam")).post(address("new_risk_event", case), sent).status_code == 302
    row = RiskEvent.objects.get()
    assert row.noted_by.username == "sam" and row.what == sent["what"]
    for username, reads in (("rui", True), ("sam", True)):
        text = signed_in(client, a_person(username)).get(address("risk_event", case, row.pk)).content.decode()
        assert ("SecretSummons" in text) is reads
    other = on_case(case, "leila", "communications")
    text = signed_in(client, other).get(address("risk_event", case, row.pk)).content.decode()
    assert "Threat or summons to family" in text and "SecretSummons" not in text


def test_the_page_lists_what_is_open_with_what_is_due(client, case):
    actions.note_risk_event(actor=case.lead, case=case, code="TR_HEARING")
    actions.note_risk_event(actor=case.lead, case=case, code="TR_HEALTH", now=timezone.now() - dt.timedelta(hours=26))
    actions.note_risk_event(actor=case.lead, case=case, code="TR_REFUSAL")
    page = signed_in(client, case.lead).get(address("safety", case))
    text = page.content.decode()
    assert "new look 2 hours late" in text and "new look due in 71 hours" in text
    assert len(page.context["risk_events"]) == 2


@pytest.mark.parametrize("sent", [{"code": ""}, {"code": "TR_NONSENSE"}])
def test_what_is_not_in_the_list_is_refused(client, case, sent):
    assert signed_in(client, case.lead).post(address("new_risk_event", case), sent).status_code == 422
    assert not RiskEvent.objects.exists()


def test_a_new_signed_assessment_ends_the_pause_and_answers_what_came_before(client, case):
    stop = actions.note_risk_event(actor=case.lead, case=case, code="TR_LEAK")
    review = actions.note_risk_event(actor=case.lead, case=case, code="TR_HEARING")
    note = actions.note_risk_event(actor=case.lead, case=case, code="TR_REFUSAL")
    row = a_signed_assessment(case, case.lead, a_person("rui"), notes={"RQ03": "It was put off."})
    assert Pause.objects.get().ended_by_assessment == row
    answered = {trigger.pk: trigger.answered_by_assessment for trigger in RiskEvent.objects.all()}
    assert answered == {stop.pk: row, review.pk: row, note.pk: None}
    text = signed_in(client, case.lead).get(address("risk_event", case, stop.pk)).content.decode()
    assert address("assessment", case, row.pk) in text


def test_a_signature_answers_nothing_that_came_after_it_was_written(case):
    row = an_assessment(case, case.lead)
    actions.note_risk_event(actor=case.lead, case=case, code="TR_LEAK")
    actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    assert Pause.objects.get().ended_at is None and RiskEvent.objects.get().answered_at is None


def test_an_unsigned_assessment_ends_no_pause(case):
    actions.note_risk_event(actor=case.lead, case=case, code="TR_LEAK")
    an_assessment(case, case.lead)
    assert Pause.objects.get().ended_at is None


def test_the_database_ends_no_pause_without_a_signed_assessment(case):
    actions.note_risk_event(actor=case.lead, case=case, code="TR_LEAK")
    unsigned = an_assessment(case, case.lead)
    for change in ({"ended_at": timezone.now()}, {"ended_at": timezone.now(), "ended_by_assessment": unsigned}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pause.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskEvent.objects.update(event_class="note")


def test_a_pause_makes_a_new_assessment_the_next_step_and_the_author_cannot_end_it_alone(client, case):
    a_signed_assessment(case, case.lead, a_person("rui"))
    actions.note_risk_event(actor=a_person("sam"), case=case, code="TR_LEAK")
    text = signed_in(client, case.lead).get(address("safety", case)).content.decode()
    assert "public work is paused until a new assessment is signed." in text and "Assess the risk again" in text
    an_assessment(case, case.lead)
    assert "somebody other than Ana signs" in client.get(address("safety", case)).content.decode()
