"""The rapid check of one revision, small enough to stand inside the review page."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _

from directory import vocabulary
from safety import questions, rating
from safety.actions import HarmGiven
from safety.forms.answers import WithRapidQuestions, danger_field, rapid_answers
from safety.forms.assessment import rated


class CheckGiven(TypedDict):
    """What `write_revision_check` takes of the form."""

    answers: dict[str, dict[str, str]]
    danger_now: str
    harms: list[HarmGiven]


class RevisionCheckForm(WithRapidQuestions):
    """The twelve questions asked of one revision, for one case, with the worst single harm that the answers name.

    Embed it with a prefix for each case; `values()` is what `safety.actions.write_revision_check` takes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["danger_now"] = danger_field()
        harms = [("", _("No harm is named")), *vocabulary.choices("harm_category")()]
        self.fields["worst_harm"] = forms.ChoiceField(
            label=_("Worst single harm that this revision could cause"),
            choices=harms,
            required=False,
            help_text=_("Needed when an answer above names a harm."),
        )
        self.fields["worst_likelihood"] = rated(_("Its likelihood"), rating.LIKELIHOODS, required=False)
        self.fields["worst_impact"] = rated(_("Its impact"), rating.IMPACTS, required=False)

    @classmethod
    def begun(cls, sent: Mapping[str, str] | None, *, prefix: str, kept: Mapping[str, str]) -> "RevisionCheckForm":
        """Return the form with what was sent now, or else as it was left: `kept` holds the fields by their full names."""
        start = f"{prefix}-"
        initial = {name.removeprefix(start): value for name, value in kept.items() if name.startswith(start)}
        return cls(sent, prefix=prefix, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answers = {question.code: cleaned.get(question.code, "") for question in questions.rapid()}
        named = questions.harms_named(answers) if all(answers.values()) else ()
        if named and not cleaned.get("worst_harm"):
            words = "; ".join(vocabulary.label("harm_category", code) for code in named)
            self.add_error(
                "worst_harm", _("Your answers name harms: %(harms)s. Choose the worst of them.") % {"harms": words}
            )
        for name in ("worst_likelihood", "worst_impact"):
            if cleaned.get("worst_harm") and not cleaned.get(name):
                self.add_error(name, _("Choose one to five."))
        return cleaned

    def values(self) -> CheckGiven:
        """Return answers, danger now and harms for `write_revision_check`: every named harm is rated as the worst one."""
        cleaned = self.cleaned_data
        answers = rapid_answers(cleaned)
        categories = dict.fromkeys(
            [cleaned["worst_harm"], *questions.harms_named({code: said["answer"] for code, said in answers.items()})]
        )
        harms = [
            HarmGiven(code, int(cleaned["worst_likelihood"]), int(cleaned["worst_impact"]))
            for code in categories
            if code
        ]
        return {"answers": answers, "danger_now": cleaned["danger_now"], "harms": harms}
