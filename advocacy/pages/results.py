"""What the results of a case show: the next step, the tally, targets drawn and in figures, outcomes and harms."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from django.db.models import Prefetch, QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.forms.results import missing_words
from advocacy.models import Outcome, Target, TargetFigure
from advocacy.pages.bars import BarLine, drawn
from advocacy.pages.rows import Figure
from casework.evidence.source_numbers import numbered_sources
from casework.models import Case
from casework.pages.rows import NextStep
from directory import dates
from directory.dates import relative_time

PARTS = {
    "strong": (gettext_lazy("Strong"), "ring-full", "ok"),
    "some": (gettext_lazy("Some"), "ring-half", ""),
    "none": (gettext_lazy("None"), "ring-slash", ""),
    "unknown": (gettext_lazy("Unknown"), "ring-empty", ""),
}
HARM_PARTS = {
    "strong": (gettext_lazy("Likely ours"), "ring-full", "stop"),
    "some": (gettext_lazy("Perhaps ours"), "ring-split", "stop"),
    "none": (gettext_lazy("Not ours"), "ring-slash", ""),
    "unknown": (gettext_lazy("Unknown"), "ring-empty", ""),
}
JUDGED = {"reached": ("ring-full", "ok"), "partly": ("ring-half", ""), "missed": ("ring-empty", "care")}


@dataclass(frozen=True)
class State:
    """A word with its mark, as a badge draws it."""

    word: str
    mark: str
    tone: str = ""


@dataclass(frozen=True)
class EarlierFigure:
    """What a target said before: how many, by when, who said otherwise on which day, and why."""

    wanted: int
    by: str
    on: str
    who: str
    reason: str


@dataclass(frozen=True)
class TargetLine:
    """One target: what was reached of it, until when it counts, and how it stands. Addresses are empty for readers."""

    label: str
    track: str
    reached: int
    wanted: int
    by: dt.date
    by_words: str
    state: State
    why: str
    earlier: Sequence[EarlierFigure]
    is_over: bool
    is_judged: bool
    adjust_url: str = ""
    judge_url: str = ""


@dataclass(frozen=True)
class EvidenceLink:
    """What an outcome stands on, and where that is read."""

    label: str
    url: str


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome, or one harm: what happened and when, our part and why it is not more, evidence, who else, what was done."""

    label: str
    words: str
    when: str
    effect: str
    part: State
    lacks: str
    evidence: Sequence[EvidenceLink]
    other_cause: str
    who_else: str
    answer: str
    url: str = ""
    withdraw_url: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class ResultsPage:
    """The results of a case (advocacy/results/results.html)."""

    case: Case
    may_plan: bool
    next: NextStep
    figures: Sequence[Figure]
    targets: Sequence[TargetLine]
    bars: Sequence[BarLine]
    outcomes: Sequence[OutcomeLine]
    harms: Sequence[OutcomeLine]
    withdrawn: Sequence[OutcomeLine]
    tab: str = "plan"


@dataclass(frozen=True)
class OfficeFormPage:
    """One form about a target of the office (advocacy/results/office_form.html)."""

    form: BaseForm
    title: str
    act_label: str
    back_url: str
    lead: str = ""


def results_page(case: Case, rights: frozenset[str], *, today: dt.date | None = None) -> ResultsPage:
    """Return targets and outcomes of a case for this reader; a fixed number of queries."""
    today, may_plan = today or timezone.localdate(), "plan" in rights
    rows = list(_outcomes(case))
    present = [row for row in rows if row.removed_at is None]
    targets = _target_lines(case, present, may_plan=may_plan, today=today)
    numbers = numbered_sources(case) if rows else {}
    line = partial(_outcome_line, case, numbers, may_plan=may_plan)
    newest_first = sorted(rows, key=lambda row: dates.sort_key(row.on), reverse=True)
    return ResultsPage(
        case=case,
        may_plan=may_plan,
        next=_next(case, targets, may_plan=may_plan),
        figures=_figures(targets, present),
        targets=targets,
        bars=drawn([target_bar(line.label, line.track, line.reached, line.wanted) for line in targets]),
        outcomes=[line(row) for row in newest_first if row.removed_at is None and not row.is_harm],
        harms=[line(row) for row in newest_first if row.removed_at is None and row.is_harm],
        withdrawn=[line(row) for row in newest_first if row.removed_at],
    )


def target_bar(label: str, note: str, reached: int, wanted: int) -> BarLine:
    """Return how a target is drawn: what is reached filled, what is to go open, the target at its end."""
    figure = _("%(reached)s of %(wanted)s") % {"reached": reached, "wanted": wanted}
    return BarLine(label, figure, filled=reached, until=wanted, is_goal=True, note=note)


def is_ours(row: Outcome) -> bool:
    """Say whether our part was strong or some, and its evidence still stands in the packet."""
    return row.part in Outcome.OURS and any(one and one.removed_at is None for one in (row.claim, row.source))


def _outcomes(case: Case) -> QuerySet[Outcome]:
    rows = Outcome.objects.filter(case=case).select_related("claim", "source", "removed_by")
    kept = {"claim": ("number", "removed_at", "case_id"), "source": ("removed_at", "case_id")}
    only = [f"{name}__{column}" for name, columns in kept.items() for column in columns]
    own = [field.name for field in Outcome._meta.concrete_fields]
    return rows.only(*own, *only, "removed_by__name", "removed_by__username").order_by("created_at")  # type: ignore[no-any-return]


def _targets(case: Case) -> QuerySet[Target]:
    figures = TargetFigure.objects.select_related("said_by").order_by("number")
    return Target.objects.filter(case=case).prefetch_related(Prefetch("figures", figures)).order_by("set_at")


def _target_lines(case: Case, outcomes: Sequence[Outcome], *, may_plan: bool, today: dt.date) -> Sequence[TargetLine]:
    rows = [(row, list(row.figures.all())) for row in _targets(case)]
    counted = [(row, figures, _reached(row, figures[-1], outcomes)) for row, figures in rows]
    return [
        _target_line(case, row, figures, number, may_plan=may_plan, today=today) for row, figures, number in counted
    ]


def _reached(row: Target, figure: TargetFigure, outcomes: Sequence[Outcome]) -> int:
    """Return how many outcomes of its kind, and of its track, fall into its days by the first day they can mean."""
    fitting = (one for one in outcomes if one.what == row.what and row.track in {"", one.track})
    days = (dates.earliest(one.on) for one in fitting)
    return sum(1 for day in days if day and row.counts_from <= day <= figure.by)


def _target_line(
    case: Case,
    row: Target,
    figures: Sequence[TargetFigure],
    reached: int,
    *,
    may_plan: bool,
    today: dt.date,
) -> TargetLine:
    last, args = figures[-1], [case.reference, row.pk]
    is_open = may_plan and not row.judged_at
    return TargetLine(
        label=str(row.get_what_display()),
        track=str(row.get_track_display()) if row.track else "",
        reached=reached,
        wanted=last.wanted,
        by=last.by,
        by_words=dates.in_words(last.by.isoformat()),
        state=_state(row, last, reached, today),
        why=row.verdict_words or "",
        earlier=[_earlier(before, after) for before, after in pairwise(figures)],
        is_over=last.by < today,
        is_judged=row.judged_at is not None,
        adjust_url=reverse("advocacy:target_adjust", args=args) if is_open else "",
        judge_url=reverse("advocacy:target_judge", args=args) if is_open else "",
    )


def _earlier(before: TargetFigure, after: TargetFigure) -> EarlierFigure:
    day = relative_time.full_day(after.said_at)
    return EarlierFigure(
        before.wanted, dates.in_words(before.by.isoformat()), day, after.said_by.get_full_name(), after.reason or ""
    )


def _state(row: Target, last: TargetFigure, reached: int, today: dt.date) -> State:
    if row.verdict:
        return State(str(Target.Verdict(row.verdict).label), *JUDGED.get(row.verdict, ("ring-slash", "")))
    if reached >= last.wanted:
        return State(_("Reached"), "ring-full", "ok")
    return State(_("Behind"), "ring-half", "care") if last.by < today else State(_("Under way"), "ring-half")


def _outcome_line(case: Case, numbers: Mapping[uuid.UUID, int], row: Outcome, *, may_plan: bool) -> OutcomeLine:
    args, is_open = [case.reference, row.pk], may_plan and row.removed_at is None
    shown = row.part if row.part not in Outcome.OURS or is_ours(row) else Outcome.Part.UNKNOWN
    word, mark, tone = (HARM_PARTS if row.is_harm else PARTS)[shown]
    return OutcomeLine(
        label=str(row.get_what_display()),
        words=row.words or "",
        when=dates.in_words(row.on),
        effect=str(row.get_effect_display()),
        part=State(str(word), mark, tone),
        lacks=_lacks(row, shown),
        evidence=_evidence(case, numbers, row),
        other_cause=row.other_cause or "",
        who_else=row.who_else or "",
        answer=row.answer or "",
        url=reverse("advocacy:outcome", args=args) if is_open else "",
        withdraw_url=reverse("advocacy:outcome_withdraw", args=args) if is_open else "",
        withdrawn=_withdrawn(row),
    )


def _lacks(row: Outcome, shown: str) -> str:
    if shown != row.part:
        return _("Its evidence was taken out of the packet.")
    return missing_words(row) if row.part == Outcome.Part.UNKNOWN else ""


def _withdrawn(row: Outcome) -> str:
    if row.removed_at is None or row.removed_by is None:
        return ""
    said = {"name": row.removed_by.get_full_name(), "day": relative_time.full_day(row.removed_at)}
    return _("Withdrawn by %(name)s, %(day)s:") % said + f" {row.removed_reason}"


def _evidence(case: Case, numbers: Mapping[uuid.UUID, int], row: Outcome) -> Sequence[EvidenceLink]:
    found = []
    if row.claim and row.claim.removed_at is None:
        url = reverse("casework:claim", args=[case.reference, row.claim.pk])
        found.append(EvidenceLink(_("Claim %(number)s") % {"number": row.claim.number}, url))
    if row.source and row.source.removed_at is None:
        url = reverse("casework:source", args=[case.reference, row.source.pk])
        found.append(EvidenceLink(_("Source S%(number)s") % {"number": numbers.get(row.source.pk, 0)}, url))
    return found


def _figures(targets: Sequence[TargetLine], outcomes: Sequence[Outcome]) -> Sequence[Figure]:
    """Return the tally, each number with what it is out of."""
    reached = sum(line.reached >= line.wanted for line in targets)
    changes, harms = ([row for row in outcomes if row.is_harm is wanted] for wanted in (False, True))
    ours = sum(is_ours(row) for row in changes)
    perhaps = sum(is_ours(row) for row in harms)
    of = _("of %(number)s")
    return [
        Figure(str(reached), _("targets reached"), of % {"number": len(targets)}),
        Figure(str(ours), _("outcomes with evidence of our part"), of % {"number": len(changes)}),
        Figure(str(perhaps), _("harms perhaps ours"), of % {"number": len(harms)}),
    ]


def _next(case: Case, targets: Sequence[TargetLine], *, may_plan: bool) -> NextStep:
    """Return the one next step: a first target, else one to judge, else the one whose day comes first."""
    if not targets:
        url = reverse("advocacy:target_new", args=[case.reference]) if may_plan else ""
        return NextStep(_("say what you hope for, by when."), url, _("Set a target")) if may_plan else NextStep()
    waiting = sorted((line for line in targets if not line.is_judged), key=lambda line: line.by)
    over = [line for line in waiting if line.is_over or line.reached >= line.wanted]
    if over:
        said = {"what": over[0].label, "reached": over[0].reached, "wanted": over[0].wanted}
        words = _("“%(what)s”: %(reached)s of %(wanted)s. Say how it went.") % said
        return NextStep(words, over[0].judge_url, _("Judge the target") if may_plan else "")
    if not waiting:
        return NextStep(_("every target was judged. Say what you hope for next."), "", "")
    first, to_go = waiting[0], waiting[0].wanted - waiting[0].reached
    words = ngettext(
        "“%(what)s” by %(day)s: %(count)d is still to come.",
        "“%(what)s” by %(day)s: %(count)d are still to come.",
        to_go,
    )
    return NextStep(words % {"what": first.label, "day": first.by_words, "count": to_go})
