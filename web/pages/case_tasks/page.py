"""The tab *Tasks* of a case: where it stands, in four groups, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.models import Case
from casework.pages.rows import NextStep, TaskRow
from web.pages.case_tasks.facts import facts_of_case, with_proof
from web.pages.case_tasks.next_step import step_of, tasks_of
from web.pages.case_tasks.rows import Group, Task

TITLES = {
    Group.KNOW: gettext_lazy("Know"),
    Group.PLAN: gettext_lazy("Plan"),
    Group.WRITE: gettext_lazy("Write"),
    Group.FOLLOW: gettext_lazy("Follow"),
}


@dataclass(frozen=True)
class TaskGroup:
    """One group of tasks: its place and title, how many are done, and the rows."""

    code: str
    title: str
    done_words: str
    rows: Sequence[TaskRow]


@dataclass(frozen=True)
class TasksPage:
    """The tasks of a case (web/tasks.html); nothing sealed but the title of one step is opened."""

    case: Case
    done_words: str
    columns: Sequence[Sequence[TaskGroup]]
    next: NextStep
    tab: str = "tasks"


def tasks_page(case: Case, user: User) -> TasksPage:
    """Return where a case stands for a reader who was found to see it."""
    facts = with_proof(facts_of_case(user, case))
    tasks = tasks_of(facts)
    groups = {code: _group(code, number, tasks) for number, code in enumerate(Group, start=1)}
    return TasksPage(
        case=case,
        done_words=_done_words(tasks),
        columns=[[groups[Group.KNOW], groups[Group.PLAN]], [groups[Group.WRITE], groups[Group.FOLLOW]]],
        next=step_of(facts, tasks),
    )


def _group(code: Group, number: int, tasks: Sequence[Task]) -> TaskGroup:
    found = [task for task in tasks if task.group == code]
    title = _("%(number)s. %(title)s") % {"number": number, "title": TITLES[code]}
    return TaskGroup(code, title, _done_words(found), [task.row for task in found])


def _done_words(tasks: Sequence[Task]) -> str:
    return _("%(done)s of %(all)s") % {"done": sum(task.is_done for task in tasks), "all": len(tasks)}
