"""One person's week on one printed sheet: what waits for them, what is late, and each of the next seven days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from casework.access import sees_many
from web.pages import today_dates, today_waiting
from web.pages.today_dates import AgendaDay, StepLine

MOST_WAITING = 10


@dataclass(frozen=True)
class WeekSheet:
    """The sheet (web/today/sheet.html). It names cases by codename alone, and is for inside."""

    name: str
    now: dt.datetime
    waiting: Sequence[WaitingLine]
    late: Sequence[StepLine]
    late_left_off: str
    days: Sequence[AgendaDay]
    week_left_off: str


def week_sheet(user: User) -> WeekSheet:
    """Return this person's own week; what a sheet has no room for is counted."""
    now, is_many = timezone.now(), sees_many(user)
    late = today_dates.overdue(user, is_all=False, row_by_row=is_many, now=now)
    week, days = today_dates.next_days(user, is_all=False, row_by_row=is_many, now=now)
    return WeekSheet(
        name=user.get_full_name(),
        now=now,
        waiting=today_waiting.waiting_for(user, now=now)[:MOST_WAITING],
        late=late.rows,
        late_left_off=late.more_words if late.is_more else "",
        days=[day for day in days if day.rows],
        week_left_off=week.more_words if week.is_more else "",
    )
