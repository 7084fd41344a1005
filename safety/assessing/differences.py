"""Where the answers for a material differ from those of its case: shown, explained in a note, and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Check
from casework.access import rights_on
from casework.models import Case
from safety import questions
from safety.assessing.answers import Answers
from safety.models import RiskAssessment
from safety.people import may_read_content


class Comparison(TypedDict):
    """With which assessment of the case a check was compared, and its answer to each question where they differ."""

    number: int
    answered: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One rapid question that was answered otherwise for the case, in the assessment with this number."""

    question: questions.Question
    of_case: str
    number: int

    def words(self) -> str:
        """Return what the case's assessment says, in one sentence."""
        said = dict(self.question.choices)[questions.Answer(self.of_case)]
        return _("Assessment %(number)s of the case says: %(answer)s.") % {"number": self.number, "answer": said}


def assessment_in_force(case: Case) -> RiskAssessment | None:
    """Return the case's current assessment, signed or not; None where the latest was sent back, ended, or says nothing."""
    latest = RiskAssessment.objects.latest_of(case)
    return latest if latest and latest.ended_at is None and Answers.of(latest.answers).rapid else None


def assessment_to_begin_from(case: Case, reader: User) -> RiskAssessment | None:
    """Return the case's current assessment where this person may read what it says; None where not."""
    return assessment_in_force(case) if may_read_content(rights_on(reader, case)) else None


def differences(answers: Answers, of_case: RiskAssessment | None) -> tuple[Difference, ...]:
    """Return the rapid questions that both answer and answer otherwise."""
    if of_case is None:
        return ()
    before = Answers.of(of_case.answers).rapid
    return tuple(
        Difference(question, before[question.code], of_case.number)
        for question in questions.rapid()
        if before.get(question.code)
        and answers.rapid.get(question.code)
        and before[question.code] != answers.rapid[question.code]
    )


def why_not_explained(answers: Answers, of_case: RiskAssessment | None) -> list[Check]:
    """Return the refusal of differences that no note explains, as a pair of true-when-wrong and a sentence."""
    silent = [one.question.words for one in differences(answers, of_case) if not answers.notes.get(one.question.code)]
    listed = "; ".join(f"“{words}”" for words in silent)
    return [
        (
            bool(silent),
            _("The assessment of the case says otherwise. Say in a note why this revision differs: %(questions)s")
            % {"questions": listed},
        )
    ]


def kept_comparison(answers: Answers, of_case: RiskAssessment) -> Comparison:
    """Return what is kept of the comparison: with which assessment, and what that one answered where they differ."""
    differing = {one.question.code: one.of_case for one in differences(answers, of_case)}
    return {"number": of_case.number, "answered": differing}


def differences_kept(answers: Mapping[str, Any] | None) -> dict[str, Difference]:
    """Return the differences that were kept with a check, by question."""
    kept = (answers or {}).get("of_case") or {}
    known = questions.by_code()
    return {code: Difference(known[code], said, kept["number"]) for code, said in kept.get("answered", {}).items()}
