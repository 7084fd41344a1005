"""Question 11 has four parts: family, lawyer, partners, embassy; each is warned, waits, is not known, or does not apply."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from safety import actions, questions
from safety.assessing.answers import Answers
from safety.assessing.differences import differences, differences_kept
from safety.forms.revision_check import RevisionCheckForm
from safety.models import RiskAssessment
from tests.factories import a_case, on_case
from tests.people import a_person, signed_in
from tests.safety.answers import PROOF, WARNED, a_harm, an_assessment, as_fields, as_kept, as_typed, calm_answers

NOT_THEIRS = {"RQ11_embassy": "not_applying", "RQ11_embassy_because": "stateless"}
HARMS = [a_harm("HC_FAMILY", 2, 2), a_harm("HC_LAWYER", 2, 2)]
WAYS = {
    "all are warned": ({}, "yes"),
    "one is not": ({"lawyer": "no"}, "no"),
    "of one it is not known": ({"partners": "not_known"}, "not_known"),
    "one is not, of one it is not known": ({"partners": "not_known", "embassy": "no"}, "no"),
    "one does not apply": ({"embassy": "not_applying"}, "yes"),
    "one was left open": ({"embassy": ""}, ""),
    "one was answered in a word that is none": ({"embassy": "perhaps"}, ""),
}


@pytest.fixture
def case(db: Any) -> Any:
    case = a_case()
    on_case(case, "rui", "reviewer")
    return case


def assess(case: Any) -> str:
    return reverse("safety:assess", args=[case.reference])


def written() -> RiskAssessment:
    return RiskAssessment.objects.latest("number")


def with_parts(**parts: dict[str, str]) -> dict[str, Any]:
    """Return calm answers as an assessment keeps them, with some parts otherwise."""
    rapid = as_kept(calm_answers())
    rapid[WARNED]["parts"] |= parts
    return {"rapid": rapid}


def write(case: Any, **parts: dict[str, str]) -> RiskAssessment:
    harms = [actions.HarmGiven(row["category"], 2, 2) for row in HARMS]
    told = {"kind": "rapid", "danger_now": "none", "not_acting": "He waits.", "harms": harms}
    return actions.write_assessment(actor=case.lead, case=case, answers=with_parts(**parts), **told)


def test_the_four_parts_are_those_that_the_question_names() -> None:
    question = questions.by_code()[WARNED]
    assert [part.code for part in question.parts] == ["family", "lawyer", "partners", "embassy"]
    assert all(part.code in question.english for part in question.parts)


@pytest.mark.parametrize("way", WAYS)
def test_one_part_that_stops_stops_the_whole(way: str) -> None:
    changed, answer = WAYS[way]
    said = dict.fromkeys(questions.PARTS, "yes") | changed
    assert questions.by_code()[WARNED].of_parts(said) == answer


def test_an_answer_beside_the_parts_counts_for_nothing() -> None:
    """A yes that somebody puts where the parts belong is no answer."""
    assert Answers.of({"rapid": {WARNED: {"answer": "yes"}}}).rapid == {WARNED: ""}
    told = {WARNED: {"answer": "yes", "parts": {code: {"answer": "no"} for code in questions.PARTS}}}
    assert Answers.of({"rapid": told}).rapid == {WARNED: "no"}


def test_the_form_asks_for_each_part_beside_it(client: Any, case: Any) -> None:
    page = signed_in(client, case.lead).get(assess(case)).content.decode()
    assert all(f'name="RQ11_{part}"' in page for part in questions.PARTS) and 'name="RQ11"' not in page
    left_out = {name: said for name, said in as_typed().items() if name != "RQ11_partners"}
    page = client.post(assess(case), left_out)
    assert page.status_code == 422 and set(page.context["form"].errors) == {"RQ11_partners"}
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize("answer", ["no", "not_known"])
@pytest.mark.parametrize("part", list(questions.PARTS))
def test_a_part_that_is_not_warned_or_not_known_is_a_hard_stop(client: Any, case: Any, part: str, answer: str) -> None:
    sent = as_typed(harms=HARMS, **{f"RQ11_{part}": answer})
    assert signed_in(client, case.lead).post(assess(case), sent).status_code == 302
    row = written()
    assert row.has_hard_stop and Answers.of(row.answers).parts[WARNED][part].answer == answer
    row = actions.sign_assessment(actor=a_person("rui"), assessment=row, proof=PROOF)
    assert row.carries_mark()
    row.has_hard_stop = False
    assert not row.carries_mark()


def test_the_embassy_does_not_apply_only_in_the_cases_named(client: Any, case: Any) -> None:
    signed_in(client, case.lead)
    for because in ("", "we forgot"):
        page = client.post(assess(case), as_typed(**{**NOT_THEIRS, "RQ11_embassy_because": because}))
        assert page.status_code == 422 and set(page.context["form"].errors) == {"RQ11_embassy_because"}
    assert client.post(assess(case), as_typed(**NOT_THEIRS)).status_code == 302
    row = written()
    assert not row.has_hard_stop
    assert Answers.of(row.answers).parts[WARNED]["embassy"].because == "stateless"
    with pytest.raises(ValidationError, match="Say why it does not apply"):
        write(case, embassy={"answer": "not_applying", "because": "we forgot"})


def test_family_lawyer_and_partners_do_not_apply_for_a_reason_in_words(client: Any, case: Any) -> None:
    signed_in(client, case.lead)
    for because in ("", "unknown", "none"):
        sent = as_typed(RQ11_lawyer="not_applying", RQ11_lawyer_because=because)
        page = client.post(assess(case), sent)
        assert page.status_code == 422 and set(page.context["form"].errors) == {"RQ11_lawyer_because"}
        with pytest.raises(ValidationError, match="Say why it does not apply"):
            write(case, lawyer={"answer": "not_applying", "because": because})
    why = "No lawyer may enter the colony."
    sent = as_typed(RQ11_lawyer="not_applying", RQ11_lawyer_because=why)
    assert client.post(assess(case), sent).status_code == 302 and not written().has_hard_stop
    page = client.get(reverse("safety:assessment", args=[case.reference, written().pk])).content.decode()
    assert "Lawyer: Does not apply" in page and why in page and "Family: Warned, check-in set" in page


def test_a_reason_of_a_part_that_applies_is_not_kept(client: Any, case: Any) -> None:
    sent = as_typed(RQ11_lawyer_because="No lawyer may enter the colony.")
    assert signed_in(client, case.lead).post(assess(case), sent).status_code == 302
    assert Answers.of(written().answers).parts[WARNED]["lawyer"].because == ""


def test_a_new_one_begins_with_the_four_parts_of_the_old(client: Any, case: Any) -> None:
    signed_in(client, case.lead).post(assess(case), as_typed(**NOT_THEIRS))
    form = client.get(assess(case) + f"?from={written().pk}").context["form"]
    shown = {name: form[name].value() for name in ("RQ11_family", "RQ11_embassy", "RQ11_embassy_because")}
    assert shown == {"RQ11_family": "yes", **NOT_THEIRS}


def test_two_sets_that_both_wait_differ_when_they_wait_for_others(case: Any) -> None:
    """The answer as a whole is the same no; who is warned is not."""
    of_case = write(case, family={"answer": "no"})
    check = Answers.of(with_parts(partners={"answer": "no"}))
    (one,) = differences(check, of_case)
    assert one.words() == "Assessment 1 of the case says: Family: Not yet; Partners: Warned, check-in set."
    assert differences(Answers.of(of_case.answers), of_case) == ()


def test_the_check_of_a_revision_starts_from_the_parts_and_explains_what_differs(case: Any) -> None:
    of_case = an_assessment(case, case.lead)
    begun = RevisionCheckForm.begun(None, prefix="check", kept={}, of_case=of_case)
    assert begun["RQ11_partners"].value() == "yes"
    sent = as_fields(calm_answers(), "check-") | {"check-RQ12_note": "Tomas", "check-danger_now": "none"}
    sent |= {"check-RQ11_embassy": "not_applying", "check-RQ11_embassy_because": "stateless"}
    form = RevisionCheckForm.begun(sent, prefix="check", kept={}, of_case=of_case)
    assert not form.is_valid() and set(form.errors) == {"RQ11_note"}
    assert "Embassy: Warned, check-in set" in str(form.errors["RQ11_note"])
    sent |= {"check-RQ11_note": "She lost her nationality in May."}
    form = RevisionCheckForm.begun(sent, prefix="check", kept={}, of_case=of_case)
    assert form.is_valid(), form.errors
    told = {"material_id": case.pk, "revision": 1, **form.values()}
    row = actions.write_revision_check(actor=a_person("rui"), case=case, **told)
    assert "Embassy: Warned" in differences_kept(row.answers)[WARNED].words()


def test_one_part_that_is_known_is_something_that_is_known() -> None:
    unknown = as_kept({question.code: "not_known" for question in questions.rapid()})
    assert not Answers.of({"rapid": unknown}).is_unknown_alone
    unknown[WARNED]["parts"] = {part: {"answer": "not_known"} for part in questions.PARTS}
    assert Answers.of({"rapid": unknown}).is_unknown_alone
