"""The rapid check of one revision, small enough to stand inside the review page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self, TypedDict

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.forms.fields import asked_where_needed
from directory import vocabulary
from safety import questions, rating
from safety.actions import HarmGiven
from safety.assessing.answers import Answers
from safety.assessing.bounds import broken_bound
from safety.assessing.differences import Difference, differences
from safety.assessing.facts import Facts
from safety.assessing.refusals import UNKNOWN_ALONE
from safety.forms.answers import NOTE, WithRapidQuestions, danger_field, initial_of
from safety.forms.assessment import rated
from safety.models import RiskAssessment

NOWHERE: Mapping[str, Promise] = MappingProxyType({})  # each opened question is asked on the page itself


class CheckGiven(TypedDict):
    """What `write_revision_check` takes of the form."""

    answers: dict[str, dict[str, str]]
    told: dict[str, Any]
    danger_now: str
    harms: list[HarmGiven]


class RevisionCheckForm(WithRapidQuestions):
    """The twelve questions asked of one revision, for one case, with the worst single harm that the answers name.

    It starts from the answers of the case's current assessment, `of_case`, says so, and asks for a note where an answer
    differs. Embed it with a prefix for each case; `values()` is what `safety.actions.write_revision_check` takes.
    """

    elsewhere = NOWHERE

    def __init__(self, *args: Any, of_case: RiskAssessment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_case = of_case
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
        self.fields["worst_reason"] = forms.CharField(
            label=_("Why it is less likely here than the answers say"),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 2}),
        )
        for name in ("worst_harm", "worst_likelihood", "worst_impact", "worst_reason"):
            asked_where_needed(self.fields[name])

    @classmethod
    def begun(
        cls,
        sent: Mapping[str, str] | None,
        *,
        prefix: str,
        kept: Mapping[str, str],
        of_case: RiskAssessment | None = None,
        facts: Facts | None = None,
    ) -> Self:
        """Return the form with what was sent now, or as it was left, or as the case's assessment answers.

        `kept` holds the fields by their full names.
        """
        start = f"{prefix}-"
        left = {name.removeprefix(start): value for name, value in kept.items() if name.startswith(start)}
        begun: dict[str, Any] = {}
        if of_case:
            begun = {"FQ32": of_case.not_acting, "danger_now": of_case.danger_now, **initial_of(of_case.answers)}
        return cls(sent, prefix=prefix, initial=left or begun, of_case=of_case, facts=facts)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answers = self.answers(cleaned)
        for one in differences(answers, self.of_case):
            if not answers.notes.get(one.question.code):
                self.add_error(one.question.code + NOTE, _("%(said)s Say why this differs.") % {"said": one.words()})
        if answers.is_unknown_alone:
            self.add_error(None, str(UNKNOWN_ALONE))
        named = answers.harms if all(answers.rapid.values()) else ()
        if named and not cleaned.get("worst_harm"):
            words = "; ".join(vocabulary.label("harm_category", code) for code in named)
            self.add_error(
                "worst_harm", _("Your answers name harms: %(harms)s. Choose the worst of them.") % {"harms": words}
            )
        for name in ("worst_likelihood", "worst_impact"):
            if cleaned.get("worst_harm") and not cleaned.get(name):
                self.add_error(name, _("Choose one to five."))
        for harm in named if cleaned.get("worst_likelihood") else ():
            reason = cleaned.get("worst_reason", "")
            bound = broken_bound(answers, harm, int(cleaned["worst_likelihood"]), reason=reason)
            if bound:
                self.add_error("worst_likelihood", bound.refusal())
        return cleaned

    def said_for_the_case(self, question: questions.Question) -> str:
        """Return what the case's assessment answers, in one sentence; empty where there is none to read."""
        if self.of_case is None:
            return ""
        of_case = Answers.of(self.of_case.answers)
        said = of_case.rapid.get(question.code)
        parts = {code: one.answer for code, one in of_case.parts.get(question.code, {}).items()}
        return Difference(question, said, self.of_case.number, parts).words() if said else ""

    def values(self) -> CheckGiven:
        """Return answers, danger now and harms for `write_revision_check`: every named harm is rated as the worst one."""
        cleaned = self.cleaned_data
        kept = self.kept(cleaned)
        categories = dict.fromkeys([cleaned["worst_harm"], *self.answers(cleaned).harms])
        harms = [
            HarmGiven(
                code,
                int(cleaned["worst_likelihood"]),
                int(cleaned["worst_impact"]),
                reason_below=cleaned["worst_reason"],
            )
            for code in categories
            if code
        ]
        return {"answers": kept["rapid"], "told": kept["full"], "danger_now": cleaned["danger_now"], "harms": harms}
