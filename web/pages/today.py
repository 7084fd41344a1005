"""What the first page shows one person: what is late, what comes, what waits, and the one next step."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from advocacy.pages.rows import WaitingLine
from casework.access import sees_many
from casework.models import Case
from casework.pages.rows import NextStep, TaskRow
from directory.dates import office_time, relative_time
from materials.leaving import page_expiry
from materials.leaving.page_expiry import PageGoingDown
from safety.models import Hold
from sealing.queries import PERSON, written_once
from web.pages import today_dates as today_lists
from web.pages import today_waiting
from web.pages.notices import NoticeLine, unread_of
from web.pages.today_answers import answers_for
from web.pages.today_away import stood_in_for
from web.pages.today_cases import MyCases, my_cases
from web.pages.today_dates import AgendaDay, CountedSteps
from web.pages.today_notes import notes_for
from web.pages.today_step import OpenedStep, opened_step
from work import heartbeat


@dataclass(frozen=True)
class AlarmRung:
    """One rung of the ladder in an alarm: past, now, or still to come."""

    title: str
    note: str
    state: str


@dataclass(frozen=True)
class HoldAlarm:
    """A precaution that somebody must confirm or let end (parts/alarm.html)."""

    title: str
    text: str
    steps: Sequence[AlarmRung]
    url: str
    plan_url: str


@dataclass(frozen=True)
class TodayPage:
    """Everything that one person has to look at (web/today/today.html)."""

    now: dt.datetime
    clock: str
    is_new_here: bool
    waiting_reviews: int
    is_all: bool
    overdue: CountedSteps
    week: CountedSteps
    days: Sequence[AgendaDay]
    waiting: Sequence[WaitingLine]
    notes: Sequence[TaskRow]
    stands_in: Sequence[TaskRow]
    answers: Sequence[TaskRow]
    mine: MyCases
    opened: OpenedStep | None
    ending: Sequence[TaskRow]
    pages_down: Sequence[PageGoingDown]
    holds: Sequence[TaskRow]
    notices: Sequence[NoticeLine]
    alarm: HoldAlarm | None
    next: NextStep | None
    last_sweep: dt.datetime | None
    is_unswept: bool


def today_page(user: User, *, is_all: bool, step: str = "") -> TodayPage:
    """Return what this person has to look at, from their own steps or from all cases they may see.

    `step` is the key of a late step that is to stand open, to be done or moved.
    """
    now, is_many = timezone.now(), sees_many(user)
    late = today_lists.overdue(user, is_all=is_all, row_by_row=is_many, now=now)
    week, days = today_lists.next_days(user, is_all=is_all, row_by_row=is_many, now=now)
    holds = today_waiting.holds_of(user, now=now, row_by_row=is_many)
    alarm = _alarm(holds, now)
    last = heartbeat.last_sweep()
    waits = today_waiting.waiting_for(user, now=now)
    return TodayPage(
        now=now,
        clock=office_time.place(),
        is_new_here=not week.rows and not _one_seen(user=user),
        waiting_reviews=sum(1 for row in waits if row.is_review),
        is_all=is_all,
        overdue=late,
        week=week,
        days=days,
        waiting=waits,
        opened=opened_step(user, step) if step else None,
        notes=notes_for(user, now=now),
        stands_in=stood_in_for(user, now=now),
        answers=answers_for(user, now=now, day=timezone.localdate(now)),
        mine=MyCases() if is_many else my_cases(user),
        ending=today_lists.ending(user, now=now, row_by_row=is_many),
        pages_down=page_expiry.pages_going_down(user, now=now),
        holds=[_hold(hold) for hold in holds],
        notices=unread_of(user),
        alarm=alarm,
        next=None if alarm else _next(late, waits, week, now),
        last_sweep=last.at if last else None,
        is_unswept=heartbeat.is_late(last, now=now),
    )


@written_once(user=PERSON)
def _one_seen(*, user: User) -> QuerySet[Case, uuid.UUID]:
    return Case.objects.visible_to(user).order_by().values_list("pk", flat=True)[:1]


def _next(late: CountedSteps, waits: Sequence[WaitingLine], week: CountedSteps, now: dt.datetime) -> NextStep | None:
    """Return the one next step: somebody who waits before what is late, what is late before what comes."""
    if waits:
        text = _("%(label)s. %(note)s") if waits[0].is_own else _("somebody waits for your answer. %(note)s")
        return NextStep(text % {"label": waits[0].label, "note": waits[0].note}, waits[0].url, _("Open it"))
    if late.rows:
        words = ngettext("one step is overdue.", "%(count)s steps are overdue. Begin with the oldest.", late.number)
        return NextStep(words % {"count": late.count}, late.rows[0].url, _("Open the oldest step"))
    if week.rows:
        row = week.rows[0]
        words = _("“%(title)s” is due %(when)s.") % {
            "title": row.title,
            "when": relative_time.ahead_words(row.due_at, now=now),
        }
        return NextStep(words, row.url, _("Open the step"))
    return None


def _alarm(holds: Sequence[Hold], now: dt.datetime) -> HoldAlarm | None:
    """Return the youngest precaution as an alarm: within its 24 hours somebody must confirm it or let it end."""
    hold = next((row for row in holds if row.kind == Hold.Kind.PRECAUTION and row.case), None)
    if hold is None or hold.ends_at is None or hold.case is None:
        return None
    held = _("%(name)s, %(at)s") % {"name": hold.held_by.get_full_name(), "at": relative_time.short_hour(hold.held_at)}
    return HoldAlarm(
        title=_("Public work is on hold: %(codename)s") % {"codename": hold.case},
        text=_("A precaution. It ends by itself %(when)s unless somebody confirms it. Private work goes on.")
        % {"when": relative_time.ahead_words(hold.ends_at, now=now)},
        steps=[
            AlarmRung(_("Held"), held, "past"),
            AlarmRung(_("Look and decide"), _("Confirm the hold, or let it end."), "now"),
            AlarmRung(_("Ends by itself"), relative_time.short_hour(hold.ends_at), ""),
        ],
        url=reverse("safety:hold", args=[hold.case.reference]),
        plan_url=reverse("advocacy:plan", args=[hold.case.reference]),
    )


def _hold(hold: Hold) -> TaskRow:
    """Return a hold as a line; the reason stands in the words of whoever gave it."""
    words = _("Since %(at)s, by %(name)s: “%(reason)s”") % {
        "at": relative_time.short_hour(hold.held_at),
        "name": hold.held_by.get_full_name(),
        "reason": hold.reason,
    }
    return TaskRow(
        label=str(hold.case) if hold.case else str(hold.get_scope_display()),
        url=reverse("safety:hold", args=[hold.case.reference]) if hold.case else "",
        note=words,
        state=_("On hold"),
        mark="pause",
        tone="hold",
    )
