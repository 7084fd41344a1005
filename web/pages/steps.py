"""All late steps, or all of the next seven days, fifty at a time: Today shows the first of them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from advocacy.models import Milestone
from casework.access import sees_many
from directory.dates import relative_time
from sealing.queries import KEY, MOMENT, written_once
from web.pages.today_dates import (
    OF_A_STEP,
    WHOSE,
    StepLine,
    end_of_the_days,
    hour_words,
    milestones_of,
    step_line,
    with_keys,
)

ROWS = 50


@dataclass(frozen=True)
class StepsPage:
    """Some steps in the order of their dates (web/today/steps.html)."""

    title: str
    head: str
    empty: str
    rows: Sequence[StepLine]
    is_all: bool
    first_url: str
    next_url: str


def late_steps_page(user: User, *, is_all: bool, after: str = "") -> StepsPage:
    """Return fifty missed steps, the oldest first: this person's, or all those of the cases they may see.

    `after` is the place at which the page before ended; one that cannot be read is passed over.
    """
    now = timezone.now()
    found = _found(user, is_all=is_all, after=after, end=now)
    rows = [step_line(row, late=relative_time.late_words(row.due_at, now=now)) for row in found[:ROWS]]
    empty = _("No step is late")
    return StepsPage(_("Late steps"), _("Late"), empty, rows, is_all, *_addresses(found, is_all=is_all, after=after))


def week_steps_page(user: User, *, is_all: bool, after: str = "") -> StepsPage:
    """Return fifty steps of the next seven days, the next first, as late_steps_page does."""
    now = timezone.now()
    found = _found(user, is_all=is_all, after=after, start=now, end=end_of_the_days(now))
    rows = [step_line(row, when=_day_and_hour(row)) for row in found[:ROWS]]
    empty, title = _("Nothing is due in the next seven days"), _("Steps of the next seven days")
    return StepsPage(title, _("When"), empty, rows, is_all, *_addresses(found, is_all=is_all, after=after))


def _found(user: User, *, is_all: bool, after: str, **span: dt.datetime) -> list[Milestone]:
    since, key = _place(after)
    asked = {"start": None, "user": user, "is_all": is_all, "row_by_row": sees_many(user), **span}
    return with_keys(_in_order(**asked, since=since, key=key))


@written_once(**WHOSE, start=MOMENT, end=MOMENT, since=MOMENT, key=KEY)
def _in_order(
    *,
    start: dt.datetime | None,
    end: dt.datetime,
    since: dt.datetime | None,
    key: uuid.UUID | None,
    **whose: Any,
) -> QuerySet[Milestone]:
    rows = milestones_of(**whose).filter(due_at__lt=end)
    if start:
        rows = rows.filter(due_at__gte=start)
    if since and key:
        rows = rows.filter(Q(due_at__gt=since) | Q(pk__gt=key), due_at__gte=since)
    return rows.order_by("due_at", "pk").select_related("case", "plan").only(*OF_A_STEP)[: ROWS + 1]


def _place(after: str) -> tuple[dt.datetime, uuid.UUID] | tuple[None, None]:
    """Return the date and key of the last step of the page before; nothing for what is none."""
    at, _space, key = after.partition(" ")
    try:
        return dt.datetime.fromisoformat(at).astimezone(dt.UTC), uuid.UUID(key)
    except (ValueError, OverflowError):
        return None, None


def _addresses(found: Sequence[Milestone], *, is_all: bool, after: str) -> tuple[str, str]:
    """Return the addresses of the first page and of the next one, where there is one."""
    whose = [("of", "cases")] if is_all else []
    last = found[ROWS - 1] if len(found) > ROWS else None
    place = [("after", f"{last.due_at.astimezone(dt.UTC).isoformat()} {last.pk}")] if last else []
    return f"?{urlencode(whose)}" if after else "", f"?{urlencode([*whose, *place])}" if place else ""


def _day_and_hour(row: Milestone) -> str:
    return _("%(day)s, %(hour)s") % {"day": relative_time.short_day(row.due_at), "hour": hour_words(row)}
