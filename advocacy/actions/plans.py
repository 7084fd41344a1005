"""Make a plan from a template, and end it. Steps themselves change in advocacy/actions/milestones.py."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import plan_templates
from advocacy.actions.reminders import drop_reminders, remind
from advocacy.models import Milestone, MilestoneDependency, Plan, Stage
from audit.trail import record
from casework.access import lock, require
from casework.models import Case, Membership
from directory.dates import office_time


@transaction.atomic
def make_plan(
    *, actor: User, case: Case, template: str, starts_at: dt.datetime, now: dt.datetime | None = None
) -> Plan:
    """Make a plan from a template, counted from a start hour, with stages, steps, owners, dates and reminders.

    Needs the right to plan. Several plans may run at once, but each template only once: the second is refused.
    An owner is the first person on the case with the step's role, else the lead.
    """
    (case,) = lock(case)
    require(actor, "plan", case)
    if template not in Plan.Template.values:
        raise ValidationError(_("Choose one of the plans in the list."))
    if case.plans.filter(template=template, ended_at=None).exists():
        raise ValidationError(_("This plan runs already on this case. End it first, or go on with it."))
    plan = Plan.objects.create(case=case, template=template, starts_at=starts_at, made_by=actor)
    stages = _make_stages(plan)
    rows = _make_milestones(plan, stages)
    remind(rows.values(), now=now)
    record(
        actor=actor,
        verb="advocacy.plan.made",
        case=case,
        about=plan,
        template=template,
        starts_at=starts_at,
        steps=len(rows),
    )
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


def _make_milestones(plan: Plan, stages: dict[str, Stage]) -> dict[str, Milestone]:
    """Insert the steps of the template with owners, dates and what they wait for; return them by key."""
    owners = owners_by_role(plan.case)
    rows = {}
    for step in plan_templates.steps(plan.template):
        by = dt.timedelta(hours=step.offset_hours)
        is_in_hours = plan.template in plan_templates.IN_HOURS
        rows[step.key] = Milestone(
            plan=plan,
            stage=stages[step.key],
            case_id=plan.case_id,
            key=step.key,
            track=step.track,
            gate_level=step.gate_level,
            title=_(step.title),
            owner_id=owners.get(step.role, plan.case.lead_id),
            owner_role=step.role,
            due_at=plan.starts_at + by if is_in_hours else office_time.later(plan.starts_at, by),
            repeat_days=step.repeat_days,
        )
    Milestone.objects.bulk_create(rows.values())
    MilestoneDependency.objects.bulk_create(
        MilestoneDependency(milestone=rows[step.key], needs=rows[key])
        for step in plan_templates.steps(plan.template)
        for key in plan_templates.needs_of(plan.template, step)
    )
    return rows
