"""The cases that one person leads, each with its one next step, what may hurt somebody first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from casework.models import Case
from directory.dates import relative_time
from sealing.queries import PERSON, written_once
from web.pages.case_tasks import CaseStanding, standings_of
from web.pages.case_tasks.rows import Order

SHOWN, LOOKED_AT = 8, 25


@dataclass(frozen=True)
class CaseLine:
    """One case with its next step: in words, where it is done, whether this person does it, and what was done last."""

    case: str
    case_url: str
    step: str
    url: str
    is_mine: bool
    done: str
    is_stalled: bool


@dataclass(frozen=True)
class MyCases:
    """Some of the cases that a person leads, and whether there are others (web/today/today.html)."""

    rows: Sequence[CaseLine] = ()
    is_more: bool = False


def my_cases(user: User) -> MyCases:
    """Return eight of the first twenty-five cases by codename that this person leads, those first that need something most."""
    cases, now = _led(user=user), timezone.now()
    standings = standings_of(user, cases, at=now) if cases else {}
    cases.sort(key=lambda case: _order(standings[case.pk]))
    return MyCases([_line(case, standings[case.pk], now) for case in cases[:SHOWN]], is_more=len(cases) > SHOWN)


def _order(standing: CaseStanding) -> int:
    """Return the place in the list: what may hurt somebody, then what is about to be forgotten, then the rest."""
    todo = standing.first.todo if standing.first else None
    if standing.stalled_days or todo is None:
        return int(Order.ASKED_TO_JOIN)
    return int(todo.order)


def _line(case: Case, standing: CaseStanding, now: dt.datetime) -> CaseLine:
    """Return a case with its next step; one that is stalled or has none is asked for one, before it is forgotten."""
    url, plan = address_of("web:case_tasks", case.reference), address_of("advocacy:plan", case.reference)
    done = relative_time.ago_words(standing.done_at, now=now) if standing.done_at else _("Nothing yet")
    task = standing.first
    if standing.stalled_days:
        return CaseLine(
            str(case), url, _("Stalled: no step that can go on now has a date. Give it one."), plan, True, done, True
        )
    if task is None or task.todo is None:
        return CaseLine(str(case), url, _("Nothing is planned. Give it a next step."), plan, True, done, False)
    step = task.todo.step
    row = None if step.text and step.url else task.row
    words = capfirst(step.text or (row.note if row else ""))
    return CaseLine(str(case), url, words, step.url or (row.url if row else ""), bool(step.url), done, False)


@written_once(user=PERSON)
def _led(*, user: User) -> QuerySet[Case]:
    rows = Case.objects.visible_to(user).filter(lead=user).order_by("codename", "reference")
    return rows.only("reference", "codename", "country", "group_id", "status")[:LOOKED_AT]
