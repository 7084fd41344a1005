"""One step of a plan: what it is, what it waits for, and what may be done with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from advocacy.actions import milestones
from advocacy.forms.plans import StepForm
from advocacy.models import Milestone
from advocacy.pages.milestone import OWNERS_MAY, milestone_conflict_page, milestone_page, step_form
from casework.access import require, rights_on
from casework.actions.versions import SavedMeanwhile
from casework.models import Case
from casework.views.lookup import case_or_404

ACTS: dict[str, tuple[Callable[..., Milestone], Promise]] = {
    "take": (milestones.take_fact, gettext_lazy("The step is done.")),
    "complete": (milestones.complete, gettext_lazy("The step is done.")),
    "move": (milestones.move, gettext_lazy("The step was moved, and its reminders with it.")),
    "assign": (milestones.assign, gettext_lazy("The step was given to another person.")),
    "note": (milestones.write_note, gettext_lazy("The note is kept.")),
    "drop": (milestones.drop, gettext_lazy("The step was dropped.")),
}
CLOSES = frozenset({"take", "complete"})
FOLLOWED = gettext_lazy("The step was moved, and with it what waits for it, by as much.")


@leads_back_here
@require_GET
def milestone(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """A step with its forms, as far as this reader may use them."""
    case, row = _found(request, reference, pk)
    return _draw(request, case, row)


@require_GET
def step(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead from a mail, whose link names no case, to the step; of a case that is hidden there is no such page."""
    row = Milestone.objects.filter(pk=pk, case__in=Case.objects.visible_to(request.user)).select_related("case").first()
    if row is None:
        raise Http404
    return redirect("advocacy:milestone", row.case.reference, row.pk)


@require_http_methods(["GET", "POST"])
def change_milestone(request: SignedInRequest, reference: str, pk: uuid.UUID, act: str) -> HttpResponse:
    """Take a fact for a step, complete, move, assign, note or drop it. A faulty form comes back on the page of the step."""
    case, row = _found(request, reference, pk)
    if act not in OWNERS_MAY or row.owner_id != request.user.pk:
        require(request.user, "plan", case)
    if request.method == "GET":
        return redirect("advocacy:milestone", reference, pk)
    form = step_form(act, row, case, request.POST)
    verb, done = ACTS[act]

    def do() -> Milestone:
        changed = verb(actor=request.user, milestone=row, **form.given())
        is_on_today = request.POST.get("came_from") == "today"  # the page of the step has *Take it back* of its own
        undo = (
            f"undo:{reverse('advocacy:undo_milestone', args=[reference, pk])}" if act in CLOSES and is_on_today else ""
        )
        messages.success(
            request, str(FOLLOWED if form.cleaned_data.get("is_with_following") else done), extra_tags=undo
        )
        if act == "move":
            _warn_of_earlier(request, row)
        return changed

    try:
        return answer_form(
            request,
            form,
            act=do,
            done="",
            back=_back(request, reference, pk),
            draw=lambda status: _draw(request, case, row, faulty={act: form}, status=status),
        )
    except SavedMeanwhile as meanwhile:
        page = milestone_conflict_page(case, act, form, request.POST, meanwhile.row, request.user)
        return render(request, "casework/conflict.html", vars(page), status=409)


@require_POST
def undo_milestone(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take back that a step is done, within ten minutes."""
    case, row = _found(request, reference, pk)
    if not milestones.is_planner_or_owner(request.user, row, case):
        require(request.user, "plan", case)
    try:
        milestones.undo_done(actor=request.user, milestone=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The step is open again."))
    return redirect("advocacy:milestone", reference, pk)


def _back(request: SignedInRequest, reference: str, pk: uuid.UUID) -> str:
    """Return where a person goes after an act: to Today when they closed the step there, else to the step."""
    if request.POST.get("came_from") == "today":
        return reverse("web:today")
    return reverse("advocacy:milestone", args=[reference, pk])


def _warn_of_earlier(request: SignedInRequest, row: Milestone) -> None:
    """Say after a move which steps that wait for this one are now due before it."""
    row.refresh_from_db(fields=["due_at"])
    early = [after for after in milestones.open_after(row) if after.due_at < row.due_at]
    if early:
        words = ngettext(
            "“%(title)s” waits for this step and is due before it.",
            "%(count)d steps wait for this one and are due before it, the first: “%(title)s”.",
            len(early),
        )
        messages.warning(request, words % {"count": len(early), "title": early[0].title})


def _found(request: SignedInRequest, reference: str, pk: uuid.UUID) -> tuple[Case, Milestone]:
    case = case_or_404(request, reference)
    row = Milestone.objects.select_related("plan", "stage", "owner", "done_by").filter(case=case, pk=pk).first()
    if row is None:
        raise Http404
    return case, row


def _draw(
    request: SignedInRequest,
    case: Case,
    row: Milestone,
    *,
    faulty: dict[str, StepForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = milestone_page(case, row, request.user, rights_on(request.user, case), faulty=faulty)
    return render(request, "advocacy/plan/milestone.html", vars(page), status=status)
