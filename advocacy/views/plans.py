"""The plan tab of a case: the lanes, a new plan, its start and its end."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.form_faults import take
from advocacy.actions import milestones, plans
from advocacy.forms.plans import NewPlanForm, StartForm
from advocacy.models import Milestone, Plan
from advocacy.pages import plan_lanes
from casework.access import rights_on
from casework.dates import relative_time
from casework.models import Case
from casework.views.lookup import case_or_404, row_or_404
from safety.pages.status import Standing, standing_of

MOST_LISTED = 5
A_MINUTE = dt.timedelta(minutes=1)


@require_GET
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan of a case as lanes; on hold the fallback lane first and public steps paused."""
    case = case_or_404(request, reference)
    everything = list(case.plans.select_related("made_by").order_by("-starts_at"))
    rights = rights_on(request.user, case)
    standing = standing_of(case)
    context: dict[str, Any] = {
        "case": case,
        "tab": "plan",
        "may_plan": "plan" in rights,
        "hold": standing.hold,
        "pauses": standing.pauses,
    }
    shown = _chosen(everything, request.GET.get("plan", ""))
    fallback = next((row for row in everything if row.template == Plan.Template.FALLBACK and not row.ended_at), None)
    context["needs_fallback"] = bool(standing.hold and not fallback)
    if shown:
        context |= _drawn(request, shown, fallback, standing, case)
    context["plans"] = [(row, row == shown, f"?plan={row.pk}") for row in everything]
    return render(request, "advocacy/plan/plan.html", context)


def _chosen(everything: list[Plan], wanted: str) -> Plan | None:
    """Return the plan that was asked for, else the youngest that runs and is no fallback, else any."""
    asked = next((row for row in everything if str(row.pk) == wanted), None)
    running = [row for row in everything if not row.ended_at]
    main = [row for row in running if row.template != Plan.Template.FALLBACK]
    return asked or next(iter([*main, *running, *everything]), None)


def _drawn(request: HttpRequest, shown: Plan, fallback: Plan | None, standing: Standing, case: Case) -> dict[str, Any]:
    shown.case = case
    is_stopped = bool(standing.holds or standing.pauses)
    reading = plan_lanes.Reading(shown, now=standing.at, is_stopped=is_stopped)
    beside = None
    if standing.hold and fallback and fallback != shown:
        fallback.case = case
        beside = plan_lanes.Reading(fallback, now=standing.at)
    return {
        "plan": shown,
        "sheet": plan_lanes.sheet(reading, fallback=beside, wanted=request.GET.get("weeks", "")),
        "rests_on": [_rest(reading, row) for row in reading.rows if row.track == "core" and plan_lanes.is_open(row)][
            :MOST_LISTED
        ],
        "holds_up": _holds_up(reading),
        "paused": sum(1 for row in reading.rows if is_stopped and plan_lanes.is_open(row) and row.gate_level == "full"),
        "next": _next_step(request.user, [row for row in (beside, reading) if row]),
    }


def _rest(reading: plan_lanes.Reading, row: Milestone) -> dict[str, Any]:
    card = reading.card(row)
    late = relative_time.late_words(row.due_at, now=reading.now) if card.state == "late" else ""
    return {"label": card.title, "url": card.url, "late": late, "when": card.who}


def _holds_up(reading: plan_lanes.Reading) -> list[dict[str, Any]]:
    """Return the open steps that others wait for, late ones first, then those that most wait for."""
    waited = [
        (row, [after for after in reading.opens.get(row.pk, ()) if plan_lanes.is_open(after)])
        for row in reading.rows
        if plan_lanes.is_open(row)
    ]
    found = sorted(
        ((row, after) for row, after in waited if after),
        key=lambda pair: (pair[0].due_at >= reading.now, -len(pair[1]), pair[0].due_at),
    )
    return [_held_up(reading, row, after) for row, after in found[:MOST_LISTED]]


def _held_up(reading: plan_lanes.Reading, row: Milestone, after: list[Milestone]) -> dict[str, Any]:
    late = (
        relative_time.late_words(row.due_at, now=reading.now)
        if row.due_at < reading.now and not reading.plan.ended_at
        else ""
    )
    words = ngettext("“%(title)s” waits for it", "%(count)d steps wait for it", len(after)) % {
        "title": after[0].title,
        "count": len(after),
    }
    return {"label": row.title, "url": reading.card(row).url, "late": late, "note": words}


def _next_step(user: Any, readings: list[plan_lanes.Reading]) -> dict[str, str]:
    """Return the step of this reader that comes next and that nothing pauses, as a sentence with a link.

    What is late comes before what is still to come, however ready that is; among each, what can be done now.
    """
    for reading in readings:
        mine = [row for row in reading.rows if row.owner_id == user.pk and plan_lanes.is_open(row)]
        mine = [row for row in mine if not reading.plan.ended_at and reading.card(row).state != "paused"]
        if mine:
            row = min(mine, key=lambda one: (one.due_at >= reading.now, bool(reading.waits_for(one)), one.due_at))
            return {"text": _next_words(reading, row), "url": reading.card(row).url, "label": _("Open the step")}
    return {}


def _next_words(reading: plan_lanes.Reading, row: Milestone) -> str:
    waited = reading.waits_for(row)
    said = {"title": row.title, "first": waited[0].title if waited else ""}
    if row.due_at >= reading.now:
        return _("“%(title)s” is due %(when)s.") % {
            **said,
            "when": relative_time.ahead_words(row.due_at, now=reading.now),
        }
    said["late"] = relative_time.late_words(row.due_at, now=reading.now)
    if reading.now - row.due_at < A_MINUTE:
        return _("“%(title)s” is due now.") % said
    if waited:
        return _("“%(title)s” is overdue: %(late)s. It waits for “%(first)s”.") % said
    return _("“%(title)s” is overdue: %(late)s.") % said


@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Start a plan from a template and an hour."""
    case = case_or_404(request, reference, "plan")
    running = set(case.plans.filter(ended_at=None).values_list("template", flat=True))
    wanted = request.GET.get("template", "")
    if request.method == "GET" and wanted in running:
        runs = case.plans.get(template=wanted, ended_at=None)
        return redirect(f"{reverse('advocacy:plan', args=[case.reference])}?plan={runs.pk}")
    now = timezone.localtime()
    initial = {
        "template": wanted,
        "on": now.date(),
        "hour": now.time().replace(second=0, microsecond=0),
    }
    form = NewPlanForm(request.POST or None, running=running, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = plans.make_plan(
                actor=request.user, case=case, template=form.cleaned_data["template"], starts_at=form.moment()
            )
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("The plan runs. Look through its owners and dates."))
            return redirect(f"{reverse('advocacy:plan', args=[case.reference])}?plan={made.pk}")
    context = {"case": case, "tab": "plan", "form": form, "all_run": len(running) == len(Plan.Template.values)}
    return render(request, "advocacy/plan/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_move(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Move the start of a plan and every open step with it."""
    row = row_or_404(Plan, request, reference, pk, may="plan")
    start = timezone.localtime(row.starts_at)
    form = StartForm(
        request.POST or None, initial={"on": start.date(), "hour": start.time().replace(second=0, microsecond=0)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            milestones.move_start(actor=request.user, plan=row, starts_at=form.moment())
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("The plan and its open steps were moved."))
            return redirect(f"{reverse('advocacy:plan', args=[reference])}?plan={row.pk}")
    context = {"case": row.case, "tab": "plan", "plan": row, "form": form}
    return render(request, "advocacy/plan/move_start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan_end(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """End a plan; asked once, because its open steps then ask nobody any more."""
    row = row_or_404(Plan, request, reference, pk, may="plan")
    if request.method == "POST":
        plans.end_plan(actor=request.user, plan=row)
        messages.success(request, _("The plan has ended. Its steps stay readable."))
        return redirect("advocacy:plan", reference)
    waiting = row.milestones.filter(done_at=None, dropped_at=None).count()
    return render(request, "advocacy/plan/end.html", {"case": row.case, "tab": "plan", "plan": row, "waiting": waiting})
