"""Make a plan from a template, and end it. Steps themselves change in advocacy/actions/milestones.py."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import plan_templates
from advocacy.actions.milestones import FACT_COLUMNS, close_by_fact
from advocacy.actions.reminders import drop_reminders, remind
from advocacy.models import Milestone, MilestoneDependency, Plan, Stage
from advocacy.plan_templates import TemplateStep
from advocacy.step_facts.fact import Found
from advocacy.step_facts.registry import facts_found, offers_for
from audit.trail import record
from casework.access import lock, require
from casework.models import Case, Membership
from directory.dates import office_time, working_days
from safety.models import Posture

AN_HOUR, A_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@transaction.atomic
def make_plan(
    *,
    actor: User,
    case: Case,
    template: str,
    starts_at: dt.datetime,
    done: Collection[str] = (),
    is_quiet: bool = False,
    now: dt.datetime | None = None,
) -> Plan:
    """Make a plan from a template, counted from a start hour, with stages, steps, owners, dates and reminders.

    Needs the right to plan. Several plans may run at once, but each template only once: the second is refused.
    An owner is the first person on the case with the step's role, else the lead. Of the steps in `done`, by key, those
    that a fact proves begin as done. On the quiet route (DOMAIN.md 7) what makes sense only with a publication is left
    out. No step is late when the plan begins: see `due_at_of`.
    """
    (case,) = lock(case)
    require(actor, "plan", case)
    _refuse_a_second(case, template)
    now = now or timezone.now()
    plan = Plan.objects.create(case=case, template=template, starts_at=starts_at, is_quiet=is_quiet, made_by=actor)
    stages = _make_stages(plan)
    steps = [step for step in plan_templates.steps(template) if not (is_quiet and step.is_only_public)]
    rows = _make_milestones(plan, stages, steps, now=now)
    closed = _close_what_is_done(plan, [rows[key] for key in done if key in rows], actor=actor, now=now)
    remind(rows.values(), now=now)
    record(
        actor=actor,
        verb="advocacy.plan.made",
        case=case,
        about=plan,
        template=template,
        starts_at=starts_at,
        steps=len(rows),
        done=closed,
        is_quiet=is_quiet,
    )
    return plan


@transaction.atomic
def add_public_steps(*, actor: User, plan: Plan, now: dt.datetime | None = None) -> Plan:
    """Give a plan of the quiet route what was left out of it. Needs the right to plan; refused while the posture forbids it.

    The steps keep their distances, and the first is due when the plan says, or a day from now where that is past.
    """
    (case,) = lock(plan.case_id)
    require(actor, "plan", case)
    plan = Plan.objects.select_for_update().select_related("case").get(pk=plan.pk)
    now = now or timezone.now()
    if plan.ended_at or not plan.is_quiet:
        return plan
    if is_kept_quiet(case, at=now):
        raise ValidationError(_("The posture keeps this case quiet. Decide another one first."))
    plan.is_quiet = False
    plan.save(update_fields=["is_quiet"])
    steps = [step for step in plan_templates.steps(plan.template) if step.is_only_public]
    first = office_time.later(plan.starts_at, dt.timedelta(hours=min(step.offset_hours for step in steps)))
    late_by = max(office_time.office_span(first, now) + dt.timedelta(days=1), dt.timedelta())
    rows = _make_milestones(plan, _stages_of(plan), steps, now=now, late_by=late_by)
    remind(rows.values(), now=now)
    record(actor=actor, verb="advocacy.plan.public_added", case=case, about=plan, steps=len(rows))
    return plan


@transaction.atomic
def end_plan(*, actor: User, plan: Plan, now: dt.datetime | None = None) -> Plan:
    """End a plan: its open steps ask nobody any more and stay readable. Needs the right to plan; twice is once."""
    (case,) = lock(plan.case_id)
    require(actor, "plan", case)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.ended_at:
        return plan
    plan.ended_at = now or timezone.now()
    plan.save(update_fields=["ended_at"])
    drop_reminders(plan.milestones.all(), now=plan.ended_at)
    record(actor=actor, verb="advocacy.plan.ended", case=case, about=plan, template=plan.template)
    return plan


def owners_by_role(case: Case) -> dict[str, int]:
    """Return the first person in force for each role of the case."""
    found: dict[str, int] = {}
    members = Membership.objects.filter(case=case, ended_at=None, user__is_active=True).order_by("granted_at", "pk")
    for member in members:
        if member.is_in_force and (member.until is None or member.until > timezone.now()):
            found.setdefault(member.role, member.user_id)
    return found


def is_kept_quiet(case: Case, *, at: dt.datetime | None = None) -> bool:
    """Say whether somebody decided that nothing is published: silent, quiet, listed, or an embargo that still lasts.

    A case of which nobody decided anything is silent too, but a plan of it leads to that decision, so it is not kept quiet.
    """
    row = Posture.objects.filter(case=case).defer("reason").order_by("-number").first()
    return keeps_quiet(row, at=at or timezone.now())


def keeps_quiet(posture: Posture | None, *, at: dt.datetime) -> bool:
    """Say the same of the posture that counts, where a page has read it."""
    if posture is None:
        return False
    lasts = posture.kind == Posture.Kind.EMBARGO and posture.embargo_until and posture.embargo_until > at
    return bool(lasts) or posture.kind in {Posture.Kind.SILENT, Posture.Kind.QUIET, Posture.Kind.LISTED}


def proved_from_the_start(case: Case, reader: User, template: str) -> dict[str, Found]:
    """Return what would close a step of this template on the day it begins, by the key of the step."""
    steps = [step for step in plan_templates.steps(template) if step.facts and not step.since]
    found = facts_found(case, reader, {code for step in steps for code in step.facts})
    proofs = {step.key: next((one for one in found if one.code in step.facts), None) for step in steps}
    return {key: one for key, one in proofs.items() if one}


def due_at_of(
    plan: Plan, step: TemplateStep, *, now: dt.datetime, late_by: dt.timedelta = dt.timedelta()
) -> dt.datetime:
    """Return when a step of a new plan is due: so long after the start, and never before there was time for it.

    A plan of hours gives an hour to what would be due already. A plan of weeks gives its first day, and moves what falls
    on a day without work (DOMAIN.md 7); whoever moves a step later on insists, and it stays where they put it.
    """
    by = dt.timedelta(hours=step.offset_hours) + late_by
    is_in_hours = plan.template in plan_templates.IN_HOURS
    due_at = plan.starts_at + by if is_in_hours else office_time.later(plan.starts_at, by)
    if is_in_hours:
        return max(due_at, now + AN_HOUR)
    first_day_ends = office_time.later(max(plan.starts_at, now), A_DAY)
    return working_days.next_open(max(due_at, first_day_ends), plan.case.country)


def _refuse_a_second(case: Case, template: str) -> None:
    """Refuse a plan that is none of the list, and one that runs already."""
    if template not in Plan.Template.values:
        raise ValidationError(_("Choose one of the plans in the list."))
    if case.plans.filter(template=template, ended_at=None).exists():
        raise ValidationError(_("This plan runs already on this case. End it first, or go on with it."))


def _close_what_is_done(plan: Plan, rows: Sequence[Milestone], *, actor: User, now: dt.datetime) -> list[str]:
    """Close these steps of a plan that has just begun, each by its newest fact, and return the keys of those that had one."""
    offers = offers_for(plan.case, actor, rows, at=now) if rows else {}
    closed = []
    for row in rows:
        free = [one for one in offers.get(row.pk, ()) if one.row not in {other.fact_row for other in rows}]
        if free:
            close_by_fact(row, free[0], actor=actor, now=now)
            closed.append(row)
    for row in closed:
        row.save(update_fields=["done_at", "done_by", "evidence", *FACT_COLUMNS])
    return [row.key for row in closed]


def _stages_of(plan: Plan) -> dict[str, Stage]:
    """Return the stages of a plan that runs by the keys of their steps."""
    found = {(stage.track, stage.number): stage for stage in plan.stages.all()}
    return {
        key: found[track, number]
        for track, cut in plan_templates.CUT[plan.template].items()
        for number, (_title, keys) in enumerate(cut, start=1)
        for key in keys
    }


def _make_stages(plan: Plan) -> dict[str, Stage]:
    """Insert the stages of the template and return them by the keys of their steps."""
    by_key: dict[str, Stage] = {}
    made = []
    for track, cut in plan_templates.CUT[plan.template].items():
        for number, (_title, keys) in enumerate(cut, start=1):
            stage = Stage(plan=plan, case_id=plan.case_id, track=track, number=number)
            made.append(stage)
            by_key.update(dict.fromkeys(keys, stage))
    Stage.objects.bulk_create(made)
    return by_key


def _make_milestones(
    plan: Plan,
    stages: dict[str, Stage],
    steps: Sequence[TemplateStep],
    *,
    now: dt.datetime,
    late_by: dt.timedelta = dt.timedelta(),
) -> dict[str, Milestone]:
    """Insert these steps with owners, dates and what they and others wait for; return them by key."""
    owners = owners_by_role(plan.case)
    there = {row.key: row for row in plan.milestones.defer("title", "note", "evidence").order_by("-due_at")}
    made = {}
    for step in steps:
        made[step.key] = Milestone(
            plan=plan,
            stage=stages[step.key],
            case_id=plan.case_id,
            key=step.key,
            track=step.track,
            gate_level=step.gate_level,
            title=_(step.title),
            owner_id=owners.get(step.role, plan.case.lead_id),
            owner_role=step.role,
            due_at=due_at_of(plan, step, now=now, late_by=late_by),
            repeat_days=step.repeat_days,
        )
    Milestone.objects.bulk_create(made.values())
    rows = there | made
    MilestoneDependency.objects.bulk_create(
        MilestoneDependency(milestone=rows[step.key], needs=rows[key])
        for step in plan_templates.steps(plan.template)
        for key in plan_templates.needs_of(plan.template, step)
        if step.key in rows and key in rows and (step.key in made or key in made)
    )
    return made
