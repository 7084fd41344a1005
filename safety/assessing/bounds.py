"""The bounds that answers set: the least likelihood of a harm, and the day after which the rating does not hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from directory import vocabulary
from safety import questions
from safety.assessing.answers import Answers
from safety.questions import Question

UNKNOWN_IS_AT_LEAST = 3
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Bound:
    """The least likelihood of a harm, with the question whose answer sets it; a reason lifts only some."""

    harm: str
    least: int
    question: Question
    may_be_reasoned: bool

    def refusal(self) -> str:
        """Return the sentence that stands beside the harm."""
        figures = {
            "harm": vocabulary.label("harm_category", self.harm),
            "least": self.least,
            "question": self.question.words,
        }
        if self.may_be_reasoned:
            return (
                _(
                    "%(harm)s: likelihood %(least)s at least, or the reason why it is less likely here."
                    " That follows from your answer to “%(question)s”"
                )
                % figures
            )
        return _("%(harm)s: likelihood %(least)s at least, because it is not known: “%(question)s”") % figures


def bounds(answers: Answers) -> Mapping[str, tuple[Bound, ...]]:
    """Return for each harm what binds its likelihood before mitigation."""
    found: dict[str, tuple[Bound, ...]] = {}
    for question in questions.alarmed(answers.rapid):
        if question.least_likelihood > 1 and answers.rapid.get(question.code):
            for harm in question.harms:
                found[harm] = (*found.get(harm, ()), Bound(harm, question.least_likelihood, question, True))
    for question in answers.unknown:
        for harm in question.harms:
            found[harm] = (*found.get(harm, ()), Bound(harm, UNKNOWN_IS_AT_LEAST, question, False))
    return found


def least_likelihood(answers: Answers, harm: str, *, has_reason: bool) -> int:
    """Return the likelihood under which this harm cannot be rated; a reason lifts what a reason may lift."""
    binding = bounds(answers).get(harm, ())
    return max((bound.least for bound in binding if not (has_reason and bound.may_be_reasoned)), default=1)


def broken_bound(answers: Answers, harm: str, likelihood: int, *, reason: str) -> Bound | None:
    """Return the bound that this likelihood stays under, or None."""
    for bound in bounds(answers).get(harm, ()):
        if likelihood < bound.least and not (bound.may_be_reasoned and reason.strip()):
            return bound
    return None


def may_wait(answers: Answers) -> frozenset[str]:
    """Return the opened questions that may be answered within a day: opened by nothing that asks for them at once."""
    alarmed = [question for question in questions.alarmed(answers.rapid) if answers.rapid.get(question.code)]
    at_once = {code for question in alarmed if not question.may_wait_a_day for code in question.opens}
    later = {code for question in alarmed if question.may_wait_a_day for code in question.opens}
    return frozenset(later - at_once)


def unanswered(answers: Answers, *, elsewhere: Collection[str] = questions.TOLD_ELSEWHERE) -> tuple[Question, ...]:
    """Return the opened questions that nobody has answered, in their order; those told elsewhere are not among them.

    The check of a revision has no elsewhere: each opened question is answered in it.
    """
    told = answers.told
    return tuple(
        question
        for question in answers.opened
        if question.code not in elsewhere and (question.code not in told or told[question.code].is_silent)
    )


def ends_by(answers: Answers, written_at: datetime) -> datetime | None:
    """Return the latest end that the answers allow: after the day they name, or a day while questions are open."""
    ends: list[datetime] = []
    for question in questions.alarmed(answers.rapid):
        named = answers.date_of(question) if question.ends_with_its_date else None
        if named:
            ends.append(timezone.make_aware(datetime.combine(named + timedelta(days=1), time.min)))
    if unanswered(answers):
        ends.append(written_at + A_DAY)
    return min(ends, default=None)
