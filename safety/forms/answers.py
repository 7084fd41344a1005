"""The rapid questions as fields of a form, with the questions that an answer opens, for a case or for one revision."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import DayField, asked_where_needed
from directory import vocabulary
from safety import questions
from safety.assessing.answers import Answers, Told, parts_of, says_nothing
from safety.assessing.bounds import may_wait
from safety.assessing.facts import Facts
from safety.assessing.refusals import applies_not, is_undated
from safety.forms.question_rows import OpenedRow, PartFields, QuestionRow
from safety.models import RiskAssessment

NOTE, ON, BECAUSE, UNKNOWN = "_note", "_on", "_because", "_unknown"
SAY_WHY_UNKNOWN = gettext_lazy("Say why it cannot be known.")
ANSWER_IT = gettext_lazy("Write what is known, or tick “not known” and say why.")


class AnswersInALine(forms.RadioSelect):
    """A few short answers beside each other."""

    template_name = "safety/forms/answers.html"


def choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return a field of the form that is a choice, so that its options can be set."""
    return cast(forms.ChoiceField, form.fields[name])


def danger_field() -> forms.ChoiceField:
    """Return the question about danger now, which is rated apart and never blocks."""
    return forms.ChoiceField(
        label=_("Danger now, whatever we do"),
        help_text=_("What the person faces anyway. It sets how urgent we are; it never stops a step."),
        choices=RiskAssessment.Danger.choices,
        widget=AnswersInALine,
        error_messages={"required": _("Choose one.")},
    )


def rapid_fields() -> dict[str, forms.Field]:
    """Return the fields of each rapid question: its answer, its note, and where it asks for them a date or a case."""
    fields: dict[str, forms.Field] = {}
    for number, question in enumerate(questions.rapid(), start=1):
        label = f"{number}. {question.words}"
        fields |= part_fields(question) if question.parts else {question.code: answer_field(label, question.choices)}
        fields[question.code + NOTE] = forms.CharField(
            label=_("Note to question %(number)s") % {"number": number},
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 1}),
        )
        if question.ends_with_its_date:
            fields[question.code + ON] = DayField(
                label=_("On which day, if yes"),
                required=False,
                help_text=_("The assessment ends the day after."),
            )
            asked_where_needed(fields[question.code + ON])
    asked_where_needed(fields[questions.WHO_STOPS_IT + NOTE])
    return fields


def answer_field(label: str, choices: Iterable[tuple[str, Promise]]) -> forms.ChoiceField:
    """Return a question that is answered with one of a few words."""
    required = {"required": _("Choose one. “Not known” is an answer.")}
    return forms.ChoiceField(label=label, choices=choices, widget=AnswersInALine, error_messages=required)


def part_fields(question: questions.Question) -> dict[str, forms.Field]:
    """Return for each part of a question its answer, and why it does not apply: one of its cases, or words."""
    fields: dict[str, forms.Field] = {}
    for part in question.parts:
        name = part_name(question, part)
        because = _("%(part)s: does not apply, because") % {"part": part.words}
        fields[name] = answer_field(part.words, questions.ANSWERS_OF_A_PART)
        fields[name + BECAUSE] = (
            forms.ChoiceField(
                label=because,
                required=False,
                choices=[("", _("Choose the case")), *((case, capfirst(_(case))) for case in part.cases_without_it)],
            )
            if part.cases_without_it
            else forms.CharField(label=because, required=False, max_length=500)
        )
        asked_where_needed(fields[name + BECAUSE])
    return fields


def part_name(question: questions.Question, part: questions.QuestionPart) -> str:
    """Return the name of the field of one part of a question."""
    return f"{question.code}_{part.code}"


def full_fields(question: questions.Question, *, may_wait: bool) -> dict[str, forms.Field]:
    """Return the two fields of a full question: what is known, and that it cannot be known."""
    harms = "; ".join(vocabulary.label("harm_category", code) for code in question.harms)
    counts = _("Not known counts with likelihood 3 at least: %(harms)s.") % {"harms": harms} if harms else ""
    return {
        question.code: forms.CharField(
            label=question.words,
            required=not may_wait,
            max_length=4000,
            widget=forms.Textarea({"rows": 2}),
            error_messages={"required": ANSWER_IT},
        ),
        question.code + UNKNOWN: forms.BooleanField(
            label=_("Not known; the words above say why it cannot be known"), required=False, help_text=counts
        ),
    }


def kept_answers(cleaned: Mapping[str, Any], asked: Iterable[str]) -> dict[str, Any]:
    """Return the answers as an assessment keeps them: the rapid ones, and the full ones that were asked."""
    rapid: dict[str, dict[str, Any]] = {}
    for question in questions.rapid():
        said: dict[str, Any] = {
            "answer": given_answer(question, cleaned),
            "note": cleaned.get(question.code + NOTE) or "",
        }
        on = cleaned.get(question.code + ON)
        said |= {"on": on.isoformat()} if isinstance(on, dt.date) and question.is_alarmed_by(said["answer"]) else {}
        rapid[question.code] = said | ({"parts": kept_parts(question, cleaned)} if question.parts else {})
    full = {code: {"text": cleaned.get(code) or "", "is_unknown": bool(cleaned.get(code + UNKNOWN))} for code in asked}
    return {"rapid": rapid, "full": full}


def kept_parts(question: questions.Question, cleaned: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the parts of a question as an assessment keeps them; a reason counts only where a part does not apply."""
    kept = {}
    for part in question.parts:
        name = part_name(question, part)
        said = {"answer": cleaned.get(name) or ""}
        if said["answer"] == questions.NOT_APPLYING:
            said["because"] = cleaned.get(name + BECAUSE) or ""
        kept[part.code] = said
    return kept


def given_answer(question: questions.Question, values: Mapping[str, Any], prefix: str = "") -> str:
    """Return the answer among these values: of the question, or what its parts make together."""
    if question.parts:
        said = {part.code: values.get(prefix + part_name(question, part)) or "" for part in question.parts}
        return question.of_parts(said)
    return values.get(prefix + question.code) or ""


def typed_answers(data: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """Return the rapid answers as they were sent, before anything was checked."""
    return {question.code: given_answer(question, data, prefix) for question in questions.rapid()}


def typed_harms(data: Mapping[str, str]) -> Answers:
    """Return all answers as they were sent, before anything was checked: enough to know which harms they name."""
    rapid = typed_answers(data)
    told = {
        q.code: Told(data.get(q.code, ""), bool(data.get(q.code + UNKNOWN)))
        for q in questions.full()
        if data.get(q.code) or data.get(q.code + UNKNOWN)
    }
    codes = {q.code for q in questions.opened(rapid)}
    told = {code: said for code, said in told.items() if code in codes}
    return replace(Answers.of_rapid(rapid), told=told, worst_harm=data.get("worst_harm", ""))


def initial_of(answers: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the fields show when they begin from an earlier assessment."""
    answers = answers or {}
    initial: dict[str, Any] = {}
    for code, said in answers.get("rapid", {}).items():
        initial[code], initial[code + NOTE] = said.get("answer", ""), said.get("note", "")
        initial[code + ON] = said.get("on", "")
        for part, one in parts_of(said).items():
            initial[f"{code}_{part}"], initial[f"{code}_{part}{BECAUSE}"] = one.answer, one.because
    for code, said in answers.get("full", {}).items():
        initial[code], initial[code + UNKNOWN] = said.get("text", ""), said.get("is_unknown", False)
    return initial


class WithRapidQuestions(forms.Form):
    """A form that asks the twelve questions, and of the thirty-seven only those that an answer opens.

    Who stops it must be named, not only ticked.
    """

    asks_all = False
    asks_twelve_alone = False
    answered_by: Mapping[str, str] = MappingProxyType({})
    elsewhere: Mapping[str, Promise] = questions.TOLD_ELSEWHERE

    def __init__(self, *args: Any, facts: Facts | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts or Facts()
        self.fields.update(rapid_fields())
        for question in questions.rapid():
            if question.ends_with_its_date:
                self.fields[question.code + ON].initial = self.facts.of(question).on
        given = self._given()
        self.opened = questions.opened(given)
        self.waiting = frozenset() if self.asks_all else may_wait(Answers.of_rapid(given))
        asked = {question.code for question in self.asked()}
        for question in dict.fromkeys([*self.asked(), *self.offered()]):
            if question.code not in self.elsewhere:
                waits = question.code not in asked or question.code in self.waiting
                self.fields.update(full_fields(question, may_wait=waits))
            if question.code in self.fields and question.code not in asked:
                asked_where_needed(self.fields[question.code])

    def _given(self) -> dict[str, str]:
        if self.is_bound:
            return typed_answers(self.data, f"{self.prefix}-" if self.prefix else "")
        return typed_answers(self.initial)

    def asked(self) -> tuple[questions.Question, ...]:
        """Return the full questions on this page: those that answers open, or every one."""
        return questions.full() if self.asks_all else self.opened

    def offered(self) -> tuple[questions.Question, ...]:
        """Return the full questions that stand on the page for an answer to open; what was not asked for is not kept."""
        return () if self.asks_all or self.asks_twelve_alone else questions.openable()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        who = questions.WHO_STOPS_IT
        if cleaned.get(who) == questions.Answer.YES and not cleaned.get(who + NOTE):
            self.add_error(who + NOTE, _("Name who stops it, and say whether it can be withdrawn."))
        answers = self.answers(cleaned)
        for question in questions.rapid():
            if is_undated(answers, question):
                self.add_error(question.code + ON, _("Name the day, so that the assessment ends after it."))
            self._judge_parts(question, answers)
        for question in self.facts.against(answers):
            if not answers.notes.get(question.code):
                self.add_error(question.code + NOTE, _("The packet says otherwise. Say why you answer so."))
        for code, told in answers.told.items():
            if code in self.errors:
                continue
            if told.is_unknown and says_nothing(told.text):
                self.add_error(code, SAY_WHY_UNKNOWN)
            elif told.is_silent and (told.text or code not in self.waiting):
                self.add_error(code, ANSWER_IT)
        return cleaned

    def _judge_parts(self, question: questions.Question, answers: Answers) -> None:
        for part in question.parts:
            said = answers.parts[question.code][part.code]
            if said.answer == questions.NOT_APPLYING and not applies_not(part, said):
                why = _("Choose why it does not apply.") if part.cases_without_it else _("Say why it does not apply.")
                self.add_error(part_name(question, part) + BECAUSE, why)

    def answers(self, cleaned: Mapping[str, Any]) -> Answers:
        """Return what was answered, as far as it could be read."""
        return Answers.of(self.kept(cleaned))

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers as an assessment keeps them."""
        return kept_answers(cleaned, [q.code for q in self.asked() if q.code not in self.elsewhere])

    def rapid_rows(self) -> Iterable[QuestionRow]:
        """Return each question with its fields; what it may open stands once, beneath the last that opens it.

        So it always stands further down than the answer, and nobody has to go back for it.
        """
        given = self._given()
        offered = [(questions.openers(q)[-1], q) for q in self.offered()]
        for number, question in enumerate(questions.rapid(), start=1):
            opens = [q for last, q in offered if last is question]
            below = {last.number for last, q in offered if last is not question and q.code in question.opens}
            note = self[question.code + NOTE]
            row = QuestionRow(
                question,
                number,
                self.add_prefix(question.code),
                given[question.code],
                self._field(question.code),
                [self._part(question, part) for part in question.parts],
                note,
                self._field(question.code + ON),
                [self._opened(q) for q in opens],
                sorted(below),
                is_note_open=bool(note.value() or note.errors or question.code == questions.WHO_STOPS_IT),
                of_case=self.said_for_the_case(question),
                known=self.facts.of(question),
                by=self.answered_by.get(question.code, ""),
            )
            if row.is_against:
                asked_where_needed(note.field)
            yield row

    def said_for_the_case(self, question: questions.Question) -> str:
        """Return what the case's assessment answers, in one sentence; empty where there is nothing to compare with."""
        return ""

    def further_rows(self) -> Iterable[OpenedRow]:
        """Return every full question where the form asks them all; else none, for each stands where it is opened."""
        return [self._opened(question) for question in self.asked()] if self.asks_all else []

    def _part(self, question: questions.Question, part: questions.QuestionPart) -> PartFields:
        name = part_name(question, part)
        return PartFields(self[name], self[name + BECAUSE])

    def _opened(self, question: questions.Question) -> OpenedRow:
        by = self.answered_by.get(question.code, "")
        return OpenedRow(question, self._field(question.code), self._field(question.code + UNKNOWN), by)

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None
