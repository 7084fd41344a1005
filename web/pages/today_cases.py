"""The cases that one person leads, each with its one next step, what may hurt somebody first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.models import Case
from sealing.queries import PERSON, written_once
from web.pages.case_tasks import first_tasks_of
from web.pages.case_tasks.rows import Task

SHOWN, LOOKED_AT = 8, 25


@dataclass(frozen=True)
class CaseLine:
    """One case with its next step: in words, where it is done, and whether this person does it."""

    case: str
    case_url: str
    step: str
    url: str
    is_mine: bool


@dataclass(frozen=True)
class MyCases:
    """Some of the cases that a person leads, and whether there are others (web/today/today.html)."""

    rows: Sequence[CaseLine] = ()
    is_more: bool = False


def my_cases(user: User) -> MyCases:
    """Return eight of the first twenty-five cases by codename that this person leads, those first that need something most."""
    cases = _led(user=user)
    tasks = first_tasks_of(user, cases)
    cases.sort(key=lambda case: _order(tasks[case.pk]))
    return MyCases([_line(case, tasks[case.pk], user) for case in cases[:SHOWN]], is_more=len(cases) > SHOWN)


def _order(task: Task | None) -> int:
    return int(task.todo.order) if task and task.todo else 0


def _line(case: Case, task: Task | None, user: User) -> CaseLine:
    """Return a case with its next step; one without any is asked for one, before it is forgotten."""
    url = address_of("web:case_tasks", case.reference)
    if task is None or task.todo is None:
        return CaseLine(
            str(case),
            url,
            _("Nothing is planned. Give it a next step."),
            address_of("advocacy:plan", case.reference),
            True,
        )
    step = task.todo.step
    words = capfirst(step.text or task.row.note)
    return CaseLine(str(case), url, words, step.url or task.row.url, bool(step.url))


@written_once(user=PERSON)
def _led(*, user: User) -> QuerySet[Case]:
    rows = Case.objects.visible_to(user).filter(lead=user).order_by("codename", "reference")
    return rows.only("reference", "codename", "country", "group_id", "status")[:LOOKED_AT]
