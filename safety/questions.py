"""The twelve rapid and the thirty-seven full questions, read once from reference/risk_questions.csv."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.vocabulary import terms

FILE = Path(__file__).parent / "reference" / "risk_questions.csv"


class Answer(StrEnum):
    """What can be answered to a rapid question; not known counts as the answer that stops."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


ANSWERS = ((Answer.YES, _("Yes")), (Answer.NO, _("No")), (Answer.NOT_KNOWN, _("Not known")))
WHO_STOPS_IT = "RQ12"
NOT_APPLYING = "not_applying"
ANSWERS_OF_A_PART = (
    (str(Answer.YES), _("Warned, check-in set")),
    (str(Answer.NO), _("Not yet")),
    (str(Answer.NOT_KNOWN), _("Not known")),
    (NOT_APPLYING, _("Does not apply")),
)
PARTS = {"family": _("Family"), "lawyer": _("Lawyer"), "partners": _("Partners"), "embassy": _("Embassy")}
IN_PLAIN_WORDS = {"RQ08": _("Is every claim publishable as it stands, or printed with its source named?")}
ANSWERS_TO_WHO_STOPS_IT = (
    (Answer.YES, _("Somebody is named in the note")),
    (Answer.NO, _("Nobody is named")),
    (Answer.NOT_KNOWN, _("Not known")),
)
AT_LEAST = re.compile(r"likelihood of the harms named is at least (\d)")
HARD_STOPS = frozenset({"RQ01", "RQ02", "RQ11", "RQ12"})
TOLD_ELSEWHERE = {
    "FQ29": _("Rated below, one row a harm."),
    "FQ30": _("Written below, with the harm and the owner."),
    "FQ31": _("Rated below, one row a harm."),
    "FQ32": _("Written below."),
    "FQ37": _("Written below."),
}


@dataclass(frozen=True)
class QuestionPart:
    """One of the parts of a question, each answered by itself. Where no case is named, words say why it does not apply."""

    code: str
    cases_without_it: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the part in the reader's language."""
        return str(PARTS[self.code])


@dataclass(frozen=True)
class Question:
    """One question, which answer calls for something, and which harms that answer names."""

    code: str
    english: str
    alarm: str
    effect: str
    harms: tuple[str, ...]
    opens: tuple[str, ...] = ()
    may_not_apply: str = ""
    number: int = 0

    @property
    def words(self) -> str:
        """Return the question in the reader's language."""
        return str(IN_PLAIN_WORDS.get(self.code) or _(self.english))

    @property
    def effect_words(self) -> str:
        """Return what the alarming answer calls for, in the reader's language."""
        return str(_(self.effect)) if self.effect else ""

    @property
    def choices(self) -> tuple[tuple[Answer, Promise], ...]:
        """Return the answers that can be given."""
        return ANSWERS_TO_WHO_STOPS_IT if self.code == WHO_STOPS_IT else ANSWERS

    def is_alarmed_by(self, answer: str) -> bool:
        """Say whether this answer calls for the effect; no answer and not known do."""
        return bool(self.alarm) and answer in {self.alarm, Answer.NOT_KNOWN, ""}

    @property
    def is_hard_stop(self) -> bool:
        """Say whether the alarming answer stops every public step."""
        return self.code in HARD_STOPS

    @property
    def least_likelihood(self) -> int:
        """Return the likelihood under which the alarming answer lets no named harm be rated without a reason."""
        bound = AT_LEAST.search(self.effect)
        return int(bound.group(1)) if bound else 1

    @property
    def ends_with_its_date(self) -> bool:
        """Say whether the alarming answer names a date, after which the assessment does not hold."""
        return "the assessment ends the day after the date named" in self.effect

    @property
    def may_wait_a_day(self) -> bool:
        """Say whether what the alarming answer opens may be answered within a day; until then nothing is public."""
        return "to be answered within 24 h" in self.effect

    @property
    def rates_not_acting(self) -> bool:
        """Say whether the alarming answer needs the harm of not acting rated."""
        return "harm of not acting must be rated" in self.effect

    @property
    def parts(self) -> tuple[QuestionPart, ...]:
        """Return the parts that are each answered by themselves; none for a question with one answer."""
        if "for each of the four that applies" not in self.effect:
            return ()
        of, _colon, cases = self.may_not_apply.partition(":")
        named = [case.strip().removeprefix("or ") for case in cases.removesuffix("(say which)").split(",")]
        return tuple(QuestionPart(code, tuple(case for case in named if case and code == of.strip())) for code in PARTS)

    def of_parts(self, said: Mapping[str, str]) -> str:
        """Return the answer that the parts make together: one that stops stops all, one that is missing leaves it open."""
        given = [said.get(part.code, "") for part in self.parts]
        if not all(one in {key for key, _words in ANSWERS_OF_A_PART} for one in given):
            return ""
        return next((str(one) for one in (Answer.NO, Answer.NOT_KNOWN) if one in given), str(Answer.YES))


@cache
def rapid() -> tuple[Question, ...]:
    """Return the twelve questions in their order."""
    return _read("RAPID")


@cache
def full() -> tuple[Question, ...]:
    """Return the thirty-seven questions in their order."""
    return _read("FULL")


def _read(form: str) -> tuple[Question, ...]:
    known = terms("harm_category")
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted((row for row in csv.DictReader(file) if row["form"] == form), key=lambda row: int(row["order"]))
    found: list[Question] = []
    for row in rows:
        calls, _equals, effect = row["effect"].partition(" = ")
        alarm = Answer.YES if calls == "yes" else Answer.NO if calls.startswith("no") else ""
        harms = tuple(code for code in row["harm_or_part"].split(";") if code in known)
        opens = tuple(code for code in row["opens"].split(";") if code)
        about = (row["code"], row["question"], alarm, effect, harms, opens, row["may_not_apply"])
        found.append(Question(*about, number=len(found) + 1))
    return tuple(found)


def alarmed(answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the rapid questions whose answer calls for something; a missing answer does."""
    return tuple(question for question in rapid() if question.is_alarmed_by(answers.get(question.code, "")))


def has_hard_stop(answers: Mapping[str, str]) -> bool:
    """Say whether an answer stops every public step."""
    return any(question.is_hard_stop for question in alarmed(answers))


@cache
def by_code() -> Mapping[str, Question]:
    """Return every question by its code."""
    return {question.code: question for question in (*rapid(), *full())}


@cache
def openable() -> tuple[Question, ...]:
    """Return the full questions that some rapid answer opens, in their order."""
    codes = {code for question in rapid() for code in question.opens}
    return tuple(question for question in full() if question.code in codes)


def openers(question: Question) -> tuple[Question, ...]:
    """Return the rapid questions whose alarming answer opens this full one, in their order."""
    return tuple(one for one in rapid() if question.code in one.opens)


@cache
def nameable_harms() -> Mapping[str, tuple[Question, ...]]:
    """Return each harm that an answer may name, with the questions that do: rapid ones, and what they open, if unknown."""
    asked = (*rapid(), *openable())
    named = {code: tuple(one for one in asked if code in one.harms) for code in terms("harm_category")}
    return {code: by for code, by in named.items() if by}


def opened(answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Return the full questions that the answers given open, each once; no answer yet opens none."""
    codes = dict.fromkeys(code for q in alarmed(answers) if answers.get(q.code) for code in q.opens)
    return tuple(by_code()[code] for code in codes)


def harms_named(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the harm categories that the answers name, in the order of the vocabulary; no answer yet names none."""
    named = {code for question in alarmed(answers) if answers.get(question.code) for code in question.harms}
    return tuple(code for code in terms("harm_category") if code in named)
