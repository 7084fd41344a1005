"""The assessment of a case: twelve questions, danger now, harms before and after, and for a full one the thirty-seven."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import asked_where_needed
from accounts.models import User
from casework.models import Case
from directory import vocabulary
from safety import questions, rating
from safety.actions import HarmGiven
from safety.assessing.answers import Answers
from safety.assessing.bounds import bounds, broken_bound, least_likelihood
from safety.assessing.facts import Facts
from safety.assessing.refusals import rates_not_acting
from safety.forms.answers import WithRapidQuestions, choice, danger_field, initial_of
from safety.models import RiskAssessment
from safety.people import people_on

LONG = {"rows": 3}
OFFERED = "offer"
FIGURES = ("likelihood", "impact", "likelihood_after", "impact_after")
UNRATED = [("", gettext_lazy("Not rated"))]


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
        self.kind, self.asks_all = kind, kind == RiskAssessment.Kind.FULL
        super().__init__(*args, **kwargs)
        self.fields["danger_now"] = danger_field()
        self.fields["worst_case"] = forms.CharField(
            label=_("Worst credible case, in three sentences"),
            help_text=_("What happens, who is hit first, who stops it and how."),
            widget=forms.Textarea(LONG),
            required=False,
        )
        self.fields["worst_harm"] = forms.ChoiceField(
            label=_("Which harm that is"),
            help_text=_("It is rated above; none is rated by words alone."),
            choices=[("", _("No harm is named")), *vocabulary.choices("harm_category")()],
            required=False,
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

        for name in ("worst_case", "worst_harm", "not_acting_likelihood", "not_acting_impact"):
            asked_where_needed(self.fields[name])

    @classmethod
    def begin(cls, kind: str, earlier: RiskAssessment | None, facts: Facts) -> "AssessmentForm":
        """Return an empty form, or one that begins from an earlier assessment. Answers still have to be looked at."""
        return cls(kind=kind, initial=_initial_from(earlier) if earlier else {}, facts=facts)

    @classmethod
    def again(
        cls, kind: str, data: Mapping[str, str], facts: Facts, *, answered_by: Mapping[str, str] | None = None
    ) -> "AssessmentForm":
        """Return the form with what was typed, unjudged: nobody has asked to save it. Names say who answered what."""
        typed = {name: data.get(name, "") for name in cls(kind=kind, data=data).fields}
        form = cls(kind=kind, initial=typed, facts=facts)
        form.answered_by = answered_by or {}
        return form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answers = self.answers(cleaned)
        if answers.harms and not cleaned.get("worst_case"):
            self.add_error("worst_case", _("Write it in your words, as short as you like."))
        if cleaned.get("worst_case") and not cleaned.get("worst_harm"):
            self.add_error("worst_harm", _("Say which harm it is: a worst case in words alone rates nothing."))
        for name in ("not_acting_likelihood", "not_acting_impact"):
            if rates_not_acting(answers) and not cleaned.get(name):
                self.add_error(name, _("Choose one to five: silence may be worse."))
        return cleaned

    def kept(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers as an assessment keeps them, with the worst harm and how not acting is rated."""
        answers = super().kept(cleaned)
        answers |= {"worst_harm": cleaned["worst_harm"]} if cleaned.get("worst_harm") else {}
        if cleaned.get("not_acting_likelihood") and cleaned.get("not_acting_impact"):
            answers["not_acting"] = {
                "likelihood": int(cleaned["not_acting_likelihood"]),
                "impact": int(cleaned["not_acting_impact"]),
            }
        return answers

    def values(self) -> AssessmentGiven:
        """Return what `write_assessment` takes, without the harms."""
        cleaned = self.cleaned_data
        answers = self.kept(cleaned)
        if self.asks_all:
            told = {code: {"text": str(words), "is_unknown": False} for code, words in questions.TOLD_ELSEWHERE.items()}
            answers["full"] |= told
        return {
            "kind": self.kind,
            "answers": answers,
            "danger_now": cleaned["danger_now"],
            "worst_case": cleaned["worst_case"],
            "not_acting": cleaned["not_acting"],
            "dissent": cleaned["dissent"],
        }


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
        **initial_of(answers),
        "worst_harm": answers.get("worst_harm", ""),
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
    owner = forms.ChoiceField(label=gettext_lazy("Who answers for it"), required=False)
    likelihood_after = forms.ChoiceField(label=gettext_lazy("Likelihood after"), required=False)
    impact_after = forms.ChoiceField(label=gettext_lazy("Impact after"), required=False)
    reason_below = forms.CharField(
        label=gettext_lazy("Why it is less likely here than the answers say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, owners: list[User], answers: Answers | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
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
        if self.answers and cleaned.get("category") and cleaned.get("likelihood"):
            harm, likelihood = cleaned["category"], int(cleaned["likelihood"])
            bound = broken_bound(self.answers, harm, likelihood, reason=cleaned.get("reason_below", ""))
            if bound:
                self.add_error("likelihood", bound.refusal())
        return cleaned

    @property
    def takes_a_reason(self) -> bool:
        """Say whether an answer binds the likelihood of this harm in a way that a reason may lift."""
        binding = bounds(self.answers).get(self["category"].value() or "", ()) if self.answers else ()
        return any(bound.may_be_reasoned for bound in binding) or bool(self["reason_below"].value())

    @property
    def level_so_far(self) -> str:
        """Return the level that this row makes as it is typed; empty while a figure is missing."""
        figures = {name: _figure(self[name].value()) for name in FIGURES}
        if not (figures["likelihood"] and figures["impact"]):
            return ""
        before = figures["likelihood"], figures["impact"]
        after = figures["likelihood_after"] or before[0], figures["impact_after"] or before[1]
        has_owner = bool(self["owner"].value() and self["mitigation"].value())
        return rating.RatedHarm(self["category"].value() or "", *before, *after, has_owner).level.value

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
            reason_below=given["reason_below"],
        )


class OfferedHarm(HarmForm):
    """A harm that an answer may name, ready to be rated on the same page; left empty it counts for nothing."""

    def __init__(self, *, code: str, by: Sequence[questions.Question], **kwargs: Any) -> None:
        super().__init__(prefix=f"{OFFERED}-{code}", **kwargs)
        self.words, self.by = vocabulary.label("harm_category", code), by
        for name in ("likelihood", "impact"):
            asked_where_needed(self.fields[name])

    @property
    def when(self) -> str:
        """Return the codes of the rapid questions behind it, as the style sheet reads them."""
        return " ".join(question.code for question in self._rapid)

    @property
    def numbers(self) -> str:
        """Return the numbers of the rapid questions behind it, in words."""
        return _(" or ").join(str(question.number) for question in self._rapid)

    @property
    def _rapid(self) -> list[questions.Question]:
        """The rapid questions that name it, or open what names it where that is not known."""
        found = {one for question in self.by for one in (questions.openers(question) or (question,))}
        return sorted(found, key=lambda question: question.number)

    @property
    def least(self) -> int:
        """Return the likelihood under which an answer lets it be rated only with a reason."""
        return max(question.least_likelihood for question in self.by)


class HarmRows(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own class takes no arguments
    """The harms of one assessment; each once."""

    offered: Sequence[OfferedHarm] = ()

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

    @property
    def level_so_far(self) -> str:
        """Return the level of the worst row as they are typed; empty while a row misses a figure."""
        levels = [form.level_so_far for form in self.forms if form["category"].value()]
        return max(levels, key=rating.LEVELS.index) if levels and all(levels) else ""

    def harms(self) -> list[HarmGiven]:
        """Return every harm that was named."""
        return [harm for form in self.forms if (harm := form.harm())]


def _figure(typed: Any) -> int:
    return int(typed) if str(typed) in {"1", "2", "3", "4", "5"} else 0


HARM_FIELDS = tuple(HarmForm.base_fields)
MOST_ROWS = 40
HarmFormSet = forms.formset_factory(HarmForm, formset=HarmRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def harms_begin(case: Case, earlier: RiskAssessment | None) -> HarmRows:
    """Return the rows to begin with: those of an earlier assessment, or one that is empty."""
    rows = [
        {name: getattr(harm, f"{name}_id" if name == "owner" else name) for name in HARM_FIELDS}
        for harm in (earlier.harms.all() if earlier else ())
    ]
    return _rows(case, rows or [{}], Answers.of(earlier.answers if earlier else None))


def harms_again(case: Case, data: Mapping[str, str], *, answers: Answers, adds: bool) -> HarmRows:
    """Return the rows with what was typed, unjudged, and one a harm that the answers name.

    Where none is named anew, `adds` gives one more row that is empty.
    """
    typed = [row for row in typed_rows(data) if any(row.values())]
    further = _named_anew(typed, answers)
    return _rows(case, [*typed, *(further or ([{}] if adds or not typed else []))], answers)


def harms_to_save(case: Case, data: Mapping[str, str], *, answers: Answers) -> HarmRows:
    """Return the rows to be judged, with a row for each harm that an answer names and nobody has rated."""
    typed = [row for row in typed_rows(data) if any(row.values())]
    rows = [*typed, *_named_anew(typed, answers)]
    judged = {f"harm-{number}-{name}": row.get(name, "") for number, row in enumerate(rows) for name in HARM_FIELDS}
    judged |= {"harm-TOTAL_FORMS": str(len(rows)), "harm-INITIAL_FORMS": "0"}
    return _rows(case, rows, answers, judged)


def _named_anew(typed: list[dict[str, str]], answers: Answers) -> list[dict[str, str]]:
    """Return a row for each harm that an answer names and no row is about, from the likelihood that its bound sets."""
    stand = {row["category"] for row in typed}
    rows = []
    for code in answers.harms:
        least = least_likelihood(answers, code, has_reason=False)
        rows.append({"category": code, **({"likelihood": str(least)} if least > 1 else {})})
    return [row for row in rows if row["category"] not in stand]


def typed_rows(data: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows as they were sent, before anything was checked; offered ones where something was filled in."""
    sent = data.get("harm-TOTAL_FORMS", "0")
    total = min(int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0, MOST_ROWS)
    rows = [{name: data.get(f"harm-{number}-{name}", "") for name in HARM_FIELDS} for number in range(total)]
    for code in questions.nameable_harms():
        filled = {name: data.get(f"{OFFERED}-{code}-{name}", "") for name in HARM_FIELDS}
        rows += [{**filled, "category": code}] if any(filled.values()) else []
    return rows[:MOST_ROWS]


def _rows(
    case: Case, rows: list[dict[str, Any]], answers: Answers, judged: Mapping[str, str] | None = None
) -> HarmRows:
    """Return the rows, to be judged or as they begin, and after them each harm that an answer may still name."""
    owners = people_on(case)
    told = {"owners": owners, "answers": answers}
    initial = None if judged else rows[:MOST_ROWS]
    found = cast(HarmRows, HarmFormSet(judged, prefix="harm", initial=initial, form_kwargs=told))
    stand = {row.get("category") for row in rows}
    named = questions.nameable_harms().items()
    found.offered = [OfferedHarm(code=code, by=by, owners=owners) for code, by in named if code not in stand]
    return found
