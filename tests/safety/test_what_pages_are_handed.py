"""What the pages of safety are handed: one record each, and nothing in it that its reader may not know."""

import pytest

from casework.access import rights_on
from safety import actions
from safety.forms.orders import HoldForm, LiftForm, ReasonForm
from safety.forms.second_set import SignAssessmentForm
from safety.pages.assessments import assessment_page, sign_page
from safety.pages.history import Address
from safety.pages.holds import hold_page, lift_page
from safety.pages.risk_events import risk_event_page
from safety.pages.safety_tab import safety_tab
from tests.factories import a_case, on_case
from tests.people import a_person
from tests.safety.answers import an_assessment

pytestmark = pytest.mark.django_db
TAB = Address("/cases/X/safety/", {})


@pytest.fixture
def case():
    case = a_case(codename="Heron")
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def test_a_reader_is_handed_level_and_dates_and_nothing_that_an_assessment_says(case):
    row = an_assessment(case, case.lead, harms=[("HC_FAMILY", 2, 4)])
    sam, rui = a_person("sam"), a_person("rui")
    closed = assessment_page(row, sam, rights_on(sam, case))
    opened = assessment_page(row, rui, rights_on(rui, case))
    assert (closed.content, closed.may_read, closed.row.level) == (None, False, "RL_MED")
    assert opened.content is not None and [line.row.category for line in opened.content.harms] == ["HC_FAMILY"]
    assert safety_tab(case, sam, rights_on(sam, case), TAB).worst == ""
    assert "likelihood 2" in safety_tab(case, rui, rights_on(rui, case), TAB).worst


def test_the_author_is_offered_neither_to_sign_nor_to_send_back(case):
    """Also where they were given the right to sign on the case."""
    on_case(case, case.lead.username, "reviewer")
    row, rui = an_assessment(case, case.lead), a_person("rui")
    assert assessment_page(row, rui, rights_on(rui, case)).may_sign
    assert (
        sign_page(row, rui, SignAssessmentForm()).may_send_back
        and not sign_page(row, rui, SignAssessmentForm()).why_not
    )
    rights = rights_on(case.lead, case)
    assert "sign_risk" in rights and not assessment_page(row, case.lead, rights).may_sign
    own = sign_page(row, case.lead, SignAssessmentForm())
    assert not own.may_send_back and any("You wrote this" in reason.title for reason in own.why_not)


def test_who_told_what_happened_reads_it_again_and_another_reader_does_not(case):
    sam, other = a_person("sam"), a_person("tomas")
    on_case(case, "tomas", "reader")
    row = actions.note_risk_event(actor=sam, case=case, code="TR_FAMTHREAT", what="His brother was summoned.")
    assert risk_event_page(row, sam, rights_on(sam, case)).may_read
    assert not risk_event_page(row, other, rights_on(other, case)).may_read


def test_each_hold_has_its_own_form_to_ask_and_a_fault_stays_at_its_hold(case):
    rights = rights_on(case.lead, case)
    first = actions.hold(actor=case.lead, case=case, reason="The family asked.")
    second = actions.hold(actor=a_person("rui"), case=case, reason="A leak.", kind="until_lifted")
    faulty = ReasonForm({}, auto_id=f"ask-{first.pk}-%s")
    page = hold_page(case, rights, HoldForm(), faulty)
    asks = {shown.row.pk: shown.ask for shown in page.holds}
    assert asks[first.pk] is faulty and asks[second.pk] is not faulty
    assert not page.may_hold_anew and page.may_lift == ("lift_hold" in rights)


def test_what_people_typed_about_a_hold_is_kept_apart_from_the_sentence(case):
    row = actions.hold(actor=case.lead, case=case, reason="<b>The family</b> asked.")
    actions.ask_to_lift(actor=case.lead, hold=row, reason="It is over.")
    row.refresh_from_db()
    page = lift_page(case, row, LiftForm(codename=case.codename))
    assert "<bdi>&lt;b&gt;The family&lt;/b&gt; asked.</bdi>" in page.facts[0]
    assert len(page.facts) == 2 and f"<bdi>Heron {case.reference}</bdi>" in page.lead


def test_an_address_that_nobody_gave_out_begins_at_the_newest(case):
    for number in range(10):
        actions.hold(actor=case.lead, case=case, reason=f"Reason {number}.")
    first = safety_tab(case, case.lead, rights_on(case.lead, case), TAB).held
    made_up = Address(TAB.path, {"held": "yesterday,not-a-key"})
    again = safety_tab(case, case.lead, rights_on(case.lead, case), made_up).held
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]
    assert len(first.rows) == 8 and first.next_url and not first.first_url
