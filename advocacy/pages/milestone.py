"""What the page of one step shows: what it is, what it waits for, and what may be done with it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import plan_templates, step_acts
from advocacy.actions import lost_facts, milestones
from advocacy.forms.plans import AssignForm, CompleteForm, DropForm, MoveForm, NoteForm, StepForm, TakeForm
from advocacy.models import Milestone, MilestoneDependency
from advocacy.plan_templates import TemplateStep
from advocacy.step_facts.registry import ALL, facts_found, offers_for
from casework.models import Case
from casework.pages.conflict import ConflictPage, meanwhile
from casework.pages.rows import TaskRow
from directory.compared import ComparedAnswer, compared, differing, plain_words
from directory.dates import relative_time

FORMS: dict[str, type[StepForm]] = {
    "take": TakeForm,
    "complete": CompleteForm,
    "move": MoveForm,
    "assign": AssignForm,
    "note": NoteForm,
    "drop": DropForm,
}
OWNERS_MAY = frozenset({"take", "complete", "note"})


@dataclass(frozen=True)
class Offer:
    """A fact that proves a step done, with the form that takes it (advocacy/plan/_offer.html)."""

    words: str
    url: str
    label: str
    form: StepForm


@dataclass(frozen=True)
class ActLink:
    """What is done to do a step, as a button; it leads where that is done."""

    label: str
    url: str


@dataclass(frozen=True)
class StepAfter:
    """The step that comes next once one is done, with its own act where the reader may do it."""

    title: str
    url: str
    act: ActLink | None


@dataclass(frozen=True)
class MilestonePage:
    """One step with its forms, as far as this reader may use them (advocacy/plan/milestone.html).

    `act` is None where nothing but saying what was done closes the step, or where the reader may not do it.
    """

    case: Case
    row: Milestone
    step: TemplateStep | None
    stage: str
    waits_for: Sequence[TaskRow]
    still_waits: Sequence[Milestone]
    opens: Sequence[TaskRow]
    late: str
    ahead: str
    forms: Mapping[str, StepForm]
    form: StepForm | None
    may_undo: bool
    offers: Sequence[Offer] = ()
    act: ActLink | None = None
    proof_url: str = ""
    is_lost: bool = False
    after: StepAfter | None = None
    tab: str = "plan"


def step_form(act: str, row: Milestone, case: Case, data: QueryDict | None = None) -> StepForm:
    """Return the form of one act on a step, empty or with what was typed."""
    auto_id = f"id_{act}_%s"
    if act == "assign":
        return AssignForm(data, row=row, case=case, auto_id=auto_id)
    if act == "move":
        return MoveForm(data, row=row, following=milestones.open_after(row), auto_id=auto_id)
    return FORMS[act](data, row=row, auto_id=auto_id)


def milestone_page(
    case: Case, row: Milestone, user: User, rights: frozenset[str], *, faulty: Mapping[str, StepForm] | None = None
) -> MilestonePage:
    """Return a step for this reader; `faulty` is a form that comes back, by its act."""
    now, faulty = timezone.now(), faulty or {}
    may_plan = "plan" in rights
    may_finish = may_plan or row.owner_id == user.pk
    is_open = not (row.done_at or row.dropped_at or row.plan.ended_at)
    acts = [act for act in FORMS if (may_plan or (act in OWNERS_MAY and may_finish)) and (is_open or act == "note")]
    may_take = is_open and may_finish
    waits_for = [link.needs for link in row.waits_for.select_related("needs__owner").order_by("needs__due_at")]
    opened = row.opens.select_related("milestone").order_by("milestone__due_at")
    opens = [link.milestone for link in opened]
    return MilestonePage(
        case=case,
        row=row,
        step=plan_templates.step(row.plan.template, row.key),
        stage=plan_templates.stage_title(row.plan.template, row.track, row.stage.number),
        waits_for=[_line(case, need, now) for need in waits_for],
        still_waits=[need for need in waits_for if not (need.done_at or need.dropped_at)] if is_open else [],
        opens=[_line(case, other, now) for other in opens],
        late=relative_time.late_words(row.due_at, now=now) if is_open and row.due_at < now else "",
        ahead=relative_time.ahead_words(row.due_at, now=now) if is_open and row.due_at >= now else "",
        forms={act: faulty.get(act) or step_form(act, row, case) for act in acts if act != "take"},
        form=next(iter(faulty.values()), None),
        may_undo=may_finish and milestones.may_undo(row, now=now),
        offers=step_offers(case, row, user, now=now) if may_take else (),
        act=act_link(case, row, rights) if is_open else None,
        proof_url=_proof_url(case, row, user, now),
        is_lost=bool(row.fact) and lost_facts.lost_fact(row, now=now),
        after=_step_after(case, row, opens, user, rights) if row.done_at and not row.plan.ended_at else None,
    )


def step_offers(case: Case, row: Milestone, user: User, *, now: dt.datetime) -> Sequence[Offer]:
    """Return the facts that prove this open step done, each with its form. The plan of the step must be loaded."""
    found = offers_for(case, user, [row], at=now).get(row.pk, ())
    label = _("Take it as done, %(day)s")
    return [
        Offer(
            one.words,
            one.url,
            label % {"day": relative_time.short_day(one.at)},
            TakeForm(row=row, found=one, auto_id=f"id_take_{one.code}_%s"),
        )
        for one in found
    ]


def _proof_url(case: Case, row: Milestone, user: User, now: dt.datetime) -> str:
    """Return where the fact stands that closed a step, for a reader who may know of it."""
    found = facts_found(case, user, [row.fact], at=now) if row.fact in ALL else ()
    return next((one.url for one in found if one.row == row.fact_row), "")


def act_link(case: Case, row: Milestone, rights: frozenset[str]) -> ActLink | None:
    """Return the act of a step for whoever has the right it needs; None for a step that is closed by words alone."""
    step = plan_templates.step(row.plan.template, row.key)
    act = step_acts.find(step.act) if step else None
    return ActLink(str(act.label), act.url(case)) if act and act.right in rights else None


def _step_after(
    case: Case, row: Milestone, opens: Sequence[Milestone], user: User, rights: frozenset[str]
) -> StepAfter | None:
    """Return the next open step of the plan that waits for nothing: one this step opened, else the reader's, else the first."""
    waiting = MilestoneDependency.objects.filter(milestone=OuterRef("pk"), needs__done_at=None, needs__dropped_at=None)
    ready = Milestone.objects.filter(plan=row.plan_id).open().exclude(Exists(waiting)).select_related("plan")
    found = list(ready.defer("note", "evidence", "title"))
    opened = {other.pk for other in opens}
    first = min(
        found, key=lambda one: (one.pk not in opened, one.owner_id != user.pk, one.due_at, one.key), default=None
    )
    if first is None:
        return None
    url = reverse("advocacy:milestone", args=[case.reference, first.pk])
    return StepAfter(first.title or "", url, act_link(case, first, rights))


def milestone_conflict_page(
    case: Case, act: str, form: StepForm, typed: QueryDict, saved: Milestone, reader: User
) -> ConflictPage:
    """Return what is stored now beside what was typed; `form` is sent again on the version that is stored."""
    stored: dict[str, Any] = step_form(act, saved, case).stored()
    if "owner" in stored:
        stored["owner"] = saved.owner
    data = typed.copy()
    data["version"] = str(saved.version)
    form.data = data
    rows = compared(form, stored, form.cleaned_data)
    shown = [*rows, *_beside(saved, set(stored))]
    back = reverse("advocacy:milestone", args=[case.reference, saved.pk])
    return ConflictPage(case, form, meanwhile(case, saved, reader), shown, differing(rows), back, "plan")


def _beside(saved: Milestone, asked: set[str]) -> Iterator[ComparedAnswer]:
    """Return what else stands in a step now: a colleague may have changed what this form does not ask."""
    told = {
        "on": (_("Due"), saved.due_at),
        "owner": (_("Who does it"), saved.owner),
        "note": (_("Note"), saved.note),
        "evidence": (_("What shows that it is done"), saved.evidence),
    }
    for name, (label, value) in told.items():
        if name not in asked and value:
            yield ComparedAnswer(label, plain_words(value), "", is_different=False)


def _line(case: Case, row: Milestone, now: dt.datetime) -> TaskRow:
    title, url = row.title or "", reverse("advocacy:milestone", args=[case.reference, row.pk])
    if row.done_at:
        return TaskRow(label=title, url=url, state=_("Done"), mark="ring-full", tone="ok")
    if row.dropped_at:
        return TaskRow(label=title, url=url, state=_("Dropped"), mark="ring-slash")
    if row.due_at < now:
        return TaskRow(label=title, url=url, late=relative_time.late_words(row.due_at, now=now))
    return TaskRow(label=title, url=url, when=relative_time.short_day(row.due_at))
