"""The rapid questions as fields of a form, used by the assessment of a case and by the check of a revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from safety import questions
from safety.models import RiskAssessment

NOTE = "_note"


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
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


def rapid_fields() -> dict[str, forms.Field]:
    """Return two fields a rapid question: its answer and its note."""
    fields: dict[str, forms.Field] = {}
    for number, question in enumerate(questions.rapid(), start=1):
        fields[question.code] = forms.ChoiceField(
            label=f"{number}. {question.words}",
            choices=question.choices,
            widget=AnswersInALine,
            error_messages={"required": _("Choose one. “Not known” is an answer.")},
        )
        fields[question.code + NOTE] = forms.CharField(
            label=_("Note to question %(number)s") % {"number": number},
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 1}),
        )
    return fields


def rapid_answers(cleaned: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the answers as an assessment keeps them: code to answer and note."""
    return {
        question.code: {"answer": cleaned.get(question.code, ""), "note": cleaned.get(question.code + NOTE, "")}
        for question in questions.rapid()
    }


def typed_answers(data: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """Return the answers as they were sent, before anything was checked."""
    return {question.code: data.get(f"{prefix}{question.code}", "") for question in questions.rapid()}


def rapid_initial(answers: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what the fields show when they begin from an earlier assessment."""
    rapid = (answers or {}).get("rapid", {})
    initial: dict[str, str] = {}
    for code, said in rapid.items():
        initial[code], initial[code + NOTE] = said.get("answer", ""), said.get("note", "")
    return initial


@dataclass(frozen=True)
class QuestionRow:
    """One rapid question with its two fields."""

    question: questions.Question
    answer: forms.BoundField
    note: forms.BoundField


class WithRapidQuestions(forms.Form):
    """A form that asks the twelve questions. Who stops it must be named, not only ticked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(rapid_fields())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        who = questions.WHO_STOPS_IT
        if cleaned.get(who) == questions.Answer.YES and not cleaned.get(who + NOTE):
            self.add_error(who + NOTE, _("Name who stops it, and say whether it can be withdrawn."))
        return cleaned

    def rapid_rows(self) -> Iterable[QuestionRow]:
        """Return each question with its two fields and what the alarming answer calls for."""
        for question in questions.rapid():
            yield QuestionRow(question, self[question.code], self[question.code + NOTE])
