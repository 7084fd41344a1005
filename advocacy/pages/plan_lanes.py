"""A plan as lanes: columns of weeks or hours, a row for each track, stages with what opens them, cards for the steps."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import plan_templates
from advocacy.models import Milestone, MilestoneDependency, Plan, Stage
from advocacy.plan_columns import ON_A_PAGE, Column, Window, column_of, columns_of, windows_of
from casework.dates import relative_time
from directory.vocabulary import label

WITHIN_A_WEEK = dt.timedelta(days=6)  # further away a weekday alone says too little


@dataclass
class Card:
    """A step on its day."""

    title: str
    url: str
    who: str
    state: str
    words: str
    gate: str


@dataclass
class Cell:
    """The cards of one track in one column."""

    week: Column
    cards: list[Card] = field(default_factory=list)


@dataclass
class StageShown:
    """A stage across the columns it takes, or the columns before the first one."""

    title: str
    span: int
    is_current: bool = False
    is_closed: bool = False


@dataclass
class Track:
    """One lane."""

    name: str
    note: str
    is_paused: bool
    stages: list[StageShown]
    weeks: list[Cell]


@dataclass
class Opening:
    """A stage in words: whether it is open, and what it waits for."""

    title: str
    track: str
    words: str
    is_open: bool
    is_done: bool


@dataclass
class Sheet:
    """What the part lanes.html draws, and what stands beneath it."""

    plan: Plan
    weeks: list[Column]
    tracks: list[Track]
    openings: list[Opening]
    done: int
    late: int
    total: int
    dropped: list[Milestone]
    windows: list[Window]

    @property
    def closed(self) -> list[Opening]:
        """Return the stages that wait for something."""
        return [opening for opening in self.openings if not opening.is_open]


class Reading:
    """The rows of one plan, read once in three queries; titles are opened here and nowhere twice."""

    def __init__(self, plan: Plan, *, now: Any = None, is_stopped: bool = False) -> None:
        self.plan, self.now, self.is_stopped = plan, now or timezone.now(), is_stopped
        self.is_in_hours = plan.template in plan_templates.IN_HOURS
        rows = plan.milestones.select_related("owner").defer("note", "evidence").order_by("due_at", "key")
        everything = list(rows)
        self.rows = [row for row in everything if not row.dropped_at]
        self.dropped = [row for row in everything if row.dropped_at]
        self.by_pk = {row.pk: row for row in everything}
        self.stages: list[Stage] = list(plan.stages.order_by("track", "number"))
        self.needs: dict[Any, list[Milestone]] = {}
        self.opens: dict[Any, list[Milestone]] = {}
        for link in MilestoneDependency.objects.filter(milestone__plan=plan):
            row, needed = self.by_pk[link.milestone_id], self.by_pk[link.needs_id]
            self.needs.setdefault(row.pk, []).append(needed)
            self.opens.setdefault(needed.pk, []).append(row)

    def waits_for(self, row: Milestone) -> list[Milestone]:
        """Return what a step still waits for."""
        return [needed for needed in self.needs.get(row.pk, ()) if is_open(needed)]

    def stage_waits_for(self, rows: Sequence[Milestone]) -> list[Milestone]:
        """Return what must be done outside a stage before its first step can begin."""
        inside = {row.pk for row in rows}
        waiting = [[need for need in self.waits_for(row) if need.pk not in inside] for row in rows if is_open(row)]
        return min(waiting, key=len, default=[])

    def card(self, row: Milestone) -> Card:
        """Return a step as a card."""
        is_near = self.is_in_hours and abs(row.due_at - self.now) < WITHIN_A_WEEK
        day = relative_time.short_hour(row.due_at) if is_near else relative_time.short_day(row.due_at)
        owner = row.owner.get_full_name() if row.owner else _("Nobody yet")
        state, words = self._state(row)
        url = reverse("advocacy:milestone", args=[self.plan.case.reference, row.pk])
        return Card(row.title, url, _("%(name)s, %(day)s") % {"name": owner, "day": day}, state, words, row.gate_level)

    def _state(self, row: Milestone) -> tuple[str, str]:
        if row.done_at:
            return "done", ""
        if self.is_stopped and row.gate_level == "full":
            return "paused", ""
        if self.plan.ended_at:
            return "", ""
        if row.due_at < self.now:
            return "late", relative_time.late_words(row.due_at, now=self.now)
        return ("today", "") if timezone.localdate(row.due_at) == timezone.localdate(self.now) else ("", "")


def is_open(row: Milestone) -> bool:
    """Say whether a step is neither done nor dropped."""
    return row.done_at is None and row.dropped_at is None


def sheet(reading: Reading, *, fallback: Reading | None = None, wanted: str = "") -> Sheet:
    """Return a plan as lanes, eight weeks at a time. On hold the lane of the running fallback plan stands first."""
    last_due = max((row.due_at for row in reading.rows), default=reading.plan.starts_at)
    columns = columns_of(reading.plan, last_due=last_due, now=reading.now)
    tracks = [_fallback_lane(fallback, columns)] if fallback else []
    order = plan_templates.TRACKS
    if reading.is_in_hours:
        order = ("core", *(track for track in order if track != "core"))
    openings: list[Opening] = []
    for track in order:
        rows = [row for row in reading.rows if row.track == track]
        if rows:
            tracks.append(_track(reading, track, rows, columns, openings))
    done = sum(1 for row in reading.rows if row.done_at)
    late = 0 if reading.plan.ended_at else sum(1 for row in reading.rows if is_open(row) and row.due_at < reading.now)
    windows = windows_of(columns, wanted=wanted)
    first = next(index for index, window in enumerate(windows) if window.is_shown) * ON_A_PAGE
    for lane in tracks:
        _clip(lane, first)
    shown = columns[first : first + ON_A_PAGE]
    return Sheet(reading.plan, shown, tracks, openings, done, late, len(reading.rows), reading.dropped, windows)


def _clip(track: Track, first: int) -> None:
    """Leave of a lane the columns of one page; a stage that reaches over its edge keeps what lies inside."""
    track.weeks = track.weeks[first : first + ON_A_PAGE]
    end, begin, stages = first + len(track.weeks), 0, []
    for stage in track.stages:
        inside = min(begin + stage.span, end) - max(begin, first)
        begin += stage.span
        if inside > 0:
            stages.append(replace(stage, span=inside))
    track.stages = stages


def _track(reading: Reading, code: str, rows: list[Milestone], columns: list[Column], openings: list[Opening]) -> Track:
    name = label("track", code)
    done = sum(1 for row in rows if row.done_at)
    note = _("%(done)d of %(total)d done") % {"done": done, "total": len(rows)}
    is_paused = reading.is_stopped and code == "public_accountability" and any(row.gate_level == "full" for row in rows)
    stages = _stages(reading, code, rows, columns, openings)
    return Track(name, note, is_paused, stages, _cells(reading, rows, columns))


def _stages(
    reading: Reading, track: str, rows: list[Milestone], columns: list[Column], openings: list[Opening]
) -> list[StageShown]:
    """Return the stages of a track so that their spans fill the columns; what opens each goes to `openings`."""
    shown: list[StageShown] = []
    begins: list[int] = []
    for stage in (stage for stage in reading.stages if stage.track == track):
        mine = [row for row in rows if row.stage_id == stage.pk]
        if not mine:
            continue
        title = plan_templates.stage_title(reading.plan.template, track, stage.number)
        is_done = not any(is_open(row) for row in mine)
        needs = reading.stage_waits_for(mine)
        is_closed = bool(needs) and not any(row.done_at for row in mine)
        words = _opens_when(needs) if is_closed else _("Done") if is_done else _("Open")
        openings.append(Opening(title, label("track", track), words, not is_closed, is_done))
        begin = column_of(min(row.due_at for row in mine), columns)
        if begins and begin <= begins[-1]:
            shown[-1].title = _("%(first)s, then %(second)s") % {"first": shown[-1].title, "second": title}
            shown[-1].is_current = shown[-1].is_current or not (is_closed or is_done)
            continue
        if not begins and not is_closed:
            begin = 0
        if not begins and begin > 0:
            shown.append(
                StageShown(
                    _("Closed: %(condition)s") % {"condition": words} if is_closed else "", begin, is_closed=is_closed
                )
            )
        shown.append(StageShown(title, 1, is_current=not (is_closed or is_done), is_closed=is_closed and bool(begins)))
        begins.append(begin)
    ends = [*begins[1:], len(columns)]
    first = len(shown) - len(begins)
    for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        shown[first + place].span = end - begin
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


def _cells(reading: Reading, rows: Iterable[Milestone], columns: list[Column]) -> list[Cell]:
    cells = [Cell(column) for column in columns]
    for row in rows:
        cells[column_of(row.due_at, columns)].cards.append(reading.card(row))
    return cells


def _fallback_lane(fallback: Reading, columns: list[Column]) -> Track:
    """Return the running fallback plan as one lane in the columns of another plan."""
    cells = _cells(fallback, fallback.rows, columns)
    begin = column_of(fallback.plan.starts_at, columns)
    stages = [StageShown(_("Not open"), begin)] if begin else []
    stages.append(
        StageShown(
            _("Open since %(day)s") % {"day": relative_time.short_hour(fallback.plan.starts_at)},
            len(columns) - begin,
            is_current=True,
        )
    )
    return Track(_("Fallback"), _("Nobody comes to harm"), False, stages, cells)
