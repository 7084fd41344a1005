"""Assessing the risk of a case: written by one person, signed by another with a fresh second factor, valid for a time."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Entry
from safety import actions
from safety.models import RiskAssessment
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import a_harm, a_signed_assessment, an_assessment, as_typed

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


# --- writing


def test_a_coordinator_writes_a_rapid_assessment(client, case):
    page = signed_in(client, case.lead).post(address("assess", case), as_typed(harms=[a_harm()]))
    row = RiskAssessment.objects.latest_of(case)
    assert page.status_code == 302 and page.url == address("assessment", case, row.pk)
    assert (row.level, row.kind, row.number, row.danger_now) == ("RL_MED", "rapid", 1, "some")
    assert (row.has_hard_stop, row.needs_full, row.signed_at) == (False, False, None)
    assert row.answers["rapid"]["RQ12"] == {"answer": "yes", "note": "Tomas; the page can be taken down."}
    assert Entry.objects.filter(verb="safety.assessment.written", case_id=case.pk).count() == 1


def test_a_full_assessment_keeps_all_thirty_seven_answers(client, case):
    signed_in(client, case.lead)
    refused = client.post(address("assess", case) + "?kind=full", as_typed(full=True, FQ07=""))
    assert refused.status_code == 422 and not RiskAssessment.objects.exists()
    client.post(
        address("assess", case) + "?kind=full",
        as_typed(full=True, RQ03="yes", RQ03_on="2027-01-08", FQ29="", harms=[a_harm("HC_LEGAL"), a_harm("HC_NEGOT")]),
    )
    row = RiskAssessment.objects.get()
    assert row.kind == "full" and len(row.answers["full"]) == 37 and all(row.answers["full"].values())
    assert not row.needs_full


def test_harms_that_answers_name_appear_as_rows_and_nothing_typed_is_lost(client, case):
    page = signed_in(client, case.lead).post(address("assess", case), as_typed(RQ04="yes", worst_case="Typed before"))
    assert page.status_code == 422 and not RiskAssessment.objects.exists()
    assert [form["category"].value() for form in page.context["harms"]] == ["HC_CUSTODY", "HC_FAMILY"]
    assert "Typed before" in page.content.decode() and "<title>Error:" in page.content.decode()


def test_adding_a_harm_saves_nothing_judges_nothing_and_keeps_what_was_typed(client, case):
    sent = as_typed(harms=[a_harm(mitigation="Call the lawyer")], RQ04="yes", RQ01="", worst_case="") | {"step": "add"}
    page = signed_in(client, case.lead).post(address("assess", case), sent)
    assert page.status_code == 200 and not RiskAssessment.objects.exists()
    assert "Call the lawyer" in page.content.decode() and not page.context["form"].errors
    assert [form["category"].value() for form in page.context["harms"]] == ["HC_FAMILY", "HC_CUSTODY"]


def test_without_named_harms_adding_gives_one_empty_row_more(client, case):
    page = signed_in(client, case.lead).post(address("assess", case), as_typed(harms=[a_harm()]) | {"step": "add"})
    assert [form["category"].value() for form in page.context["harms"]] == ["HC_FAMILY", None]


def test_a_mitigation_counts_only_with_an_owner_on_the_case(client, case):
    owned = a_harm(
        likelihood=4, impact=4, likelihood_after=1, impact_after=3, mitigation="Move the date", owner=case.lead_id
    )
    signed_in(client, case.lead)
    client.post(address("assess", case), as_typed(harms=[owned]))
    assert RiskAssessment.objects.latest_of(case).level == "RL_LOW"
    client.post(address("assess", case), as_typed(harms=[owned | {"owner": ""}]))
    assert RiskAssessment.objects.latest_of(case).level == "RL_CRIT"
    stranger = client.post(address("assess", case), as_typed(harms=[owned | {"owner": a_person("leila").pk}]))
    assert stranger.status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"RQ05": ""},
        {"danger_now": ""},
        {"worst_case": ""},
        {"RQ12_note": ""},
        {"harm-0-likelihood": ""},
        {"harm-0-category": ""},
        {"harm-0-likelihood_after": "5"},
        {"harm-TOTAL_FORMS": "2", "harm-1-category": "HC_FAMILY", "harm-1-likelihood": "1", "harm-1-impact": "1"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_form_with_a_fault_is_refused_beside_its_field(client, case, wrong):
    page = signed_in(client, case.lead).post(address("assess", case), as_typed(harms=[a_harm()]) | wrong)
    assert page.status_code == 422 and 'id="faults"' in page.content.decode()
    assert not RiskAssessment.objects.exists()


def test_pressing_save_twice_writes_one_assessment(client, case):
    signed_in(client, case.lead)
    for _turn in range(2):
        assert client.post(address("assess", case), as_typed(harms=[a_harm()])).status_code == 302
    assert RiskAssessment.objects.count() == 1
    client.post(address("assess", case), as_typed(harms=[a_harm(impact=3)]))
    assert RiskAssessment.objects.count() == 2


def test_not_known_counts_as_the_answer_that_stops(client, case):
    signed_in(client, case.lead).post(address("assess", case), as_typed(RQ01="not_known"))
    assert RiskAssessment.objects.get().has_hard_stop


def test_danger_now_never_makes_the_level(client, case):
    signed_in(client, case.lead).post(address("assess", case), as_typed(danger_now="imminent"))
    assert RiskAssessment.objects.get().level == "RL_LOW"


def test_a_new_assessment_may_begin_from_the_last_one(client, case):
    row = an_assessment(case, case.lead, harms=[("HC_STIGMA", 2, 3)])
    page = signed_in(client, case.lead).get(address("assess", case) + f"?from={row.pk}")
    assert "SecretWorstCase" in page.content.decode()
    assert page.context["form"]["RQ01"].value() == "yes"
    assert page.context["harms"][0]["category"].value() == "HC_STIGMA"


@pytest.mark.parametrize(
    ("role", "status"),
    [("researcher", 200), ("coordinator", 200), ("reader", 403), ("liaison", 403), ("reviewer", 403)],
)
def test_who_may_assess_sees_the_form_and_others_are_told_the_right_they_lack(client, role, status):
    case = a_case()
    signed_in(client, on_case(case, "leila", role))
    assert client.get(address("assess", case)).status_code == status


@pytest.mark.parametrize("name", ["safety", "assess", "posture", "new_risk_event", "hold"])
def test_a_stranger_finds_no_case_on_any_page(client, case, name):
    signed_in(client, a_person("tomas"), fresh=True)
    hidden, missing = client.get(address(name, case)), client.get(f"/cases/AAAA-AAAA/{name}/")
    assert hidden.status_code == missing.status_code == 404
    assert client.post(address(name, case), {"reason": "x"}).status_code in {404, 405}


# --- reading


def test_a_reader_sees_level_and_dates_and_not_what_it_says(client, case):
    row = a_signed_assessment(case, case.lead, a_person("rui"), harms=[("HC_FAMILY", 2, 4)])
    for user, reads in ((a_person("sam"), False), (a_person("rui"), True), (case.lead, True)):
        signed_in(client, user)
        for page in (client.get(address("assessment", case, row.pk)), client.get(address("safety", case))):
            text = page.content.decode()
            assert page.status_code == 200 and "Medium" in text and "Rui" in text
            assert ("likelihood 2 × impact 4 = 8" in text) is reads
        assert ("SecretWorstCase" in client.get(address("assessment", case, row.pk)).content.decode()) is reads


def test_an_assessment_of_another_case_is_not_found_here(client, case):
    other = a_case()
    row = an_assessment(other, other.lead)
    signed_in(client, a_person("rui"))
    assert client.get(address("assessment", case, row.pk)).status_code == 404
    assert client.get(address("assessment", case, uuid.uuid4())).status_code == 404


# --- the page of the case


def test_the_safety_page_asks_the_same_number_of_queries_whatever_the_history(
    client, case, django_assert_max_num_queries
):
    signed_in(client, case.lead)
    for _turn in range(12):
        notes = {"RQ03": "It was put off."}
        a_signed_assessment(case, case.lead, a_person("rui"), harms=[("HC_FAMILY", 2, 4)], notes=notes)
        actions.note_risk_event(actor=case.lead, case=case, code="TR_HEARING")
        actions.hold(actor=case.lead, case=case, reason=f"Reason {_turn}")
    with django_assert_max_num_queries(45):
        page = client.get(address("safety", case))
    assert page.status_code == 200 and "Earlier assessments" in page.content.decode()
    later = client.get(page.context["assessments"].next_url.partition("#")[0])
    assert [row.number for row in later.context["assessments"].rows] == [4, 3, 2, 1]
