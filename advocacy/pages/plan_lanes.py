"""A plan as lanes: columns of weeks or hours, a row for each track, stages with what opens them, cards for the steps."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import plan_templates
from advocacy.models import Milestone, MilestoneDependency, Plan, Stage
from advocacy.plan_columns import ON_A_PAGE, Column, Window, column_of, columns_of, windows_of
from directory.dates import relative_time
from directory.vocabulary import label

WITHIN_A_WEEK = dt.timedelta(days=6)  # further away a weekday alone says too little


@dataclass(frozen=True)
class StepCard:
    """A step on its day."""

    title: str
    url: str
    who: str
    state: str
    words: str
    gate: str


@dataclass(frozen=True)
class LaneCell:
    """The cards of one track in one column."""

    week: Column
    cards: list[StepCard] = field(default_factory=list)


@dataclass(frozen=True)
class StageSpan:
    """A stage across the columns it takes, or the columns before the first one."""

    title: str
    span: int
    is_current: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Lane:
    """One lane."""

    name: str
    note: str
    is_paused: bool
    stages: list[StageSpan]
    weeks: list[LaneCell]


@dataclass(frozen=True)
class StageOpening:
    """A stage in words: whether it is open, and what it waits for."""

    title: str
    track: str
    words: str
    is_open: bool
    is_done: bool


@dataclass(frozen=True)
class PlanLanes:
    """What the part lanes.html draws, and what stands beneath it."""

    plan: Plan
    weeks: list[Column]
    tracks: list[Lane]
    openings: list[StageOpening]
    done: int
    late: int
    total: int
    dropped: list[Milestone]
    windows: list[Window]

    @property
    def closed(self) -> list[StageOpening]:
        """Return the stages that wait for something."""
        return [opening for opening in self.openings if not opening.is_open]


class PlanRows:
    """The rows of one plan, read once in three queries; titles are opened here and nowhere twice."""

    def __init__(self, plan: Plan, *, now: dt.datetime | None = None, is_stopped: bool = False) -> None:
        self.plan, self.now, self.is_stopped = plan, now or timezone.now(), is_stopped
        self.is_in_hours = plan.template in plan_templates.IN_HOURS
        rows = plan.milestones.select_related("owner").defer("note", "evidence").order_by("due_at", "key")
        everything = list(rows)
        self.rows = [row for row in everything if not row.dropped_at]
        self.dropped = [row for row in everything if row.dropped_at]
        self.by_pk = {row.pk: row for row in everything}
        self.stages: list[Stage] = list(plan.stages.order_by("track", "number"))
        self.needs: dict[uuid.UUID, list[Milestone]] = {}
        self.opens: dict[uuid.UUID, list[Milestone]] = {}
        for link in MilestoneDependency.objects.filter(milestone__plan=plan):
            row, needed = self.by_pk[link.milestone_id], self.by_pk[link.needs_id]
            self.needs.setdefault(row.pk, []).append(needed)
            self.opens.setdefault(needed.pk, []).append(row)

    def waits_for(self, row: Milestone) -> list[Milestone]:
        """Return what a step still waits for."""
        return [needed for needed in self.needs.get(row.pk, ()) if is_open_step(needed)]

    def stage_waits_for(self, rows: Sequence[Milestone]) -> list[Milestone]:
        """Return what must be done outside a stage before its first step can begin."""
        inside = {row.pk for row in rows}
        waiting = [[need for need in self.waits_for(row) if need.pk not in inside] for row in rows if is_open_step(row)]
        return min(waiting, key=len, default=[])

    def card(self, row: Milestone) -> StepCard:
        """Return a step as a card."""
        is_near = self.is_in_hours and abs(row.due_at - self.now) < WITHIN_A_WEEK
        day = relative_time.short_hour(row.due_at) if is_near else relative_time.short_day(row.due_at)
        owner = row.owner.get_full_name() if row.owner else _("Nobody yet")
        state, words = self.state_of(row)
        url = reverse("advocacy:milestone", args=[self.plan.case.reference, row.pk])
        return StepCard(
            row.title, url, _("%(name)s, %(day)s") % {"name": owner, "day": day}, state, words, row.gate_level
        )

    def state_of(self, row: Milestone) -> tuple[str, str]:
        """Return the state of a step, and the words for how late it is."""
        if row.done_at:
            return "done", ""
        if self.is_stopped and row.gate_level == "full":
            return "paused", ""
        if self.plan.ended_at:
            return "", ""
        if row.due_at < self.now:
            return "late", relative_time.late_words(row.due_at, now=self.now)
        return ("today", "") if timezone.localdate(row.due_at) == timezone.localdate(self.now) else ("", "")


def is_open_step(row: Milestone) -> bool:
    """Say whether a step is neither done nor dropped."""
    return row.done_at is None and row.dropped_at is None


def plan_lanes(plan_rows: PlanRows, *, fallback: PlanRows | None = None, wanted: str = "") -> PlanLanes:
    """Return a plan as lanes, eight weeks at a time. On hold the lane of the running fallback plan stands first."""
    last_due = max((row.due_at for row in plan_rows.rows), default=plan_rows.plan.starts_at)
    columns = columns_of(plan_rows.plan, last_due=last_due, now=plan_rows.now)
    tracks = [_fallback_lane(fallback, columns)] if fallback else []
    order = plan_templates.TRACKS
    if plan_rows.is_in_hours:
        order = ("core", *(track for track in order if track != "core"))
    openings: list[StageOpening] = []
    for track in order:
        rows = [row for row in plan_rows.rows if row.track == track]
        if rows:
            tracks.append(_lane(plan_rows, track, rows, columns, openings))
    done = sum(1 for row in plan_rows.rows if row.done_at)
    late = (
        0
        if plan_rows.plan.ended_at
        else sum(1 for row in plan_rows.rows if is_open_step(row) and row.due_at < plan_rows.now)
    )
    windows = windows_of(columns, wanted=wanted)
    first = next(index for index, window in enumerate(windows) if window.is_shown) * ON_A_PAGE
    tracks = [_clipped(lane, first) for lane in tracks]
    shown = columns[first : first + ON_A_PAGE]
    return PlanLanes(
        plan_rows.plan, shown, tracks, openings, done, late, len(plan_rows.rows), plan_rows.dropped, windows
    )


def _clipped(lane: Lane, first: int) -> Lane:
    """Return of a lane the columns of one page; a stage that reaches over its edge keeps what lies inside."""
    weeks = lane.weeks[first : first + ON_A_PAGE]
    end, begin, stages = first + len(weeks), 0, []
    for stage in lane.stages:
        inside = min(begin + stage.span, end) - max(begin, first)
        begin += stage.span
        if inside > 0:
            stages.append(replace(stage, span=inside))
    return replace(lane, stages=stages, weeks=weeks)


def _lane(
    plan_rows: PlanRows, code: str, rows: list[Milestone], columns: list[Column], openings: list[StageOpening]
) -> Lane:
    name = label("track", code)
    done = sum(1 for row in rows if row.done_at)
    note = _("%(done)d of %(total)d done") % {"done": done, "total": len(rows)}
    is_paused = (
        plan_rows.is_stopped and code == "public_accountability" and any(row.gate_level == "full" for row in rows)
    )
    stages = _stages(plan_rows, code, rows, columns, openings)
    return Lane(name, note, is_paused, stages, _cells(plan_rows, rows, columns))


def _stages(
    plan_rows: PlanRows, track: str, rows: list[Milestone], columns: list[Column], openings: list[StageOpening]
) -> list[StageSpan]:
    """Return the stages of a track so that their spans fill the columns; what opens each goes to `openings`."""
    shown: list[StageSpan] = []
    begins: list[int] = []
    for stage in (stage for stage in plan_rows.stages if stage.track == track):
        mine = [row for row in rows if row.stage_id == stage.pk]
        if not mine:
            continue
        title = plan_templates.stage_title(plan_rows.plan.template, track, stage.number)
        is_done = not any(is_open_step(row) for row in mine)
        needs = plan_rows.stage_waits_for(mine)
        is_closed = bool(needs) and not any(row.done_at for row in mine)
        words = _opens_when(needs) if is_closed else _("Done") if is_done else _("Open")
        openings.append(StageOpening(title, label("track", track), words, not is_closed, is_done))
        begin = column_of(min(row.due_at for row in mine), columns)
        if begins and begin <= begins[-1]:
            both = _("%(first)s, then %(second)s") % {"first": shown[-1].title, "second": title}
            is_current = shown[-1].is_current or not (is_closed or is_done)
            shown[-1] = replace(shown[-1], title=both, is_current=is_current)
            continue
        if not begins and not is_closed:
            begin = 0
        if not begins and begin > 0:
            shown.append(
                StageSpan(
                    _("Closed: %(condition)s") % {"condition": words} if is_closed else "", begin, is_closed=is_closed
                )
            )
        shown.append(StageSpan(title, 1, is_current=not (is_closed or is_done), is_closed=is_closed and bool(begins)))
        begins.append(begin)
    ends = [*begins[1:], len(columns)]
    first = len(shown) - len(begins)
    for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        shown[first + place] = replace(shown[first + place], span=end - begin)
    return shown


def _opens_when(needs: Sequence[Milestone]) -> str:
    """Say what opens a stage."""
    if len(needs) == 1:
        return _("opens when “%(title)s” is done") % {"title": needs[0].title}
    words = ngettext(
        "opens when %(count)d step is done, the last: “%(title)s”",
        "opens when %(count)d steps are done, the last: “%(title)s”",
        len(needs),
    )
    return words % {"count": len(needs), "title": max(needs, key=lambda row: row.due_at).title}


def _cells(plan_rows: PlanRows, rows: Iterable[Milestone], columns: list[Column]) -> list[LaneCell]:
    cells = [LaneCell(column) for column in columns]
    for row in rows:
        cells[column_of(row.due_at, columns)].cards.append(plan_rows.card(row))
    return cells


def _fallback_lane(fallback: PlanRows, columns: list[Column]) -> Lane:
    """Return the running fallback plan as one lane in the columns of another plan."""
    cells = _cells(fallback, fallback.rows, columns)
    begin = column_of(fallback.plan.starts_at, columns)
    stages = [StageSpan(_("Not open"), begin)] if begin else []
    stages.append(
        StageSpan(
            _("Open since %(day)s") % {"day": relative_time.short_hour(fallback.plan.starts_at)},
            len(columns) - begin,
            is_current=True,
        )
    )
    return Lane(_("Fallback"), _("Nobody comes to harm"), False, stages, cells)
