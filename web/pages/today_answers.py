"""Promises past their day and calls to make again today, for whoever recorded them or leads the case. No words of either.

One row a case and sort, from one query: a case that nobody has to ring for costs nothing.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from accounts.models import User
from accounts.pages.addresses import address_of
from advocacy.models import Approach, Reply
from casework.models import Case
from casework.models.permission_filter import HasRight
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from directory.dates.office_time import noon
from sealing.queries import DAY, PERSON, written_once

MOST = 12
COLUMNS = ("reference", "codename", "due_on", "promises", "again", "again_on", "agains")


@dataclass(frozen=True)
class ToFollow:
    """What of one case is to be followed: the oldest unkept promise, the oldest call to make again, and how many."""

    reference: str
    codename: str
    due_on: dt.date | None
    promises: int | None
    again: uuid.UUID | None
    again_on: dt.date | None
    agains: int | None


def answers_for(user: User, *, now: dt.datetime, day: dt.date) -> Sequence[TaskRow]:
    """Return by case how many promises are unkept and whom to ring again, the oldest first; of twelve cases at most."""
    return [row for line in _cases(user=user, day=day) for row in _rows(ToFollow(*line), now)]


def _rows(case: ToFollow, now: dt.datetime) -> Iterator[TaskRow]:
    if case.due_on and case.promises:
        words = ngettext("Unkept promise", "%(count)d unkept promises", case.promises) % {"count": case.promises}
        yield TaskRow(
            label=words,
            url=address_of("advocacy:answers", case.reference),
            note=f"{case.codename} {case.reference}",
            late=relative_time.late_words(noon(case.due_on) - dt.timedelta(hours=12), now=now),
        )
    if case.again and case.again_on and case.agains:
        words = ngettext("Get in touch again", "Get in touch again, %(count)d times", case.agains)
        yield TaskRow(
            label=words % {"count": case.agains},
            url=f"{address_of('advocacy:record_call', case.reference)}?follows={case.again}",
            note=f"{case.codename} {case.reference}",
            when=relative_time.short_day(noon(case.again_on)),
        )


@written_once(user=PERSON, day=DAY)
def _cases(*, user: User, day: dt.date) -> QuerySet[Case, tuple[Any, ...]]:
    own = Q(created_by=user) | Q(case__lead=user)
    mine = Reply.objects.unkept(day=day).filter(own | Q(approach__made_by=user))
    calls = Approach.objects.to_ring_again(day=day).filter(own | Q(made_by=user))
    unkept = mine.filter(case=OuterRef("pk")).order_by("due_on", "pk")
    due = calls.filter(case=OuterRef("pk")).order_by("follow_up_on", "pk")
    few = (
        mine.order_by().values("case").union(calls.order_by().values("case"))
    )  # with OR every case would be gone through
    found = Case.objects.filter(HasRight(user, "plan", case="id"), pk__in=few).annotate(
        due_on=Subquery(unkept.values("due_on")[:1]),
        promises=Subquery(_number(unkept)),
        again=Subquery(due.values("pk")[:1]),
        again_on=Subquery(due.values("follow_up_on")[:1]),
        agains=Subquery(_number(due)),
    )
    return found.order_by(Coalesce("due_on", "again_on"), "pk").values_list(*COLUMNS)[:MOST]


def _number(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = rows.order_by().values("case").annotate(number=Count("pk")).values("number")
    return counted
