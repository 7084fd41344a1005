"""In proportion: a yes opens few questions, an unknown counts, answers bind the rating, and nothing contradicts unseen."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.access import NotAllowed
from directory import vocabulary
from safety import actions, questions
from safety.assessing.answers import Answers, says_nothing
from safety.assessing.harms import HarmGiven
from safety.forms.revision_check import RevisionCheckForm
from safety.models import RiskAssessment, RiskHarm
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, a_harm, an_assessment, as_fields, as_kept, as_typed, calm_answers, opened, told
from tools.machine import ROOT

HARMS = tuple(vocabulary.terms("harm_category"))
UNKNOWN = {"text": "His lawyer has not seen him since March.", "is_unknown": True}
KNOWN = {"text": "The prison of the ministry.", "is_unknown": False}


@pytest.fixture
def case(db: Any) -> Any:
    case = a_case()
    on_case(case, "rui", "reviewer")
    on_case(case, "sam", "reader")
    return case


def assess(case: Any) -> str:
    return reverse("safety:assess", args=[case.reference])


def written() -> RiskAssessment:
    return RiskAssessment.objects.latest("number")


def kept(**rapid: str) -> dict[str, Any]:
    """Return the answers of a plan in which nothing stops anything, with some changed, as an assessment keeps them."""
    return {"rapid": as_kept(calm_answers(**rapid))}


# --- a yes opens two to four questions


def test_every_question_that_opens_others_opens_two_to_four_and_never_all() -> None:
    opening = {question.code: question.opens for question in questions.rapid() if question.opens}
    assert set(opening) == {"RQ03", "RQ04", "RQ05", "RQ06", "RQ07", "RQ10"}
    assert all(2 <= len(codes) <= 4 for codes in opening.values())
    assert all(code in questions.by_code() for codes in opening.values() for code in codes)


def test_the_effects_of_the_list_are_understood() -> None:
    """Words that nobody reads bind nothing: each bound stands in the list and is found there."""
    by_code = questions.by_code()
    assert by_code["RQ04"].least_likelihood == 3
    assert [q.code for q in questions.rapid() if q.least_likelihood > 1] == ["RQ04"]
    assert [q.code for q in questions.rapid() if q.ends_with_its_date] == ["RQ03"]
    assert [q.code for q in questions.rapid() if q.may_wait_a_day] == ["RQ05"]
    assert [q.code for q in questions.rapid() if q.rates_not_acting] == ["RQ05"]
    cases = {part.code: part.cases_without_it for part in by_code["RQ11"].parts}
    none: tuple[str, ...] = ()
    assert cases.pop("embassy") == ("own national of the holding State", "stateless", "none wanted")
    assert cases == dict.fromkeys(("family", "lawyer", "partners"), none)
    assert [q.code for q in questions.rapid() if q.parts] == ["RQ11"]


def test_what_a_yes_opens_and_names_is_answered_and_rated_in_two_loads(client: Any, case: Any) -> None:
    """Open the page, save it: nothing more is loaded for questions that a yes opens and harms that it names."""
    page = signed_in(client, case.lead).get(assess(case)).content.decode()
    assert all(
        page.count(f'name="{question.code}"') == 1 for question in questions.openable() if question.code != "FQ32"
    )
    rated = {f"offer-{code}-{name}": "2" for code in ("HC_PRICE", "HC_PARTISAN") for name in ("likelihood", "impact")}
    assert all(f'name="{name}"' in page for name in rated)
    sent = as_typed(harms=[], RQ10="yes", worst_case="A price.", worst_harm="HC_PRICE", **opened("RQ10"), **rated)
    answer = client.post(assess(case), sent)
    assert answer.status_code == 302, (answer.context["form"].errors, answer.context["harms"].errors)
    assert set(written().answers["full"]) == {"FQ17", "FQ19"}
    assert set(written().harms.values_list("category", flat=True)) == {"HC_PRICE", "HC_PARTISAN"}


def test_what_no_answer_opens_is_not_asked_and_not_kept(client: Any, case: Any) -> None:
    sent = as_typed(harms=[], worst_case="", worst_harm="", FQ17="Typed, and then the answer was changed to no.")
    answer = signed_in(client, case.lead).post(assess(case), sent)
    assert answer.status_code == 302 and written().answers["full"] == {}


def test_the_style_sheet_shows_what_each_answer_opens() -> None:
    """A question of the list without its line would leave what it opens hidden for good."""
    sheet = (ROOT / "static" / "answers.css").read_text(encoding="utf-8")
    by_an_answer = {question for by in questions.nameable_harms().values() for question in by} & {*questions.rapid()}
    by_an_answer |= {question for one in questions.openable() for question in questions.openers(one)}
    for question in by_an_answer:
        assert f'.offered[data-when~="{question.code}"]' in sheet, question.code


def test_one_yes_is_answered_on_one_page(client: Any, case: Any) -> None:
    harms = [a_harm("HC_PRICE", 2, 3), a_harm("HC_PARTISAN", 2, 3)]
    sent = as_typed(harms=harms, RQ10="yes", **opened("RQ10"))
    assert signed_in(client, case.lead).post(assess(case), sent).status_code == 302
    assert set(written().answers["full"]) == {"FQ17", "FQ19"} and not written().needs_full
    page = client.get(reverse("safety:assessment", args=[case.reference, written().pk])).content.decode()
    assert "Answer to FQ17" in page


def test_an_opened_question_left_blank_is_refused_beside_it_and_by_the_verb(client: Any, case: Any) -> None:
    harms = [a_harm("HC_PRICE"), a_harm("HC_PARTISAN")]
    page = signed_in(client, case.lead).post(assess(case), as_typed(harms=harms, RQ10="yes", **opened("RQ10", FQ17="")))
    assert page.status_code == 422 and set(page.context["form"].errors) == {"FQ17"}
    with pytest.raises(ValidationError, match="open questions that are not answered"):
        an_assessment(case, case.lead, answers=calm_answers(RQ10="yes"), harms=[("HC_PRICE", 2, 2)])
    assert not RiskAssessment.objects.exists()


def test_only_what_may_wait_a_day_waits_and_until_then_nothing_is_public(case: Any) -> None:
    """Somebody held incommunicado: what is open is answered within a day, and the assessment lasts no longer."""
    rated = {"not_acting": {"likelihood": 4, "impact": 5}}
    harms = [("HC_LIFE", 2, 3), ("HC_MEDICAL", 2, 3)]
    row = an_assessment(case, case.lead, answers=calm_answers(RQ05="yes"), harms=harms, more=rated)
    assert row.needs_full and row.ends_by == row.written_at + dt.timedelta(hours=24)
    row = actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    assert row.expires_at == row.ends_by
    full = rated | {"full": told("RQ05")}
    assert not an_assessment(case, case.lead, answers=calm_answers(RQ05="yes"), harms=harms, more=full).needs_full


def test_silence_may_be_worse_so_not_acting_is_rated(client: Any, case: Any) -> None:
    harms = [a_harm("HC_LIFE"), a_harm("HC_MEDICAL")]
    page = signed_in(client, case.lead).post(assess(case), as_typed(harms=harms, RQ05="yes", **opened("RQ05")))
    assert set(page.context["form"].errors) == {"not_acting_likelihood", "not_acting_impact"}
    with pytest.raises(ValidationError, match="silence may be worse"):
        rated = [("HC_LIFE", 2, 3), ("HC_MEDICAL", 2, 3)]
        an_assessment(case, case.lead, answers=calm_answers(RQ05="yes"), harms=rated, more={"full": told("RQ05")})


# --- the four that were signed as low


def test_thirty_seven_unknowns_are_not_signed(client: Any, case: Any) -> None:
    """First of four: 37 times “unknown”, signed as low for 90 days."""
    signed_in(client, case.lead)
    harms = [a_harm("HC_FAMILY", 1, 1)]
    words = as_typed(full=True, harms=harms, **{q.code: "unknown" for q in questions.full()})
    assert client.post(assess(case) + "?kind=full", words).status_code == 422
    ticked = {f"{q.code}_unknown": "on" for q in questions.full()}
    page = client.post(assess(case) + "?kind=full", words | ticked)
    assert page.status_code == 422 and "Say why it cannot be known." in page.content.decode()
    reasoned = as_typed(full=True, harms=harms) | ticked
    page = client.post(assess(case) + "?kind=full", reasoned)
    assert page.status_code == 422, "each unknown names a harm, to be rated three at least"
    assert not RiskAssessment.objects.exists()
    full = {q.code: UNKNOWN for q in questions.full()}
    named = Answers.of(kept() | {"full": full}).harms
    more = {"full": full}
    row = an_assessment(case, case.lead, kind="full", harms=[(code, 3, 1) for code in named], more=more)
    assert row.is_unknown_alone
    with pytest.raises(ValidationError, match="unknowns alone cannot be signed"):
        actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    now = timezone.now()
    signed = {"signed_by": a_person("rui"), "signed_at": now, "expires_at": now + dt.timedelta(days=90)}
    with pytest.raises(IntegrityError, match="unknowns_alone_are_not_signed"), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(**signed, granted_until=signed["expires_at"])


def test_a_harm_of_one_by_one_beside_somebody_was_punished_is_refused(client: Any, case: Any) -> None:
    """Second of four: the answer binds the likelihood, beside the harm, unless a reason is written."""
    harms = [a_harm("HC_CUSTODY", 1, 1), a_harm("HC_FAMILY", 3, 1)]
    sent = as_typed(harms=harms, RQ04="yes", **opened("RQ04"))
    page = signed_in(client, case.lead).post(assess(case), sent)
    assert page.status_code == 422 and not RiskAssessment.objects.exists()
    assert [set(row.errors) for row in page.context["harms"]] == [{"likelihood"}, set()]
    assert "likelihood 3 at least, or the reason why it is less likely here" in page.content.decode()
    more = {"full": told("RQ04")}
    rated = [("HC_CUSTODY", 1, 1), ("HC_FAMILY", 3, 1)]
    with pytest.raises(ValidationError, match="likelihood 3 at least"):
        an_assessment(case, case.lead, answers=calm_answers(RQ04="yes"), harms=rated, more=more)
    reason = {"harm-0-reason_below": "That was another agency, in 2019."}
    assert client.post(assess(case), sent | reason).status_code == 302
    page = client.get(reverse("safety:assessment", args=[case.reference, written().pk])).content.decode()
    assert "That was another agency, in 2019." in page


def test_a_worst_case_in_words_needs_its_harm_row(client: Any, case: Any) -> None:
    """Third of four: words without a harm were low."""
    signed_in(client, case.lead)
    page = client.post(assess(case), as_typed(worst_case="He is beaten."))
    assert page.status_code == 422 and set(page.context["form"].errors) == {"worst_harm"}
    page = client.post(assess(case), as_typed(worst_case="He is beaten.", worst_harm="HC_CUSTODY"))
    assert page.status_code == 422 and [row["category"].value() for row in page.context["harms"]] == ["HC_CUSTODY"]
    with pytest.raises(ValidationError, match="in words alone"):
        an_assessment(case, case.lead, worst_case="He is beaten.")
    with pytest.raises(ValidationError, match="not rated"):
        more = {"worst_harm": "HC_CUSTODY"}
        an_assessment(case, case.lead, worst_case="He is beaten.", harms=[("HC_PRIVACY", 1, 1)], more=more)
    assert not RiskAssessment.objects.exists()


def test_answers_for_a_material_never_contradict_those_of_the_case_unnoticed(case: Any) -> None:
    """Fourth of four: the check starts from the case's answers, and a difference needs its note."""
    harms = [("HC_PRICE", 2, 3), ("HC_PARTISAN", 2, 3)]
    more = {"full": told("RQ10")}
    of_case = an_assessment(case, case.lead, answers=calm_answers(RQ10="yes"), harms=harms, more=more)
    form = RevisionCheckForm.begun(None, prefix="c", kept={}, of_case=of_case)
    assert form["RQ10"].value() == "yes" and form["FQ17"].value() == "Answer to FQ17"
    assert [row.of_case for row in form.rapid_rows() if row.question.code == "RQ10"] == [
        "Assessment 1 of the case says: Yes."
    ]
    sent = as_fields(calm_answers()) | {"RQ12_note": "Tomas", "danger_now": "none"}
    sent = {f"c-{name}": value for name, value in sent.items()}
    silent = RevisionCheckForm.begun(sent, prefix="c", kept={}, of_case=of_case)
    assert set(silent.errors) == {"RQ10_note"}
    rapid = as_kept(calm_answers())
    about = {"actor": a_person("rui"), "case": case, "material_id": uuid.uuid4(), "revision": 1, "danger_now": "none"}
    with pytest.raises(ValidationError, match="The assessment of the case says otherwise"):
        actions.write_revision_check(**about, answers=rapid)
    rapid["RQ10"]["note"] = "This page names no State and asks for nothing."
    check = actions.write_revision_check(**about, answers=rapid)
    assert check.answers["of_case"] == {"number": 1, "answered": {"RQ10": "yes"}, "parts": {}}


def test_the_reader_of_a_check_is_shown_what_differs(client: Any, case: Any) -> None:
    an_assessment(case, case.lead)
    rapid = as_kept(calm_answers(RQ08="no"))
    rapid["RQ08"]["note"] = "One sentence has no source yet."
    about = {"actor": a_person("rui"), "case": case, "material_id": uuid.uuid4(), "revision": 1, "danger_now": "none"}
    check = actions.write_revision_check(**about, answers=rapid, harms=[HarmGiven("HC_CREDIB", 2, 2)])
    address = reverse("safety:assessment", args=[case.reference, check.pk])
    assert "Assessment 1 of the case says: Yes." in signed_in(client, a_person("rui")).get(address).content.decode()
    assert "of the case says" not in signed_in(client, a_person("sam")).get(address).content.decode()


def test_a_check_answers_each_question_that_it_opens(case: Any) -> None:
    """The page of a check has no other place for the harm of not acting, so it is asked there."""
    more = {"full": told("RQ07"), "worst_harm": "HC_LEGAL"}
    answers = calm_answers(RQ07="yes")
    of_case = an_assessment(case, case.lead, answers=answers, harms=[("HC_LEGAL", 2, 2)], more=more)
    sent = {"c-RQ03": "yes"}
    opened_form = RevisionCheckForm.begun(None, prefix="c", kept=sent, of_case=of_case)
    assert {"FQ05", "FQ06", "FQ32"} <= set(opened_form.fields)
    begun = RevisionCheckForm.begun(None, prefix="c", kept={}, of_case=of_case)
    assert begun["FQ05"].value() == "Answer to FQ05" and begun.initial["FQ32"] == "He is forgotten."
    rapid = as_kept(answers, dict.fromkeys(answers, "As it stands now."))
    rapid["RQ03"] = {"answer": "yes", "note": "It was moved.", "on": "2027-01-08"}
    about = {"actor": a_person("rui"), "case": case, "material_id": uuid.uuid4(), "revision": 1, "danger_now": "none"}
    harms = [HarmGiven("HC_LEGAL", 2, 2), HarmGiven("HC_NEGOT", 2, 2)]
    with pytest.raises(ValidationError, match="Harm of NOT acting"):
        actions.write_revision_check(**about, answers=rapid, told=told("RQ03"), harms=harms)
    full = told("RQ03", FQ32={"text": "He is forgotten.", "is_unknown": False})
    assert actions.write_revision_check(**about, answers=rapid, told=full, harms=harms).level == "RL_LOW"


def test_a_check_of_unknowns_alone_is_not_written(case: Any) -> None:
    unknown = {question.code: "not_known" for question in questions.rapid()}
    rapid = as_kept(unknown, dict.fromkeys(unknown, "Nobody could be asked."))
    rapid["RQ11"]["parts"] = {part: {"answer": "not_known"} for part in questions.PARTS}
    with pytest.raises(ValidationError, match="unknowns alone"):
        actions.write_revision_check(
            actor=a_person("rui"), case=case, material_id=uuid.uuid4(), revision=1, danger_now="none", answers=rapid
        )


# --- unknown


def test_unknown_counts_three_says_so_and_gives_its_reason(client: Any, case: Any) -> None:
    sent = as_typed(
        harms=[a_harm("HC_PRICE", 2, 2), a_harm("HC_PARTISAN", 2, 2)], RQ10="yes", **opened("RQ10"), FQ17_unknown="on"
    )
    page = signed_in(client, case.lead).post(assess(case), sent)
    words = page.content.decode()
    assert page.status_code == 422 and "Not known counts with likelihood 3 at least:" in words
    assert [set(row.errors) for row in page.context["harms"]] == [{"likelihood"}, set()]
    reason = {"harm-0-reason_below": "We hope so."}
    assert client.post(assess(case), sent | reason).status_code == 422, "no reason lifts what is not known"
    assert client.post(assess(case), sent | {"harm-0-likelihood": "3"}).status_code == 302
    assert written().level == "RL_MED" and not written().is_unknown_alone
    stored = RiskHarm.objects.get(assessment=written(), category="HC_PRICE")
    assert stored.least_likelihood == 3


@pytest.mark.parametrize("text", ["", " ", "?", "unknown", "Unknown.", "NOT KNOWN", "n/a", "N.A.", "-", "None"])
def test_words_that_answer_nothing_are_no_reason(text: str) -> None:
    assert says_nothing(text)


def test_words_that_say_why_are_a_reason() -> None:
    assert not says_nothing(UNKNOWN["text"]) and not says_nothing("Unknown: the court has closed the file.")


def test_the_database_keeps_no_harm_under_its_bound(case: Any) -> None:
    row = an_assessment(case, case.lead, harms=[("HC_FAMILY", 2, 2)])
    figures = {"likelihood": 2, "impact": 2, "likelihood_after": 2, "impact_after": 2}
    with pytest.raises(IntegrityError, match="bound_of_its_answers"), transaction.atomic():
        RiskHarm.objects.create(case=case, assessment=row, category="HC_PRICE", least_likelihood=3, **figures)


# --- the date that an answer names


def test_it_ends_after_the_day_that_an_answer_names(client: Any, case: Any) -> None:
    day = timezone.localdate() + dt.timedelta(days=6)
    harms = [a_harm("HC_LEGAL", 2, 2), a_harm("HC_NEGOT", 1, 1)]
    sent = as_typed(harms=harms, RQ03="yes", **opened("RQ03"))
    assert set(signed_in(client, case.lead).post(assess(case), sent).context["form"].errors) == {"RQ03_on"}
    assert client.post(assess(case), sent | {"RQ03_on": day.isoformat()}).status_code == 302
    row = actions.sign_assessment(actor=a_person("rui"), assessment=written(), proof=PROOF)
    ends = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
    assert row.level == "RL_LOW" and row.expires_at == row.granted_until == ends
    longer = ends + dt.timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(expires_at=longer)


def test_the_database_signs_nothing_past_the_date_an_answer_names(case: Any) -> None:
    answers = kept(RQ03="yes")
    answers["rapid"]["RQ03"]["on"] = (timezone.localdate() + dt.timedelta(days=6)).isoformat()
    row = actions.write_assessment(
        actor=case.lead,
        case=case,
        kind="rapid",
        danger_now="none",
        answers=answers | {"full": told("RQ03")},
        harms=[HarmGiven("HC_LEGAL", 2, 2), HarmGiven("HC_NEGOT", 1, 1)],
    )
    now = timezone.now()
    until = now + dt.timedelta(days=90)
    with pytest.raises(IntegrityError, match="risk_ends_by"), transaction.atomic():
        RiskAssessment.objects.filter(pk=row.pk).update(
            signed_by=a_person("rui"), signed_at=now, expires_at=until, granted_until=until
        )


# --- who may


def test_who_may_not_assess_writes_nothing(client: Any, case: Any) -> None:
    with pytest.raises(NotAllowed):
        an_assessment(case, a_person("sam"))
    assert signed_in(client, a_person("sam")).post(assess(case), as_typed() | {"step": "add"}).status_code == 403
    assert signed_in(client, a_person("tomas")).post(assess(case), as_typed() | {"step": "add"}).status_code == 404
    assert not RiskAssessment.objects.exists()
