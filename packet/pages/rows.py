"""A line of the story: a fact, the answer that stands for it, or the question with the way to answer it in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.disclosing.readers import Readers
from casework.models import PacketAnswer, Source
from casework.packet_progress import PacketRows, QuestionLine
from packet.actions.answers import COVER, FACTS, SPELL
from packet.forms.answers import AnswerRowForm
from packet.pages.reader import PacketReader

STATES = {PacketAnswer.Answer.UNKNOWN: "unknown", PacketAnswer.Answer.REFUSED: "refused"}
# Where the fact of a question is written that is no one line of the packet.
WRITTEN_AT = {
    "identity": "casework:change_identity",
    "places": "casework:add_place",
    "charges": "casework:add_charge",
    "rights": "casework:add_right",
    "demands": "casework:add_demand",
    "asks": "casework:add_ask",
    "claims": "casework:claims",
}


@dataclass(frozen=True)
class StoryRow:
    """One line (packet/_rows.html): label and value, else its state; then a note, and a link or the answer's form."""

    label: str
    value: str | None = ""
    state: str = ""
    note: str = ""
    url: str = ""
    link: str = ""
    anchor: str = ""
    is_typed: bool = False
    form: AnswerRowForm | None = None
    is_open: bool = False
    fact_url: str = ""


@dataclass(frozen=True)
class OpenAnswers:
    """Which answers stand open: those that were sent and are faulty, the one asked for, and the first that are blank."""

    faulty: Mapping[str, AnswerRowForm]
    asked: str = ""
    first: Sequence[str] = ()


@dataclass(frozen=True)
class StoryRows:
    """Makes the lines of one packet for one reader."""

    facts: PacketRows
    lines: Mapping[str, QuestionLine]
    sources: Mapping[int, Source]
    reader: PacketReader
    opened: OpenAnswers
    readers: Readers

    def of(self, code: str, words: str, value: str | None, note: str = "") -> StoryRow:
        """Return the line of a question: its fact with the way to change it; else its answer, or that nobody asked yet."""
        line, anchor = self.lines[code], f"a-{code}"
        form = self._form(code, words)
        url, link = (self.url(code), _("Change")) if self.reader.may_change and not form else ("", "")
        is_open = code == self.opened.asked or code in self.opened.faulty
        state, told = "", value
        if not value:
            state, told, note, link = self._without_fact(line, link)
        return StoryRow(
            words,
            told,
            state,
            note,
            url if not value or code in FACTS else "",
            link,
            anchor,
            is_typed=bool(value),
            form=form,
            is_open=is_open,
            fact_url=self._fact_url(line) if form else "",
        )

    def others(self, codes: Iterable[str]) -> list[StoryRow]:
        """Return a line for each of these questions that no fact answers; facts of them stand in lines of their own."""
        lines = [self.lines[code] for code in codes]
        return [self.of(line.question.code, line.question.label, None) for line in lines if not line.is_answered]

    def url(self, code: str) -> str:
        """Return where a question is answered: its place in the story, opened."""
        return f"?answer={code}#a-{code}"

    def _form(self, code: str, words: str) -> AnswerRowForm | None:
        """Return the form of an answer that stands open, or folded where it is one of the first."""
        if not self.reader.may_change:
            return None
        if code in self.opened.faulty:
            return self.opened.faulty[code]
        return self.form(code, words) if code == self.opened.asked or code in self.opened.first else None

    def form(self, code: str, words: str = "", data: object = None) -> AnswerRowForm:
        """Return the form of one answer, as it is stored or as it was sent."""
        line = self.lines[code]
        return AnswerRowForm(
            data,
            line=line,
            fact=self.fact(code),
            words=words or line.question.label,
            sources=dict(self.sources),
            readers=self.readers,
        )

    def fact(self, code: str) -> str | None:
        """Return the stored fact of a question that is written in place."""
        if code in COVER:
            found: str | None = getattr(self.facts.case, COVER[code])
            return found
        return self.facts.held(SPELL[code]) if code in SPELL else None

    def _without_fact(self, line: QuestionLine, link: str) -> tuple[str, str, str, str]:
        if line.is_answered or line.answer is None:
            return "unasked", "", "", _("Answer") if link else ""
        state = STATES.get(PacketAnswer.Answer(line.answer.answer), "")
        return state, "" if state else str(line.answer.get_answer_display()), line.answer.asked or "", link

    def _fact_url(self, line: QuestionLine) -> str:
        name = WRITTEN_AT.get(line.question.page)
        return address_of(name, self.facts.case.reference) if name else ""
