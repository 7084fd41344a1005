"""What the plan tab of a case shows: the lanes, what they rest on, what holds them up, and the next step."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from advocacy.actions import plans
from advocacy.forms.plans import NewPlanForm, StartForm
from advocacy.models import Milestone, Plan
from advocacy.pages import plan_lanes
from advocacy.pages.expected import ExpectedEvent, expected_events, expected_lane
from advocacy.pages.plan_lanes import PlanLanes, PlanRows
from advocacy.step_facts.fact import Found
from advocacy.step_facts.registry import offers_for
from casework.models import Case
from casework.pages.rows import TaskRow
from directory.dates import relative_time
from safety.models import Hold, Pause
from safety.pages.status import SafetyStatus, safety_status_of

MOST_LISTED = 5


@dataclass(frozen=True)
class PlanLink:
    """One plan of the case in the list above the lanes."""

    row: Plan
    is_shown: bool
    url: str


@dataclass(frozen=True)
class PlanPage:
    """The plan tab (advocacy/plan/plan.html); without a plan `plan` and `lanes` are None and the lists empty.

    `may_add_public` says of a plan on the quiet route that the posture does not forbid the public steps now.
    """

    case: Case
    may_plan: bool
    hold: Hold | None
    pauses: tuple[Pause, ...]
    plans: Sequence[PlanLink]
    plan: Plan | None
    lanes: PlanLanes | None
    rests_on: Sequence[TaskRow]
    holds_up: Sequence[TaskRow]
    paused: int
    offered: Sequence[TaskRow] = ()
    expected: Sequence[TaskRow] = ()
    may_add_public: bool = False
    tab: str = "plan"


@dataclass(frozen=True)
class NewPlanPage:
    """The form that starts a plan, or that every plan runs already (advocacy/plan/new.html)."""

    case: Case
    form: NewPlanForm
    all_run: bool
    back_url: str
    tab: str = "plan"


@dataclass(frozen=True)
class PlanStartPage:
    """The form that moves the start of a plan (advocacy/plan/move_start.html)."""

    case: Case
    form: StartForm
    plan: Plan
    back_url: str
    tab: str = "plan"


@dataclass(frozen=True)
class PlanEndPage:
    """The question before a plan is ended (advocacy/plan/end.html)."""

    case: Case
    plan: Plan
    waiting: int
    tab: str = "plan"


def plan_page(case: Case, user: User, rights: frozenset[str], *, wanted: str = "", weeks: str = "") -> PlanPage:
    """Return the plan that was asked for; on hold the fallback lane stands first and public steps are paused."""
    everything = list(case.plans.select_related("made_by").order_by("-starts_at"))
    standing = safety_status_of(case)
    shown = chosen_plan(everything, wanted)
    fallback = next((row for row in everything if row.template == Plan.Template.FALLBACK and not row.ended_at), None)
    rows = _rows_of(shown, standing) if shown else None
    expected = expected_events(case) if rows else ()
    is_beside = shown is not None and standing.hold is not None and fallback != shown
    beside = PlanRows(fallback, now=standing.at) if fallback and is_beside else None
    return PlanPage(
        case=case,
        may_plan="plan" in rights,
        hold=standing.hold,
        pauses=standing.pauses,
        plans=[PlanLink(row, row == shown, f"?plan={row.pk}") for row in everything],
        plan=shown,
        lanes=_with_what_is_expected(plan_lanes.plan_lanes(rows, fallback=beside, wanted=weeks), expected)
        if rows
        else None,
        rests_on=_rests_on(rows) if rows else (),
        holds_up=_holds_up(rows) if rows else (),
        paused=_paused(rows) if rows else 0,
        offered=_offered(case, user, rows) if rows else (),
        expected=[event.row for event in expected],
        may_add_public=_may_add_public(case, shown, rights, standing),
    )


def proofs_by_template(case: Case, user: User, running: Container[str]) -> Mapping[str, Mapping[str, Found]]:
    """Return for each plan that does not run what would close its steps at once, by the keys of the steps."""
    wanted = [template for template in Plan.Template.values if template not in running]
    return {template: plans.proved_from_the_start(case, user, template) for template in wanted}


def plan_end_page(plan: Plan) -> PlanEndPage:
    """Return the plan with how many steps of it are open."""
    return PlanEndPage(plan.case, plan, plan.milestones.filter(done_at=None, dropped_at=None).count())


def chosen_plan(everything: Sequence[Plan], wanted: str) -> Plan | None:
    """Return the plan that was asked for, else the youngest that runs and is no fallback, else any."""
    asked = next((row for row in everything if str(row.pk) == wanted), None)
    running = [row for row in everything if not row.ended_at]
    main = [row for row in running if row.template != Plan.Template.FALLBACK]
    return asked or next(iter([*main, *running, *everything]), None)


def _rows_of(plan: Plan, standing: SafetyStatus) -> PlanRows:
    return PlanRows(plan, now=standing.at, is_stopped=bool(standing.holds or standing.pauses))


def _with_what_is_expected(lanes: PlanLanes, events: Sequence[ExpectedEvent]) -> PlanLanes:
    """Return the lanes with one for what the timeline expects in the weeks that are shown."""
    lane = expected_lane(events, lanes.weeks)
    return replace(lanes, tracks=[*lanes.tracks, lane]) if lane else lanes


def _may_add_public(case: Case, plan: Plan | None, rights: frozenset[str], standing: SafetyStatus) -> bool:
    is_open = plan is not None and plan.is_quiet and not plan.ended_at
    return is_open and "plan" in rights and not plans.keeps_quiet(standing.posture, at=standing.at)


def _offered(case: Case, user: User, rows: PlanRows) -> list[TaskRow]:
    """Return the open steps that a fact proves done, each with the fact."""
    if rows.plan.ended_at:
        return []
    waiting = [row for row in rows.rows if plan_lanes.is_open_step(row)]
    offers = offers_for(case, user, waiting, at=rows.now)
    return [
        TaskRow(
            label=row.title or "",
            url=rows.card(row).url,
            note=offers[row.pk][0].words,
            state=_("Offered"),
            mark="ring-full",
            tone="ok",
        )
        for row in waiting
        if row.pk in offers
    ]


def _paused(rows: PlanRows) -> int:
    """Return how many open steps leave the house for the public and may not now."""
    return sum(1 for row in rows.rows if rows.is_stopped and plan_lanes.is_open_step(row) and row.gate_level == "full")


def _rests_on(rows: PlanRows) -> list[TaskRow]:
    core = [row for row in rows.rows if row.track == "core" and plan_lanes.is_open_step(row)]
    return [_core_line(rows, row) for row in core[:MOST_LISTED]]


def _core_line(rows: PlanRows, row: Milestone) -> TaskRow:
    card = rows.card(row)
    late = relative_time.late_words(row.due_at, now=rows.now) if card.state == "late" else ""
    return TaskRow(label=card.title, url=card.url, late=late, when=card.who)


def _holds_up(rows: PlanRows) -> list[TaskRow]:
    """Return the open steps that others wait for, late ones first, then those that most wait for."""
    waited = [
        (row, [after for after in rows.opens.get(row.pk, ()) if plan_lanes.is_open_step(after)])
        for row in rows.rows
        if plan_lanes.is_open_step(row)
    ]
    found = sorted(
        ((row, after) for row, after in waited if after),
        key=lambda pair: (pair[0].due_at >= rows.now, -len(pair[1]), pair[0].due_at),
    )
    return [_held_up(rows, row, after) for row, after in found[:MOST_LISTED]]


def _held_up(rows: PlanRows, row: Milestone, after: Sequence[Milestone]) -> TaskRow:
    is_late = row.due_at < rows.now and not rows.plan.ended_at
    words = ngettext("“%(title)s” waits for it", "%(count)d steps wait for it", len(after)) % {
        "title": after[0].title,
        "count": len(after),
    }
    late = relative_time.late_words(row.due_at, now=rows.now) if is_late else ""
    return TaskRow(label=row.title or "", url=rows.card(row).url, late=late, note=words)
