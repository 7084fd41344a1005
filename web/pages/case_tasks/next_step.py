"""The one next step of a case: its first open task in the order of harm; who may not do it reads who may."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep
from safety.pages.status import SafetyStatus
from web.pages.case_tasks import follow, know, plan, queries, writing
from web.pages.case_tasks.facts import CaseFacts, facts_of_case, facts_of_cases
from web.pages.case_tasks.rows import Task


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


def first_tasks_of(user: User, cases: Sequence[Case]) -> Mapping[uuid.UUID, Task | None]:
    """Return the first open task of each case, or None, by its key; nothing that is sealed is opened."""
    return {key: first_of(tasks_of(facts)) for key, facts in facts_of_cases(user, cases).items()}


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
