"""Where the answers for a material differ from those of its case: shown, explained in a note, and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Check
from casework.access import rights_on
from casework.models import Case
from safety import questions
from safety.assessing.answers import Answers
from safety.assessing.unseen import may_read_it
from safety.models import RiskAssessment


class Comparison(TypedDict):
    """With which assessment of the case a check was compared, and its answer to each question where they differ."""

    number: int
    answered: dict[str, str]
    parts: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Difference:
    """One rapid question that was answered otherwise for the case, in the assessment with this number.

    Of a question with parts, `parts` holds what the case says of those that differ.
    """

    question: questions.Question
    of_case: str
    number: int
    parts: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> str:
        """Return what the case's assessment says, in one sentence."""
        said = in_words(self.question, self.of_case, self.parts)
        return _("Assessment %(number)s of the case says: %(answer)s.") % {"number": self.number, "answer": said}


def assessment_in_force(case: Case) -> RiskAssessment | None:
    """Return the case's current assessment, signed or not; None where the latest was sent back, ended, or says nothing."""
    latest = RiskAssessment.objects.latest_of(case)
    return latest if latest and latest.ended_at is None and Answers.of(latest.answers).rapid else None


def assessment_to_begin_from(case: Case, reader: User) -> RiskAssessment | None:
    """Return the case's current assessment where this person may read what it says; None where not."""
    row = assessment_in_force(case)
    return row if row and may_read_it(row, reader, rights_on(reader, case)) else None


def differences(answers: Answers, of_case: RiskAssessment | None) -> tuple[Difference, ...]:
    """Return the rapid questions that both answer and answer otherwise."""
    if of_case is None:
        return ()
    return between(answers, Answers.of(of_case.answers), of_case.number)


def between(answers: Answers, before: Answers, number: int) -> tuple[Difference, ...]:
    """Return the rapid questions that both sets answer and answer otherwise, with what the one before says."""
    found = []
    for question in questions.rapid():
        said, now = before.rapid.get(question.code), answers.rapid.get(question.code)
        parts = differing_parts(question, answers, before)
        if said and now and (said != now or parts):
            found.append(Difference(question, said, number, parts))
    return tuple(found)


def differing_parts(question: questions.Question, answers: Answers, before: Answers) -> dict[str, str]:
    """Return what the earlier set says of each part that the other answers otherwise."""
    now, then = answers.parts.get(question.code, {}), before.parts.get(question.code, {})
    return {code: said.answer for code, said in then.items() if code in now and now[code].answer != said.answer}


def in_words(question: questions.Question, answer: str, parts: Mapping[str, str]) -> str:
    """Return an answer in the reader's language: of the parts that are named, or of the question as a whole."""
    of_parts = dict(questions.ANSWERS_OF_A_PART)
    named = [
        _("%(part)s: %(answer)s") % {"part": part.words, "answer": of_parts[parts[part.code]]}
        for part in question.parts
        if parts.get(part.code) in of_parts
    ]
    return "; ".join(named) or str(dict(question.choices)[questions.Answer(answer)])


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


def explained_or_listed(found: Iterable[Difference], reasons: Mapping[str, str]) -> list[Check]:
    """Return the refusal of differences for which no reason was written, as a pair of true-when-wrong and a sentence."""
    silent = [one.question.words for one in found if not reasons.get(one.question.code, "").strip()]
    listed = "; ".join(f"“{words}”" for words in silent)
    words = _("You answered otherwise than the author. Say why you sign all the same: %(questions)s")
    return [(bool(silent), words % {"questions": listed})]


def kept_comparison(answers: Answers, of_case: RiskAssessment) -> Comparison:
    """Return what is kept of the comparison: with which assessment, and what that one answered where they differ."""
    differing = differences(answers, of_case)
    return {
        "number": of_case.number,
        "answered": {one.question.code: one.of_case for one in differing},
        "parts": {one.question.code: dict(one.parts) for one in differing if one.parts},
    }


def differences_kept(answers: Mapping[str, Any] | None) -> dict[str, Difference]:
    """Return the differences that were kept with a check, by question."""
    kept = (answers or {}).get("of_case") or {}
    known = questions.by_code()
    parts = kept.get("parts", {})
    return {
        code: Difference(known[code], said, kept["number"], parts.get(code, {}))
        for code, said in kept.get("answered", {}).items()
    }
