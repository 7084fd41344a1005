"""A draft of an assessment is filled by two people in turn; nobody who answered a part of it signs it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from casework.access import NotAllowed
from safety import actions
from safety.models import AssessmentDraft, RiskAssessment
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, a_harm, as_typed

LEFT = {"RQ01": "yes", "RQ02": "no", "not_acting": "The hearing passes.", "RQ01_note": "By the lawyer, 3 May."}


@pytest.fixture
def case(db: Any) -> Any:
    case = a_case()
    on_case(case, "mara", "researcher")
    on_case(case, "iden", "researcher")
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def assess(case: Any, query: str = "") -> str:
    return reverse("safety:assess", args=[case.reference]) + query


def safety(case: Any) -> str:
    return reverse("safety:safety", args=[case.reference])


def keep(client: Any, case: Any, person: Any, **fields: str) -> Any:
    """Keep the form as a draft, beginning from the draft that stands."""
    signed_in(client, person)
    seen = client.get(assess(case)).context["seen"]
    return client.post(assess(case), fields | {"step": "keep", **({"draft": seen} if seen else {})})


def left_by_lead(client: Any, case: Any) -> AssessmentDraft:
    assert keep(client, case, case.lead, **LEFT).status_code == 302
    return AssessmentDraft.objects.get()


def test_what_was_left_is_taken_up_by_somebody_else_who_sees_who_answered_what(client: Any, case: Any) -> None:
    left_by_lead(client, case)
    assert not RiskAssessment.objects.exists(), "a draft counts for nothing"
    signed_in(client, a_person("mara"))
    assert "Go on with the draft: Rapid" in client.get(safety(case)).content.decode()
    page = client.get(assess(case))
    form, words = page.context["form"], page.content.decode()
    assert {name: form[name].value() for name in LEFT} == LEFT
    assert {row.question.code: row.by for row in form.rapid_rows() if row.by} == {
        "RQ01": str(case.lead),
        "RQ02": str(case.lead),
    }
    assert f"Answered by <bdi>{case.lead}</bdi>" in words and "A draft that" in words and "Drop this draft" in words


def test_harms_and_figures_are_kept_too(client: Any, case: Any) -> None:
    harms = as_typed(harms=[a_harm(mitigation="Call first")])
    keep(client, case, case.lead, **harms)
    (row,) = client.get(assess(case)).context["harms"]
    assert (row["category"].value(), row["mitigation"].value()) == ("HC_FAMILY", "Call first")


def test_whoever_saves_it_is_the_author_and_the_other_the_co_author(client: Any, case: Any) -> None:
    draft, mara = left_by_lead(client, case), a_person("mara")
    signed_in(client, mara)
    sent = as_typed(RQ02="no", RQ01_note=LEFT["RQ01_note"]) | {"draft": draft.version}
    assert client.post(assess(case), sent).status_code == 302
    row = RiskAssessment.objects.get()
    assert (row.author, row.co_author) == (mara, case.lead) and not AssessmentDraft.objects.exists()
    assert row.answers["by"]["RQ01"] == case.lead.pk and row.answers["by"]["RQ03"] == mara.pk
    page = client.get(reverse("safety:assessment", args=[case.reference, row.pk])).content.decode()
    assert f"answered by <bdi>{case.lead}</bdi>" in page and f"answered by <bdi>{mara}</bdi>" in page
    assert "a part was answered by" in page


def test_nobody_who_answered_a_part_signs_it(client: Any, case: Any) -> None:
    rui = a_person("rui")
    on_case(case, "rui", "researcher")
    assert keep(client, case, rui, **LEFT).status_code == 302
    sent = as_typed() | {"draft": AssessmentDraft.objects.get().version}
    assert signed_in(client, a_person("mara")).post(assess(case), sent).status_code == 302
    row = RiskAssessment.objects.get()
    assert row.co_author == rui
    with pytest.raises(ValidationError, match="You wrote this assessment"):
        actions.sign_assessment(actor=rui, assessment=row, proof=PROOF)
    page = signed_in(client, rui).get(safety(case)).content.decode()
    assert "Read and sign" not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(co_author=a_person("mara"))
    assert row.carries_mark()
    row.co_author = None
    assert not row.carries_mark(), "the mark binds who answered a part"


def test_a_draft_kept_anew_meanwhile_is_not_written_over(client: Any, case: Any) -> None:
    old = left_by_lead(client, case).version
    keep(client, case, a_person("mara"), **{**LEFT, "RQ02": "yes"})
    signed_in(client, case.lead)
    page = client.post(assess(case), {"RQ01": "no", "not_acting": "Typed meanwhile", "draft": old, "step": "keep"})
    words = page.content.decode()
    assert page.status_code == 422 and "Typed meanwhile" in words and "kept a draft at" in words
    assert AssessmentDraft.objects.get().fields["RQ02"] == "yes"
    page = client.post(assess(case), as_typed() | {"draft": old})
    assert page.status_code == 422 and not RiskAssessment.objects.exists()


def test_a_new_form_does_not_write_over_a_draft_that_it_did_not_see(case: Any) -> None:
    actions.keep_assessment_draft(actor=case.lead, case=case, kind="rapid", fields=LEFT)
    with pytest.raises(ValidationError, match="this page does not show"):
        actions.keep_assessment_draft(actor=a_person("mara"), case=case, kind="rapid", fields={"RQ01": "no"})
    full = actions.keep_assessment_draft(actor=a_person("mara"), case=case, kind="full", fields=LEFT)
    assert full.begun_by == a_person("mara"), "each kind has its own"


def test_a_third_person_does_not_fill_it_in(client: Any, case: Any) -> None:
    left_by_lead(client, case)
    keep(client, case, a_person("mara"), **LEFT, RQ03="no")
    page = keep(client, case, a_person("iden"), **LEFT, RQ03="yes")
    assert page.status_code == 422 and "Two people have filled this draft in" in page.content.decode()
    sent = as_typed() | {"draft": AssessmentDraft.objects.get().version}
    page = client.post(assess(case), sent)
    assert page.status_code == 422 and not RiskAssessment.objects.exists()


def test_a_draft_that_is_gone_is_not_written_a_second_time(client: Any, case: Any) -> None:
    """Else one of the two could write it alone, and the other sign their own answers."""
    draft = left_by_lead(client, case)
    signed_in(client, a_person("mara")).post(assess(case), as_typed() | {"draft": draft.version})
    page = signed_in(client, a_person("iden")).post(assess(case), as_typed(RQ10_note="x") | {"draft": draft.version})
    assert page.status_code == 422 and "written or dropped meanwhile" in page.content.decode()
    assert RiskAssessment.objects.count() == 1


def test_pressing_twice_writes_one_assessment(client: Any, case: Any) -> None:
    draft = left_by_lead(client, case)
    for _press in range(2):
        assert client.post(assess(case), as_typed() | {"draft": draft.version}).status_code == 302
    assert RiskAssessment.objects.count() == 1


def test_a_draft_is_dropped_and_nothing_of_it_is_left(client: Any, case: Any) -> None:
    left_by_lead(client, case)
    signed_in(client, a_person("mara"))
    assert client.post(assess(case), {"step": "drop"}).status_code == 302
    assert not AssessmentDraft.objects.exists() and client.get(assess(case)).context["draft"] is None
    assert client.post(assess(case), {"step": "drop"}).status_code == 422
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"safety.assessment.draft_kept", "safety.assessment.draft_dropped"} <= verbs


def test_an_empty_form_is_not_kept(client: Any, case: Any) -> None:
    page = keep(client, case, case.lead, RQ01="", not_acting=" ")
    assert page.status_code == 422 and not AssessmentDraft.objects.exists()


def test_beginning_from_an_earlier_assessment_leaves_the_draft_alone(client: Any, case: Any) -> None:
    signed_in(client, case.lead).post(assess(case), as_typed())
    left_by_lead(client, case)
    page = client.get(assess(case, f"?from={RiskAssessment.objects.get().pk}"))
    assert page.context["draft"] is None and page.context["earlier"]


@pytest.mark.parametrize(("who", "answer"), [("sam", 403), ("rui", 403), ("tomas", 404)])
def test_who_may_not_assess_sees_keeps_and_drops_no_draft(client: Any, case: Any, who: str, answer: int) -> None:
    left_by_lead(client, case)
    signed_in(client, a_person(who))
    assert client.get(assess(case)).status_code == answer
    for step in ("keep", "drop"):
        assert client.post(assess(case), LEFT | {"step": step}).status_code == answer
    if answer == 403:
        assert "Go on with the draft" not in client.get(safety(case)).content.decode()
    with pytest.raises(NotAllowed):
        actions.keep_assessment_draft(actor=a_person(who), case=case, kind="rapid", fields=LEFT)
    with pytest.raises(NotAllowed):
        actions.drop_assessment_draft(actor=a_person(who), case=case, kind="rapid")
    assert AssessmentDraft.objects.exists()
