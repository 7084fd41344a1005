"""What pages of safety show of their rows, put into words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from directory import vocabulary
from safety import questions, rating
from safety.actions import lifting_was_asked
from safety.assessing.answers import Answers, PartSaid
from safety.assessing.differences import differences_kept
from safety.forms.orders import ReasonForm
from safety.models import Hold, RiskAssessment, RiskHarm
from safety.pages.second_sets import ShownSecondSet, second_sets
from safety.pages.status import SafetyStatus
from safety.people import names_of


@dataclass(frozen=True)
class ShownHold:
    """A hold as the hold notice takes it, whether somebody asked to lift it, and the form that asks where there is one."""

    row: Hold
    kind: str
    by: User
    at: datetime
    reason: str
    is_asked: bool
    is_of_case: bool
    ask: ReasonForm | None = None


@dataclass(frozen=True)
class RiskEventLine:
    """Something that happened and is not answered yet, as a line of a task list."""

    label: str
    url: str
    note: str
    late: str
    soon: str


@dataclass(frozen=True)
class HarmRow:
    """One harm with its figures before and after; `weight` puts the worst first."""

    row: RiskHarm
    rated: rating.RatedHarm
    before: int
    after: int
    weight: tuple[int, int, int]


@dataclass(frozen=True)
class PartRow:
    """One part of a rapid question with what was answered to it, and why it does not apply."""

    part: questions.QuestionPart
    words: str
    because: str


@dataclass(frozen=True)
class AnswerRow:
    """One rapid question with what was answered to it."""

    question: questions.Question
    words: str
    note: str
    is_alarmed: bool
    on: date | None
    parts: list[PartRow]
    differs: str
    by: str = ""


@dataclass(frozen=True)
class FullRow:
    """One full question with what was written to it."""

    question: questions.Question
    text: str
    is_unknown: bool


@dataclass(frozen=True)
class Content:
    """What an assessment says, for those with the right (safety/_content.html)."""

    answers: list[AnswerRow]
    harms: list[HarmRow]
    full: list[FullRow]
    worst: str
    not_acting_figures: str
    second_sets: list[ShownSecondSet]


def shown_hold(hold: Hold, *, ask: ReasonForm | None = None) -> ShownHold:
    """Return what the hold notice takes, and whether somebody asked to lift it."""
    return ShownHold(
        row=hold,
        kind=hold.kind,
        by=hold.held_by,
        at=hold.held_at,
        reason=hold.reason,
        is_asked=lifting_was_asked(hold),
        is_of_case=hold.scope == Hold.Scope.CASE,
        ask=ask,
    )


def risk_event_rows(standing: SafetyStatus) -> list[RiskEventLine]:
    """Return what happened and is not answered yet, with what is due, for a task list."""
    paused = {pause.risk_event_id for pause in standing.pauses}
    rows = []
    for row in standing.risk_events:
        is_late = row.due_at is not None and row.due_at <= standing.at
        hours = int(abs((row.due_at - standing.at).total_seconds()) // 3600) if row.due_at else 0
        late = ngettext("new look %(hours)s hour late", "new look %(hours)s hours late", hours) % {"hours": hours}
        soon = ngettext("new look due in %(hours)s hour", "new look due in %(hours)s hours", hours) % {"hours": hours}
        note = _("%(name)s, %(instant)s.") % {"name": row.noted_by, "instant": instant(row.noted_at)}
        if row.pk in paused:
            note = _("Public work is paused. %(note)s") % {"note": note}
        rows.append(
            RiskEventLine(
                label=row.get_code_display(),
                url=reverse("safety:risk_event", args=[standing.case.reference, row.pk]),
                note=note,
                late=late if is_late else "",
                soon="" if is_late else soon,
            )
        )
    return rows


def instant(moment: datetime) -> str:
    """Return an instant as plain words, for sentences."""
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def content_of(assessment: RiskAssessment) -> Content:
    """Return everything that an assessment says. Whoever calls this has asked for the right to read it."""
    return Content(
        answers=answer_rows(assessment),
        harms=harm_rows(assessment),
        full=full_rows(assessment),
        worst=worst_harm(assessment),
        not_acting_figures=not_acting_figures(assessment),
        second_sets=second_sets(assessment),
    )


def worst_harm(assessment: RiskAssessment | None) -> str:
    """Return the harm that made the level, in words; empty when none was named."""
    if assessment is None:
        return ""
    worst = rating.rate(rating.RatedHarm.of(row) for row in assessment.harms.all()).worst
    if worst is None:
        return ""
    likelihood, impact = worst.counted
    figures = {
        "harm": vocabulary.label("harm_category", worst.category),
        "likelihood": likelihood,
        "impact": impact,
        "product": likelihood * impact,
    }
    return _("%(harm)s: likelihood %(likelihood)s × impact %(impact)s = %(product)s") % figures


def harm_rows(assessment: RiskAssessment) -> list[HarmRow]:
    """Return each harm with its figures before and after and the level it makes, the worst first."""
    rows = []
    for row in assessment.harms.select_related("owner"):
        rated = rating.RatedHarm.of(row)
        before, after = row.likelihood * row.impact, row.likelihood_after * row.impact_after
        rows.append(HarmRow(row, rated, before, after, rating.weight(rated)))
    return sorted(rows, key=lambda shown: shown.weight, reverse=True)


def answer_rows(assessment: RiskAssessment) -> list[AnswerRow]:
    """Return the twelve questions with answer, note and whether the answer calls for something."""
    given, differing = Answers.of(assessment.answers), differences_kept(assessment.answers)
    by = names_of((assessment.answers or {}).get("by", {})) if assessment.co_author_id else {}
    rows = []
    for question in questions.rapid():
        answer = given.rapid.get(question.code, "")
        words = str({str(key): said for key, said in question.choices}.get(answer, _("Not answered")))
        rows.append(
            AnswerRow(
                question,
                words,
                given.notes.get(question.code, ""),
                question.is_alarmed_by(answer),
                on=given.date_of(question),
                parts=part_rows(question, given),
                differs=differing[question.code].words() if question.code in differing else "",
                by=by.get(question.code, ""),
            )
        )
    return rows


def part_rows(question: questions.Question, given: Answers) -> list[PartRow]:
    """Return the parts of a question with their answers; none for a question with one answer."""
    said = given.parts.get(question.code, {})
    rows = []
    for part in question.parts if said else ():
        one = said.get(part.code, PartSaid(""))
        because = _(one.because) if one.because in part.cases_without_it else one.because
        rows.append(PartRow(part, one.words or _("Not answered"), because))
    return rows


def full_rows(assessment: RiskAssessment) -> list[FullRow]:
    """Return the full questions that were asked, with their answers, the unknown marked."""
    told = Answers.of(assessment.answers).told
    return [
        FullRow(question, told[question.code].text, told[question.code].is_unknown)
        for question in questions.full()
        if question.code in told
    ]


def not_acting_figures(assessment: RiskAssessment) -> str:
    """Return how not acting was rated, on the same scale; empty when it was not."""
    beside = (assessment.answers or {}).get("not_acting", {})
    if not beside:
        return ""
    figures = {**beside, "product": beside["likelihood"] * beside["impact"]}
    return _("likelihood %(likelihood)s × impact %(impact)s = %(product)s") % figures


def factor_in_words(signed_with: str) -> str:
    """Return which second factor made a signature and how old it was."""
    method, _space, age = signed_with.partition(" ")
    names = {"totp": _("authenticator code"), "recovery_codes": _("recovery code")}
    if not age.isdigit():
        return names.get(method, "")
    seconds = int(age)
    return ngettext("%(factor)s, %(seconds)s second old", "%(factor)s, %(seconds)s seconds old", seconds) % {
        "factor": names.get(method, method),
        "seconds": seconds,
    }


def typed(sentence: str, **words: User | str | None) -> SafeString:
    """Return a sentence with what people typed kept apart from its direction."""
    return format_html(sentence, **{name: format_html("<bdi>{}</bdi>", value) for name, value in words.items()})
