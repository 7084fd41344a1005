"""The assessment of a case: twelve questions, danger now, harms before and after, and for a full one the thirty-seven."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.models import Case
from directory import vocabulary
from safety import questions, rating
from safety.actions import HarmGiven
from safety.forms.answers import WithRapidQuestions, choice, danger_field, rapid_answers, rapid_initial
from safety.models import RiskAssessment
from safety.people import people_on

LONG = {"rows": 3}
UNRATED = [("", gettext_lazy("Not rated"))]


@dataclass(frozen=True)
class FullQuestionRow:
    """One full question with its field."""

    question: questions.Question
    answer: forms.BoundField


class AssessmentGiven(TypedDict):
    """What `write_assessment` takes of the form: everything but the harms."""

    kind: str
    answers: dict[str, Any]
    danger_now: str
    worst_case: str
    not_acting: str
    dissent: str


class AssessmentForm(WithRapidQuestions):
    """What is asked of the plan as it stands. The kind is in the address, not in the form."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["danger_now"] = danger_field()
        if kind == RiskAssessment.Kind.FULL:
            self.fields.update(
                {
                    question.code: _full_field(number, question)
                    for number, question in enumerate(questions.full(), start=1)
                }
            )
        self.fields["worst_case"] = forms.CharField(
            label=_("Worst credible case, in three sentences"),
            help_text=_("What happens, who is hit first, who stops it and how."),
            widget=forms.Textarea(LONG),
            error_messages={"required": _("Write it in your words, as short as you like.")},
        )
        self.fields["not_acting"] = forms.CharField(
            label=_("The harm of not acting"),
            help_text=_("Forgotten, worse treatment in silence, a missed deadline."),
            widget=forms.Textarea(LONG),
            error_messages={"required": _("Write it in your words, as short as you like.")},
        )
        self.fields["not_acting_likelihood"] = rated(_("Not acting: likelihood"), rating.LIKELIHOODS, required=False)
        self.fields["not_acting_impact"] = rated(_("Not acting: impact"), rating.IMPACTS, required=False)
        self.fields["dissent"] = forms.CharField(
            label=_("Who disagrees, and why"),
            help_text=_("The lawyer’s and the family’s view, and anybody’s dissent. It is kept."),
            widget=forms.Textarea(LONG),
            required=False,
        )

    @classmethod
    def begin(cls, kind: str, earlier: RiskAssessment | None) -> "AssessmentForm":
        """Return an empty form, or one that begins from an earlier assessment. Answers still have to be looked at."""
        return cls(kind=kind, initial=_initial_from(earlier) if earlier else {})

    @classmethod
    def again(cls, kind: str, data: Mapping[str, str]) -> "AssessmentForm":
        """Return the form with what was typed, unjudged: nobody has asked to save it."""
        names = cls(kind=kind).fields
        return cls(kind=kind, initial={name: data.get(name, "") for name in names})

    def full_rows(self) -> Iterable[FullQuestionRow]:
        """Return the full questions with their fields; none in a rapid form."""
        if self.kind == RiskAssessment.Kind.FULL:
            for question in questions.full():
                yield FullQuestionRow(question, self[question.code])

    def values(self) -> AssessmentGiven:
        """Return what `write_assessment` takes, without the harms."""
        cleaned = self.cleaned_data
        answers: dict[str, Any] = {"rapid": rapid_answers(cleaned)}
        if self.kind == RiskAssessment.Kind.FULL:
            answers["full"] = {
                q.code: cleaned[q.code] or str(questions.TOLD_ELSEWHERE[q.code]) for q in questions.full()
            }
        if cleaned["not_acting_likelihood"] and cleaned["not_acting_impact"]:
            answers["not_acting"] = {
                "likelihood": int(cleaned["not_acting_likelihood"]),
                "impact": int(cleaned["not_acting_impact"]),
            }
        return {
            "kind": self.kind,
            "answers": answers,
            "danger_now": cleaned["danger_now"],
            "worst_case": cleaned["worst_case"],
            "not_acting": cleaned["not_acting"],
            "dissent": cleaned["dissent"],
        }


def _full_field(number: int, question: questions.Question) -> forms.CharField:
    elsewhere = questions.TOLD_ELSEWHERE.get(question.code)
    return forms.CharField(
        label=f"{number}. {question.words}",
        help_text=str(elsewhere or ""),
        required=elsewhere is None,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write an answer. “Unknown” is one.")},
    )


def rated(label: str, scale: Iterable[tuple[int, Promise]], *, required: bool = True) -> forms.ChoiceField:
    """Return a choice on a scale of one to five."""
    return forms.ChoiceField(
        label=label,
        choices=[*UNRATED, *scale],
        required=required,
        error_messages={"required": _("Choose one to five.")},
    )


def _initial_from(earlier: RiskAssessment) -> dict[str, Any]:
    answers = earlier.answers or {}
    beside = answers.get("not_acting", {})
    return {
        **rapid_initial(answers),
        **answers.get("full", {}),
        "danger_now": earlier.danger_now,
        "worst_case": earlier.worst_case,
        "not_acting": earlier.not_acting,
        "dissent": earlier.dissent,
        "not_acting_likelihood": beside.get("likelihood", ""),
        "not_acting_impact": beside.get("impact", ""),
    }


class HarmForm(forms.Form):
    """One harm. A row left empty counts for nothing; what is not said about after is as before."""

    category = forms.ChoiceField(label=gettext_lazy("Harm"))
    likelihood = forms.ChoiceField(label=gettext_lazy("Likelihood"))
    impact = forms.ChoiceField(label=gettext_lazy("Impact"))
    mitigation = forms.CharField(
        label=gettext_lazy("What we do about it"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Who answers for it"),
        required=False,
        help_text=gettext_lazy("Without an owner the mitigation does not count."),
    )
    likelihood_after = forms.ChoiceField(label=gettext_lazy("Likelihood after"), required=False)
    impact_after = forms.ChoiceField(label=gettext_lazy("Impact after"), required=False)

    def __init__(self, *args: Any, owners: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(person.pk): person for person in owners}
        choice(self, "category").choices = [("", _("Choose a harm")), *vocabulary.choices("harm_category")()]
        choice(self, "owner").choices = [
            ("", _("Nobody yet")),
            *((key, str(person)) for key, person in self.owners.items()),
        ]
        for name, scale in (("likelihood", rating.LIKELIHOODS), ("impact", rating.IMPACTS)):
            choice(self, name).choices = [*UNRATED, *scale]
            choice(self, f"{name}_after").choices = [("", _("As before")), *scale]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("likelihood", "impact"):
            if cleaned.get(name) and int(cleaned.get(f"{name}_after") or 0) > int(cleaned[name]):
                self.add_error(f"{name}_after", _("A mitigation does not make it worse. Choose the same or less."))
        return cleaned

    def harm(self) -> HarmGiven | None:
        """Return the harm as it was typed, or nothing for an empty row."""
        given = self.cleaned_data
        if not given:
            return None
        return HarmGiven(
            category=given["category"],
            likelihood=int(given["likelihood"]),
            impact=int(given["impact"]),
            likelihood_after=int(given["likelihood_after"] or 0) or None,
            impact_after=int(given["impact_after"] or 0) or None,
            mitigation=given["mitigation"],
            owner=self.owners.get(given["owner"]),
        )


class HarmRows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """The harms of one assessment; each once."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            category = form.cleaned_data.get("category") if hasattr(form, "cleaned_data") else ""
            if category and category in seen:
                form.add_error("category", _("This harm stands in another row already."))
            seen.add(category or "")

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Say in each fault which row it is about."""
        super().add_fields(form, index)
        number = {"number": (index or 0) + 1}
        form.fields["category"].error_messages["required"] = _("Choose which harm number %(number)s is.") % number
        for name in ("likelihood", "impact"):
            form.fields[name].error_messages["required"] = _("Choose one to five for harm %(number)s.") % number

    def harms(self) -> list[HarmGiven]:
        """Return every harm that was named."""
        return [harm for form in self.forms if (harm := form.harm())]


HARM_FIELDS = tuple(HarmForm.base_fields)
MOST_ROWS = 40
HarmFormSet = forms.formset_factory(HarmForm, formset=HarmRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def harms_begin(case: Case, earlier: RiskAssessment | None) -> HarmRows:
    """Return the rows to begin with: those of an earlier assessment, or one that is empty."""
    rows = [
        {name: getattr(harm, f"{name}_id" if name == "owner" else name) for name in HARM_FIELDS}
        for harm in (earlier.harms.all() if earlier else ())
    ]
    return _rows(case, rows or [{}])


def harms_again(case: Case, data: Mapping[str, str], *, named: Iterable[str]) -> HarmRows:
    """Return the rows with what was typed, unjudged, then one a harm that the answers name, else one more that is empty."""
    typed = [row for row in typed_rows(data) if any(row.values())]
    stand = {row["category"] for row in typed}
    further = [{"category": code} for code in named if code not in stand]
    return _rows(case, [*typed, *(further or [{}])])


def harms_to_save(case: Case, data: Mapping[str, str], *, named: Iterable[str]) -> HarmRows:
    """Return the rows to be judged, with a row for each harm that an answer names and nobody has rated."""
    typed = [row for row in typed_rows(data) if any(row.values())]
    stand = {row["category"] for row in typed}
    rows = [*typed, *({"category": code} for code in named if code not in stand)]
    judged = {f"harm-{number}-{name}": row.get(name, "") for number, row in enumerate(rows) for name in HARM_FIELDS}
    judged |= {"harm-TOTAL_FORMS": str(len(rows)), "harm-INITIAL_FORMS": "0"}
    return cast(HarmRows, HarmFormSet(judged, prefix="harm", form_kwargs={"owners": people_on(case)}))


def typed_rows(data: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows as they were sent, before anything was checked."""
    sent = data.get("harm-TOTAL_FORMS", "0")
    total = min(int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0, MOST_ROWS)
    return [{name: data.get(f"harm-{number}-{name}", "") for name in HARM_FIELDS} for number in range(total)]


def _rows(case: Case, initial: list[dict[str, Any]]) -> HarmRows:
    return cast(
        HarmRows, HarmFormSet(prefix="harm", initial=initial[:MOST_ROWS], form_kwargs={"owners": people_on(case)})
    )
