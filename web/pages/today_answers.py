"""Promises past their day and calls to make again today, for whoever recorded them or leads the case. No words of either."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pages.addresses import address_of
from advocacy.models import Approach, Reply
from casework.models.permission_filter import HasRight
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from directory.dates.office_time import noon

MOST = 16
PROMISE = "promise"
COLUMNS = ("what", "key", "other", "day", "case__reference", "case__codename")
Line = tuple[str, uuid.UUID | None, uuid.UUID | None, dt.date, str, str]


def answers_for(user: User, *, now: dt.datetime, day: dt.date) -> Sequence[TaskRow]:
    """Return the unkept promises and whom to ring again, by their day; at most sixteen and one more, in one query."""
    return [_row(*line, now) for line in _lines(user, day)]


def _row(
    what: str,
    key: uuid.UUID | None,
    other: uuid.UUID | None,
    day: dt.date,
    reference: str,
    codename: str,
    now: dt.datetime,
) -> TaskRow:
    if what == PROMISE:
        place = f"#a-{key}" if key else f"#c-{other}"
        return TaskRow(
            label=_("Unkept promise"),
            url=address_of("advocacy:answers", reference) + place,
            note=codename,
            late=relative_time.late_words(noon(day) - dt.timedelta(hours=12), now=now),
        )
    return TaskRow(
        label=_("Ring again") if what == Approach.Kind.CALL else _("Get in touch again"),
        url=f"{address_of('advocacy:record_call', reference)}?follows={key}",
        note=codename,
        when=relative_time.short_day(noon(day)),
    )


def _lines(user: User, day: dt.date) -> QuerySet[Any, Line]:
    may_plan = HasRight(user, "plan", case="case_id")
    own = Q(created_by=user) | Q(case__lead=user)
    unkept = Reply.objects.unkept(day=day).filter(own | Q(approach__made_by=user), may_plan).order_by()
    promises = unkept.annotate(what=Value(PROMISE), key=F("approach_id"), other=F("copy_id"), day=F("due_on"))
    due = Approach.objects.to_ring_again(day=day).filter(own | Q(made_by=user), may_plan).order_by()
    again = due.annotate(what=F("kind"), key=F("id"), other=F("copy_id"), day=F("follow_up_on"))
    found: QuerySet[Any, Line] = promises.values_list(*COLUMNS).union(again.values_list(*COLUMNS), all=True)
    return found.order_by("day", "key")[: MOST + 1]
