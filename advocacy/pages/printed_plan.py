"""A plan on one printed sheet: its steps by track and date, with owner and state, and a line to write on by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from advocacy import plan_templates
from advocacy.models import Milestone, Plan
from advocacy.pages.plan import chosen_plan
from advocacy.pages.plan_lanes import PlanRows
from casework.models import Case
from directory.dates import relative_time
from safety.pages.status import safety_status_of


@dataclass(frozen=True)
class PrintedStep:
    """One line of the sheet. What proves a step and what was noted on it stay on its page: they may name somebody."""

    title: str
    when: str
    owner: str
    state: str
    is_done: bool


@dataclass(frozen=True)
class PrintedTrack:
    """The steps of one track, by date."""

    name: str
    steps: Sequence[PrintedStep]


@dataclass(frozen=True)
class PrintedPlan:
    """The sheet (advocacy/plan/printed.html). It names the case by codename, and is for inside."""

    case: Case
    plan: Plan | None
    tracks: Sequence[PrintedTrack]
    done: int
    total: int
    printed_by: str
    printed_at: dt.datetime
    tab: str = "plan"


def printed_plan(case: Case, user: User, *, wanted: str = "") -> PrintedPlan:
    """Return the plan that was asked for, else the one that the tab shows first; what was dropped is left out."""
    standing = safety_status_of(case)
    plan = chosen_plan(list(case.plans.order_by("-starts_at")), wanted)
    rows = PlanRows(plan, now=standing.at, is_stopped=bool(standing.holds or standing.pauses)) if plan else None
    told = {row.pk: _step(rows, row) for row in rows.rows} if rows else {}
    return PrintedPlan(
        case=case,
        plan=plan,
        tracks=[
            PrintedTrack(str(found[0].get_track_display()), [told[row.pk] for row in found])
            for track in plan_templates.TRACKS
            if rows and (found := [row for row in rows.rows if row.track == track])
        ],
        done=sum(step.is_done for step in told.values()),
        total=len(told),
        printed_by=str(user),
        printed_at=standing.at,
    )


def _step(rows: PlanRows, row: Milestone) -> PrintedStep:
    day = relative_time.short_day(row.due_at)
    hour = relative_time.hour(row.due_at) if rows.is_in_hours else ""
    state, late = rows.state_of(row)
    said = {"done": _("Done"), "paused": _("Paused"), "late": late, "today": _("Today"), "": _("Open")}
    owner = row.owner.get_full_name() if row.owner else _("Nobody yet")
    return PrintedStep(row.title or "", f"{day} {hour}".strip(), owner, said[state], is_done=state == "done")
