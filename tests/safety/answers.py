"""What a person types into the forms of safety, and rows that are already there."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.sign_in.freshness import Proof
from casework.models import Case
from safety import actions, questions
from safety.assessing.answers import Answers
from safety.models import RiskAssessment, SecondSet

WARNED = "RQ11"
CALM = {"RQ01": "yes", "RQ02": "no", "RQ08": "yes", "RQ11": "yes", "RQ12": "yes"}
PROOF = Proof("totp", 1, dt.datetime(2026, 11, 20, tzinfo=dt.UTC), dt.timedelta(seconds=40))


def calm_answers(**changed: str) -> dict[str, str]:
    """Return the twelve answers of a plan in which nothing stops anything, with some changed."""
    return {question.code: "no" for question in questions.rapid()} | CALM | changed


def as_typed(*, harms: Any = (), full: bool = False, **changed: str) -> dict[str, str]:
    """Return the whole form of an assessment as a browser sends it."""
    sent = as_fields(calm_answers(**{code: said for code, said in changed.items() if code == WARNED}))
    sent |= {"RQ12_note": "Tomas; the page can be taken down."}
    sent |= {"danger_now": "some", "not_acting": "He is forgotten.", "dissent": ""}
    if harms:
        sent |= {"worst_case": "His visits are cut.", "worst_harm": harms[0]["category"]}
    if full:
        sent |= {question.code: f"Answer to {question.code}" for question in questions.full()}
    sent |= {"harm-TOTAL_FORMS": str(len(harms)), "harm-INITIAL_FORMS": "0"}
    for number, harm in enumerate(harms):
        sent |= {f"harm-{number}-{name}": str(value) for name, value in harm.items()}
    return sent | {name: said for name, said in changed.items() if name != WARNED}


def warned(answer: str) -> dict[str, dict[str, str]]:
    """Return the four parts of the question who is warned, which make this answer together."""
    return {part: {"answer": answer if part == "partners" else "yes"} for part in questions.PARTS}


def as_fields(answers: dict[str, str], prefix: str = "") -> dict[str, str]:
    """Return rapid answers as fields of a form: the question who is warned has four."""
    fields = {f"{prefix}{code}": said for code, said in answers.items() if code != WARNED}
    parts = warned(answers[WARNED]).items() if WARNED in answers else ()
    return fields | {f"{prefix}{WARNED}_{part}": said["answer"] for part, said in parts}


def as_kept(answers: dict[str, str], notes: dict[str, str] | None = None) -> dict[str, Any]:
    """Return rapid answers as an assessment keeps them."""
    notes = notes or {}
    kept: dict[str, Any] = {code: {"answer": said, "note": notes.get(code, "")} for code, said in answers.items()}
    if WARNED in kept:
        kept[WARNED]["parts"] = warned(answers[WARNED])
    return kept


def opened(*codes: str, **changed: str) -> dict[str, str]:
    """Return what is typed into the questions that these rapid answers open, with some changed."""
    by_code = questions.by_code()
    asked = {code for rapid in codes for code in by_code[rapid].opens} - set(questions.TOLD_ELSEWHERE)
    return {code: f"Answer to {code}" for code in asked} | changed


def told(*codes: str, **changed: dict[str, Any]) -> dict[str, Any]:
    """Return the same as an assessment keeps it."""
    return {code: {"text": text, "is_unknown": False} for code, text in opened(*codes).items()} | changed


def a_harm(category: str = "HC_FAMILY", likelihood: int = 2, impact: int = 4, **fields: Any) -> dict[str, Any]:
    """Return one harm as a browser sends it."""
    return {"category": category, "likelihood": likelihood, "impact": impact, **fields}


def an_assessment(
    case: Case,
    author: Any,
    *,
    harms: Any = (),
    answers: dict[str, str] | None = None,
    more: dict[str, Any] | None = None,
    notes: dict[str, str] | None = None,
    **fields: Any,
) -> RiskAssessment:
    """Return an assessment written by the verb, with nothing in it that stops anything."""
    kept = {
        "rapid": as_kept(answers or calm_answers(), notes),
        **({"worst_harm": harms[0][0]} if harms else {}),
        **(more or {}),
    }
    given = {
        "kind": "rapid",
        "danger_now": "none",
        "worst_case": "SecretWorstCase" if harms else "",
        "not_acting": "He is forgotten.",
        **fields,
    }
    return actions.write_assessment(
        actor=author, case=case, answers=kept, harms=[actions.HarmGiven(*harm) for harm in harms], **given
    )


def a_signed_assessment(case: Case, author: Any, signer: Any, **fields: Any) -> RiskAssessment:
    """Return an assessment written and signed now."""
    row = an_assessment(case, author, **fields)
    if row.takes_two_signatures and signer.pk not in row.writers:
        answered_unseen(row, signer)
    return actions.sign_assessment(actor=signer, assessment=row, proof=PROOF)


def answered_unseen(row: RiskAssessment, signer: Any, **changed: str) -> SecondSet:
    """Return this signer's own answers, given before they read the assessment: the author's, with some changed."""
    said = dict(Answers.of(row.answers).rapid) | changed
    return actions.give_second_set(actor=signer, assessment=row, answers=as_kept(said))


def an_old_assessment(case: Case, author: Any, signer: Any, *, days: int) -> RiskAssessment:
    """Return a low assessment that was signed so many days ago, as a row: verbs know only the present."""
    at = timezone.now() - dt.timedelta(days=days)
    until = at + dt.timedelta(days=90)
    number = RiskAssessment.objects.filter(case=case).count() + 1
    signed = {"signed_by": signer, "signed_at": at, "expires_at": until, "granted_until": until}
    rapid = {"rapid": as_kept(calm_answers())}
    return RiskAssessment.objects.create(
        case=case,
        number=number,
        danger_now="none",
        level="RL_LOW",
        author=author,
        written_at=at,
        answers=rapid,
        **signed,
    )
