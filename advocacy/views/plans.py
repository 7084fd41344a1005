"""The plan tab of a case: the lanes, a new plan, its start and its end."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.actions import milestones, plans
from advocacy.forms.plans import NewPlanForm, StartForm
from advocacy.models import Plan
from advocacy.pages.plan import NewPlanPage, PlanStartPage, plan_end_page, plan_page, proofs_by_template
from advocacy.pages.printed_plan import printed_plan
from casework.access import rights_on
from casework.models import Case
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404


@leads_back_here
@require_GET
def plan(request: SignedInRequest, reference: str) -> HttpResponse:
    """The plan of a case as lanes; on hold the fallback lane first and public steps paused."""
    case = case_or_404(request, reference)
    rights = rights_on(request.user, case)
    wanted, weeks = request.GET.get("plan", ""), request.GET.get("weeks", "")
    page = plan_page(case, request.user, rights, wanted=wanted, weeks=weeks)
    return render(request, "advocacy/plan/plan.html", vars(page))


@require_GET
def plan_print(request: SignedInRequest, reference: str) -> HttpResponse:
    """The plan on one sheet for inside, to print: steps, dates, owners and states, and room to write by hand."""
    case = case_or_404(request, reference)
    page = printed_plan(case, request.user, wanted=request.GET.get("plan", ""))
    return render(request, "advocacy/plan/printed.html", vars(page))


def _tab(case: Case, row: Plan | None = None) -> str:
    """Return the address of the plan tab, with this plan shown."""
    url = reverse("advocacy:plan", args=[case.reference])
    return f"{url}?plan={row.pk}" if row else url


@require_http_methods(["GET", "POST"])
def plan_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """Start a plan from a template and an hour."""
    case = case_or_404(request, reference, "plan")
    running = set(case.plans.filter(ended_at=None).values_list("template", flat=True))
    wanted = request.GET.get("template", "")
    if request.method == "GET" and wanted in running:
        return redirect(_tab(case, case.plans.get(template=wanted, ended_at=None)))
    now = timezone.localtime()
    initial = {
        "template": wanted,
        "on": now.date(),
        "hour": now.time().replace(second=0, microsecond=0),
        "is_quiet": plans.is_kept_quiet(case, at=now),
    }
    proofs = proofs_by_template(case, request.user, running)
    form = NewPlanForm(posted(request), running=running, proofs=proofs, initial=initial)
    page = NewPlanPage(case, form, all_run=len(running) == len(Plan.Template.values), back_url=_tab(case))
    return answer_case_form(
        request,
        page,
        act=lambda: plans.make_plan(actor=request.user, case=case, **form.given()),
        done=_("The plan runs. Look through its owners and dates."),
        back=lambda made: _tab(case, made),
        template="advocacy/plan/new.html",
    )


@require_http_methods(["GET", "POST"])
def plan_move(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Move the start of a plan and every open step with it."""
    row = row_or_404(Plan, request, reference, pk, may="plan")
    start = timezone.localtime(row.starts_at)
    initial = {"on": start.date(), "hour": start.time().replace(second=0, microsecond=0)}
    form = StartForm(posted(request), initial=initial)
    return answer_case_form(
        request,
        PlanStartPage(row.case, form, plan=row, back_url=_tab(row.case, row)),
        act=lambda: milestones.move_start(actor=request.user, plan=row, starts_at=form.moment()),
        done=_("The plan and its open steps were moved."),
        template="advocacy/plan/move_start.html",
    )


@require_POST
def plan_public(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Give a plan of the quiet route its public steps, when the posture allows it."""
    row = row_or_404(Plan, request, reference, pk, may="plan")
    try:
        plans.add_public_steps(actor=request.user, plan=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The public steps stand in the plan. Look through their owners and dates."))
    return redirect(_tab(row.case, row))


@require_http_methods(["GET", "POST"])
def plan_end(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """End a plan; asked once, because its open steps then ask nobody any more."""
    row = row_or_404(Plan, request, reference, pk, may="plan")
    if request.method == "POST":
        plans.end_plan(actor=request.user, plan=row)
        messages.success(request, _("The plan has ended. Its steps stay readable."))
        return redirect("advocacy:plan", reference)
    return render(request, "advocacy/plan/end.html", vars(plan_end_page(row)))
