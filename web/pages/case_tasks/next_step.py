"""The one next step of a case: its first open task in the order of harm; who may not do it reads who may."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep
from directory.dates import relative_time
from safety.pages.status import SafetyStatus
from web.pages.case_tasks import follow, know, plan, queries, writing
from web.pages.case_tasks.facts import CaseFacts, facts_of_case, facts_of_cases
from web.pages.case_tasks.rows import Order, Task

STALLED_DAYS = 21  # DESIGN: nothing moved in three weeks and no dated next step


def tasks_of(facts: CaseFacts) -> list[Task]:
    """Return the tasks of a case in the order of their groups; who may not do one is given no address of its act."""
    alone = (
        know.fate(facts),
        know.packet(facts),
        know.people(facts),
        know.consent(facts),
        know.assessment(facts),
        plan.hold(facts),
        plan.posture(facts),
        plan.plan(facts),
        *writing.papers(facts),
        follow.copies(facts),
    )
    return [_for_reader(task, facts) for task in alone if task]


def _for_reader(task: Task, facts: CaseFacts) -> Task:
    todo = task.todo
    if todo is None or not todo.right or todo.right in facts.rights:
        return task
    return replace(task, todo=replace(todo, is_for_reader=False))


def first_of(tasks: Sequence[Task]) -> Task | None:
    """Return the task that comes first, or nothing when none is open."""
    return min(
        (task for task in tasks if task.todo), key=lambda task: task.todo.order if task.todo else 0, default=None
    )


@dataclass(frozen=True)
class CaseStanding:
    """The first open task of a case, when somebody last did anything on it, and for how many days it has been stalled."""

    first: Task | None
    done_at: dt.datetime | None
    stalled_days: int = 0


def standings_of(user: User, cases: Sequence[Case], *, at: dt.datetime) -> Mapping[uuid.UUID, CaseStanding]:
    """Return how the work on each case stands, by its key; nothing that is sealed is opened.

    A case is stalled when no step of it has a date, nothing was done on it for three weeks, and what comes next is no
    harm that must be dealt with first.
    """
    done = dict(queries.last_done(cases=[case.pk for case in cases]))
    found = {}
    for key, facts in facts_of_cases(user, cases).items():
        first, done_at = first_of(tasks_of(facts)), done[key]
        days = relative_time.days_since(done_at, now=at) if done_at else 0
        is_stalled = days >= STALLED_DAYS and facts.steps.open == 0 and _is_no_harm(first)
        found[key] = CaseStanding(first, done_at, days if is_stalled else 0)
    return found


def _is_no_harm(first: Task | None) -> bool:
    return first is None or first.todo is None or first.todo.order >= Order.PACKET


def next_words(facts: CaseFacts) -> str:
    """Return the first open task of a case in two words, for a list; nothing that is sealed is opened."""
    first = first_of(tasks_of(facts))
    row = first.row if first else None
    return _("%(task)s: %(state)s") % {"task": row.label, "state": row.state} if row else ""


def next_step_of(
    case: Case, user: User, *, safety: SafetyStatus | None = None, rights: frozenset[str] | None = None
) -> NextStep:
    """Return the next step of this case for somebody who was found to see it; `safety` and `rights` where they are read."""
    facts = facts_of_case(user, case, safety=safety, rights=rights)
    return step_of(facts, tasks_of(facts))


def step_of(facts: CaseFacts, tasks: Sequence[Task]) -> NextStep:
    """Return the next step of one case; who may not do it reads the names of those who may, and no address."""
    first = first_of(tasks)
    todo = first.todo if first else None
    if todo is None:
        return NextStep()
    step = todo.step
    if step.url or not todo.right:
        return step
    names = queries.who_may(case=facts.case, right=todo.right)
    who = _("%(names)s may do it.") % {"names": ", ".join(names)} if names else _("Nobody on this case may do it.")
    return NextStep(f"{step.text} {who}")
