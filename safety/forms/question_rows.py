"""What a page shows of one rapid question: its fields, what the packet knows, and the questions that an answer opens."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from safety import questions
from safety.assessing.facts import Known
from safety.questions import Answer


@dataclass(frozen=True)
class OpenedRow:
    """One full question with its two fields; a question that is told elsewhere on the page has none."""

    question: questions.Question
    answer: forms.BoundField | None
    unknown: forms.BoundField | None
    by: str = ""

    @property
    def when(self) -> str:
        """Return the codes of the rapid questions that open it, as the style sheet reads them."""
        return " ".join(question.code for question in questions.openers(self.question))

    @property
    def opened_by(self) -> str:
        """Return the numbers of the questions that open it, where more than one does."""
        numbers = [str(question.number) for question in questions.openers(self.question)]
        return _(" or ").join(numbers) if len(numbers) > 1 else ""

    @property
    def told_elsewhere(self) -> str:
        """Return where it is told instead; empty where it is asked here."""
        return "" if self.answer else str(questions.TOLD_ELSEWHERE[self.question.code])


@dataclass(frozen=True)
class PartFields:
    """One part of a question with its two fields."""

    answer: forms.BoundField
    because: forms.BoundField


@dataclass(frozen=True)
class QuestionRow:
    """One rapid question with its fields, and the questions that its answer has opened."""

    question: questions.Question
    number: int
    anchor: str
    given: str
    answer: forms.BoundField | None
    parts: list[PartFields]
    note: forms.BoundField
    on: forms.BoundField | None
    opens: list[OpenedRow]
    opens_below: list[int]
    is_note_open: bool
    of_case: str
    known: Known
    by: str

    @property
    def when(self) -> str:
        """Return the codes of all rapid questions that open something beneath this one, as the style sheet reads them."""
        return " ".join(dict.fromkeys(code for row in self.opens for code in row.when.split()))

    @property
    def effect(self) -> str:
        """Return what the alarming answer calls for, once it is given."""
        return self.question.effect_words if self.given and self.question.is_alarmed_by(self.given) else ""

    @property
    def counts_as(self) -> str:
        """Return the answer that not known counts as; empty where something else was answered."""
        if self.given != Answer.NOT_KNOWN or not self.question.alarm:
            return ""
        return str(dict(self.question.choices)[Answer(self.question.alarm)])

    @property
    def proposed(self) -> str:
        """Return the answer that the packet proposes, in words; empty where it proposes none."""
        return str({str(key): said for key, said in self.question.choices}.get(self.known.proposes, ""))

    @property
    def is_against(self) -> bool:
        """Say whether the answer given is calmer than what the packet proposes."""
        is_calm = bool(self.given) and not self.question.is_alarmed_by(self.given)
        return (
            is_calm
            and self.known.asks_why
            and bool(self.known.proposes)
            and self.question.is_alarmed_by(self.known.proposes)
        )
