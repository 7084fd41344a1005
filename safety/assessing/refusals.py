"""Why an assessment is not written as it was typed, in sentences; forms show the same beside their fields."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Check
from directory import vocabulary
from safety import questions
from safety.assessing.answers import Answers, PartSaid, says_nothing
from safety.assessing.bounds import broken_bound, may_wait, unanswered
from safety.assessing.harms import HarmGiven
from safety.models import RiskAssessment
from safety.people import people_on

UNKNOWN_ALONE = gettext_lazy("Nothing in it is known. An assessment of unknowns alone cannot be signed.")


def why_not_answered(assessment: RiskAssessment) -> list[Check]:
    """Return what is missing in the answers, as pairs of true-when-wrong and a sentence."""
    answers = Answers.of(assessment.answers)
    waiting = frozenset() if assessment.kind == RiskAssessment.Kind.FULL else may_wait(answers)
    elsewhere = () if assessment.material_id else questions.TOLD_ELSEWHERE
    is_full = assessment.kind == RiskAssessment.Kind.FULL
    asked = questions.full() if is_full else unanswered(answers, elsewhere=elsewhere)
    silent = [q.words for q in asked if q.code not in waiting and _is_silent(answers, q.code)]
    unexplained = [q.words for q in answers.unknown if answers.told[q.code].is_silent]
    undated = [q.words for q in questions.rapid() if is_undated(answers, q)]
    return [
        (
            any(answers.rapid.get(question.code) not in list(questions.Answer) for question in questions.rapid()),
            _("Answer each of the twelve questions."),
        ),
        (bool(silent), _("Your answers open questions that are not answered: %(questions)s") % _listed(silent)),
        (bool(unexplained), _("Say why it cannot be known: %(questions)s") % _listed(unexplained)),
        (bool(undated), _("Name the date: %(questions)s") % _listed(undated)),
        (
            any(not applies_not(part, said) for part, said in not_applying(answers)),
            _("Say why it does not apply; where the question names the cases, choose one of them."),
        ),
        (
            rates_not_acting(answers) and assessment.material_id is None and not answers.has_rated_not_acting,
            _("Rate the harm of not acting: silence may be worse."),
        ),
    ]


def why_not_rated(assessment: RiskAssessment, harms: list[HarmGiven]) -> list[Check]:
    """Return what stands against the harms as they were rated, as pairs of true-when-wrong and a sentence."""
    answers = Answers.of(assessment.answers)
    named = {harm.category for harm in harms}
    unrated = [vocabulary.label("harm_category", code) for code in answers.harms if code not in named]
    here = {person.pk for person in people_on(assessment.case)}
    broken = [broken_bound(answers, harm.category, harm.likelihood, reason=harm.reason_below) for harm in harms]
    return [
        (bool(unrated), _("Your answers name harms that are not rated: %(harms)s.") % {"harms": "; ".join(unrated)}),
        *((bound is not None, bound.refusal() if bound else "") for bound in broken),
        (
            bool(assessment.worst_case) and answers.worst_harm not in named,
            _("The worst case stands in words alone. Say which harm it is, and rate it."),
        ),
        (len(named) < len(harms), _("A harm is rated once. Two rows name the same harm.")),
        (not named <= set(vocabulary.terms("harm_category")), _("Choose each harm from the list.")),
        (
            any(harm.owner and harm.owner.pk not in here for harm in harms),
            _("The owner of a mitigation must be on the case."),
        ),
    ]


def is_undated(answers: Answers, question: questions.Question) -> bool:
    """Say whether a yes to this question asks for the date it is about, and none is named."""
    said = answers.rapid.get(question.code)
    return question.ends_with_its_date and said == questions.Answer.YES and answers.date_of(question) is None


def not_applying(answers: Answers) -> list[tuple[questions.QuestionPart, PartSaid]]:
    """Return the parts of questions that were said not to apply, with what was said."""
    return [
        (part, said)
        for question in questions.rapid()
        for part in question.parts
        if (said := answers.parts.get(question.code, {}).get(part.code)) and said.answer == questions.NOT_APPLYING
    ]


def applies_not(part: questions.QuestionPart, said: PartSaid) -> bool:
    """Say whether what was said is a ground for the part not to apply: one of its cases, or words that say something."""
    return said.because in part.cases_without_it if part.cases_without_it else not says_nothing(said.because)


def rates_not_acting(answers: Answers) -> bool:
    """Say whether an answer asks that the harm of not acting be rated."""
    return any(q.rates_not_acting for q in questions.alarmed(answers.rapid) if answers.rapid.get(q.code))


def _is_silent(answers: Answers, code: str) -> bool:
    said = answers.told.get(code)
    return said is None or (said.is_silent and not said.is_unknown)


def _listed(words: Iterable[str]) -> dict[str, str]:
    return {"questions": "; ".join(f"“{one}”" for one in words)}
