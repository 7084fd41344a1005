"""What is shown of second sets of answers, and by whom the questions of one assessment were answered."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from safety.actions import second_set_of
from safety.assessing.answers import Answers
from safety.assessing.differences import Difference, between, in_words
from safety.models import RiskAssessment, SecondSet


@dataclass(frozen=True)
class ShownDifference:
    """One question that author and signer answered otherwise, and why the signer signed."""

    question: str
    author: str
    signer: str
    reason: str


@dataclass(frozen=True)
class ShownSecondSet:
    """What a signer answered before they read the assessment, as far as it differs."""

    by: User
    at: datetime
    differences: list[ShownDifference]


def differing_of(row: RiskAssessment, person: User) -> tuple[Difference, ...]:
    """Return where this person's own answers differ from the author's; none once it is signed, or without own answers."""
    second = second_set_of(row, person) if row.signed_at is None else None
    return _differing(row, second) if second else ()


def second_sets(row: RiskAssessment) -> list[ShownSecondSet]:
    """Return every second set of answers to this assessment, in the order in which they were given."""
    return [_shown(row, second) for second in row.second_sets.select_related("given_by")]


def _differing(row: RiskAssessment, second: SecondSet) -> tuple[Difference, ...]:
    return between(Answers.of(second.answers), Answers.of(row.answers), row.number)


def _shown(row: RiskAssessment, second: SecondSet) -> ShownSecondSet:
    theirs, reasons = Answers.of(second.answers), second.reasons
    found = []
    for one in _differing(row, second):
        code = one.question.code
        said = theirs.parts.get(code, {})
        parts = {part: said[part].answer for part in one.parts}
        author, signer = (
            in_words(one.question, one.of_case, one.parts),
            in_words(one.question, theirs.rapid[code], parts),
        )
        found.append(ShownDifference(one.question.words, author, signer, reasons.get(code, "")))
    return ShownSecondSet(second.given_by, second.given_at, found)
