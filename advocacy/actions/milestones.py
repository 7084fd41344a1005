"""What people do with a step of a plan: move, assign, complete with evidence, undo, drop, note."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import plan_templates
from advocacy.actions.reminders import remind
from advocacy.models import Milestone, MilestoneDependency, Plan
from advocacy.models.plan import MilestoneQuerySet
from advocacy.step_facts.fact import Found
from advocacy.step_facts.registry import offers_for
from audit.trail import record
from casework.access import lock, may, require
from casework.actions.versions import claim_version
from casework.models import Case
from directory.dates import office_time, working_days

UNDO_WITHIN = dt.timedelta(minutes=10)
FACT_COLUMNS = ("fact", "fact_row", "fact_at", "fact_by")


@transaction.atomic
def move(
    *,
    actor: User,
    milestone: Milestone,
    version: int,
    due_at: dt.datetime,
    is_with_following: bool = False,
    now: dt.datetime | None = None,
) -> Milestone:
    """Give a step another date, and on wish every open step that waits for it, also through others, as much later.

    How often a step was put off is counted of it alone, not of those that move along: Load shows what slips.
    Reminders move with their steps. Needs the right to plan; refused once the step is over, and when a step that
    moves with it would be due in the past.
    """
    case, row = _locked_open_step(actor, milestone, version)
    was, row.due_at, row.moves = row.due_at, due_at, row.moves + (due_at > row.due_at)
    row.save(update_fields=["due_at", "moves"])
    following = open_after(row) if is_with_following else []
    by = office_time.office_span(was, due_at)
    _refuse_the_past(following, by, now or timezone.now())
    before = {after.pk: after.due_at for after in following}
    _shift(following, by)
    remind([row, *following], now=now)
    for after in following:  # each step has a history of its own
        told = {"was": {"due_at": before[after.pk]}, "now": {"due_at": after.due_at}}
        record(actor=actor, verb="advocacy.milestone.moved_along", case=case, about=after, **told)
    record(
        actor=actor,
        verb="advocacy.milestone.moved",
        case=case,
        about=row,
        was={"due_at": was},
        now={"due_at": due_at},
        following=[str(after.pk) for after in following],
    )
    return row


@transaction.atomic
def assign(
    *, actor: User, milestone: Milestone, version: int, owner: User, now: dt.datetime | None = None
) -> Milestone:
    """Give a step to somebody who may see the case. Needs the right to plan; refused once the step is over."""
    case, row = _locked_open_step(actor, milestone, version)
    if not may(owner, "view_case", case):
        raise ValidationError({"owner": _("This person does not work on the case. Choose somebody who does.")})
    was, row.owner = row.owner_id, owner
    row.save(update_fields=["owner"])
    remind([row], now=now)
    record(
        actor=actor,
        verb="advocacy.milestone.assigned",
        case=case,
        about=row,
        was={"owner": was},
        now={"owner": owner.pk},
    )
    return row


@transaction.atomic
def complete(
    *, actor: User, milestone: Milestone, version: int, evidence: str, now: dt.datetime | None = None
) -> Milestone:
    """Note that a step is done and what proves it. Planners may, and the owner; a repeated step is made again.

    What the step waits for does not stop it: the page warns, a person decides.
    """
    case, row = _locked_open_step(actor, milestone, version, may_owner=True)
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows that it is done.")})
    now = now or timezone.now()
    row.done_at, row.done_by, row.evidence = now, actor, evidence.strip()
    row.save(update_fields=["done_at", "done_by", "evidence"])
    following = _next_occurrence(row, now=now)
    remind([row, *following], now=now)
    made, said = [str(new.pk) for new in following], {"evidence": row.evidence}
    record(actor=actor, verb="advocacy.milestone.done", case=case, about=row, now=said, next=made)
    return row


@transaction.atomic
def take_fact(
    *,
    actor: User,
    milestone: Milestone,
    version: int,
    fact: str,
    fact_row: uuid.UUID,
    now: dt.datetime | None = None,
) -> Milestone:
    """Note that a step is done because a fact proves it. Planners may, and the owner; a repeated step is made again.

    The fact is looked for again, as far as this person may know of it: one that is gone meanwhile, or that keeps another
    step of the plan, is refused. While it counts the step stays done (actions/lost_facts.py).
    """
    case, row = _locked_open_step(actor, milestone, version, may_owner=True)
    now = now or timezone.now()
    offered = offers_for(case, actor, [row], at=now).get(row.pk, ())
    found = next((one for one in offered if (one.code, one.row) == (fact, fact_row)), None)
    if found is None:
        raise ValidationError(
            _("This fact is not there any more, or it closed another step. Look at what is offered now.")
        )
    close_by_fact(row, found, actor=actor, now=now)
    row.save(update_fields=["done_at", "done_by", "evidence", *FACT_COLUMNS])
    following = _next_occurrence(row, now=now)
    remind([*following, row], now=now)
    told = {"fact": fact, "fact_row": fact_row, "next": [str(new.pk) for new in following]}
    record(actor=actor, verb="advocacy.milestone.done", case=case, about=row, now={"evidence": row.evidence}, **told)
    return row


def close_by_fact(row: Milestone, found: Found, *, actor: User, now: dt.datetime) -> None:
    """Write into a step that a fact closed it, for the verb that saves it."""
    row.done_at, row.done_by, row.evidence = now, actor, found.words
    row.fact, row.fact_row, row.fact_at, row.fact_by = found.code, found.row, found.at, found.by


def open_again(row: Milestone) -> tuple[str, ...]:
    """Take out of a step that it is done and by what, for the verb that saves it; return the columns that changed."""
    row.done_at = row.done_by = row.fact_row = row.fact_at = row.fact_by = None
    row.fact = ""
    return ("done_at", "done_by", *FACT_COLUMNS)


@transaction.atomic
def undo_done(*, actor: User, milestone: Milestone, now: dt.datetime | None = None) -> Milestone:
    """Take back, within ten minutes, that a step is done. Planners and the owner may; its repetition is dropped."""
    (case,) = lock(milestone.case_id)
    row: Milestone = Milestone.objects.select_for_update().select_related("plan").get(pk=milestone.pk)
    _require_plan_or_owner(actor, row, case)
    now = now or timezone.now()
    if row.done_at is None:
        return row
    if not may_undo(row, now=now):
        raise ValidationError(_("It was done more than ten minutes ago. Write a note instead; the record stays."))
    following = list(_untouched_occurrence(row))
    for new in following:
        new.dropped_at = now
        new.save(update_fields=["dropped_at"])
    changed = open_again(row)
    claim_version(row, row.version)
    row.save(update_fields=changed)
    remind([row, *following], now=now)
    record(actor=actor, verb="advocacy.milestone.undone", case=case, about=row)
    return row


@transaction.atomic
def drop(*, actor: User, milestone: Milestone, version: int, reason: str, now: dt.datetime | None = None) -> Milestone:
    """Take a step out of the plan and say why; it stays readable. Needs the right to plan."""
    case, row = _locked_open_step(actor, milestone, version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this step is dropped.")})
    row.dropped_at = now or timezone.now()
    words = _("Dropped: %(reason)s") % {"reason": reason.strip()}
    was, row.note = row.note, f"{row.note}\n\n{words}" if row.note else words
    row.save(update_fields=["dropped_at", "note"])
    remind([row], now=row.dropped_at)
    changed = {"was": {"note": was}, "now": {"note": row.note}}
    record(actor=actor, verb="advocacy.milestone.dropped", case=case, about=row, **changed)
    return row


@transaction.atomic
def write_note(*, actor: User, milestone: Milestone, version: int, note: str) -> Milestone:
    """Write down something about a step, also when it is over. Planners and the owner may."""
    (case,) = lock(milestone.case_id)
    row: Milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    _require_plan_or_owner(actor, row, case)
    claim_version(row, version)
    was, row.note = row.note, note.strip()
    row.save(update_fields=["note"])
    changed = {"was": {"note": was}, "now": {"note": row.note}}
    record(actor=actor, verb="advocacy.milestone.noted", case=case, about=row, **changed)
    return row


@transaction.atomic
def move_start(*, actor: User, plan: Plan, starts_at: dt.datetime, now: dt.datetime | None = None) -> Plan:
    """Move the start of a plan; every open step moves by as much. Needs the right to plan; an ended plan stays."""
    (case,) = lock(plan.case_id)
    require(actor, "plan", case)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.ended_at:
        raise ValidationError(_("This plan has ended. Its dates stay as they were."))
    was = plan.starts_at
    by, plan.starts_at = office_time.office_span(was, starts_at), starts_at
    plan.save(update_fields=["starts_at"])
    rows = list(plan.milestones.filter(done_at=None, dropped_at=None).defer("title", "note", "evidence"))
    _shift(rows, by)
    remind(rows, now=now)
    record(
        actor=actor,
        verb="advocacy.plan.moved",
        case=case,
        about=plan,
        was={"starts_at": was},
        now={"starts_at": starts_at},
    )
    return plan


def open_after(row: Milestone) -> list[Milestone]:
    """Return the open steps that wait for a step, directly or through others, by date."""
    links = MilestoneDependency.objects.filter(milestone__plan=row.plan_id).values_list("needs_id", "milestone_id")
    after: dict[uuid.UUID, list[uuid.UUID]] = {}
    for needed, waiting in links:
        after.setdefault(needed, []).append(waiting)
    found: set[uuid.UUID] = set()
    edge = [row.pk]
    while edge:
        edge = [pk for needed in edge for pk in after.get(needed, ()) if pk not in found]
        found.update(edge)
    rows = Milestone.objects.filter(pk__in=found, done_at=None, dropped_at=None).exclude(pk=row.pk)
    return list(rows.order_by("due_at", "key"))


def may_undo(row: Milestone, *, now: dt.datetime | None = None) -> bool:
    """Say whether a done step can still be taken back."""
    return (
        row.done_at is not None and row.plan.ended_at is None and (now or timezone.now()) - row.done_at <= UNDO_WITHIN
    )


def is_planner_or_owner(actor: User, row: Milestone, case: Case) -> bool:
    """Say whether this person may complete and note the step: whoever plans, and its owner while on the case."""
    return may(actor, "plan", case) or (row.owner_id == actor.pk and may(actor, "view_case", case))


def _locked_open_step(
    actor: User, milestone: Milestone, version: int, *, may_owner: bool = False
) -> tuple[Case, Milestone]:
    """Lock the case, ask for the right, refuse a step that is over, and take the right to write this version."""
    (case,) = lock(milestone.case_id)
    row: Milestone = Milestone.objects.select_for_update().select_related("plan").get(pk=milestone.pk)
    if may_owner:
        _require_plan_or_owner(actor, row, case)
    else:
        require(actor, "plan", case)
    claim_version(row, version)
    if row.done_at or row.dropped_at or row.plan.ended_at:
        raise ValidationError(_("This step is over. What was written stays as it is."))
    return case, row


def _refuse_the_past(rows: list[Milestone], by: dt.timedelta, now: dt.datetime) -> None:
    """Refuse to move steps back to a day that is over: all of them would be late at once."""
    past = [row for row in rows if by < dt.timedelta() and office_time.later(row.due_at, by) < now]
    if past:
        words = _("“%(title)s” would be due in the past. Move this step alone, or to a later day.")
        raise ValidationError({"is_with_following": words % {"title": past[0].title}})


def _shift(rows: list[Milestone], by: dt.timedelta) -> None:
    """Move steps by as much on the office's clock; a form that was opened before is told of it."""
    for row in rows:
        row.due_at = office_time.later(row.due_at, by)
        row.version += 1
    Milestone.objects.bulk_update(rows, ["due_at", "version"])


def _require_plan_or_owner(actor: User, row: Milestone, case: Case) -> None:
    if not is_planner_or_owner(actor, row, case):
        require(actor, "plan", case)


def _next_occurrence(row: Milestone, *, now: dt.datetime) -> list[Milestone]:
    """Make the next occurrence of a repeated step, counted from its date, or from now when that is past already."""
    if not row.repeat_days:
        return []
    every = dt.timedelta(days=row.repeat_days)
    is_in_hours = row.plan.template in plan_templates.IN_HOURS
    due_at = office_time.later(row.due_at, every)
    copied = (
        "plan_id",
        "stage_id",
        "case_id",
        "key",
        "track",
        "gate_level",
        "title",
        "owner_id",
        "owner_role",
        "repeat_days",
    )
    due_at = due_at if due_at > now else now + every
    due_at = due_at if is_in_hours else working_days.next_open(due_at, row.case.country)
    made = Milestone(due_at=due_at, **{name: getattr(row, name) for name in copied})
    made.save(force_insert=True)
    return [made]


def _untouched_occurrence(row: Milestone) -> MilestoneQuerySet:
    """Return the untouched repetition that completing this step made."""
    if not row.repeat_days:
        return Milestone.objects.none()
    later = Milestone.objects.filter(
        plan_id=row.plan_id, key=row.key, due_at__gt=row.due_at, done_at=None, dropped_at=None
    )
    return later.filter(version=1)
