"""One step of a plan: what it is, what it waits for, and what may be done with it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.form_faults import take
from advocacy import plan_templates
from advocacy.actions import milestones
from advocacy.forms.plans import AssignForm, CompleteForm, DropForm, MoveForm, NoteForm, StepForm
from advocacy.models import Milestone
from casework.access import require, rights_on
from casework.actions.versions import SavedMeanwhile
from casework.dates import relative_time
from casework.models import Case
from casework.views.lookup import case_or_404

ACTS: dict[str, tuple[type[StepForm], Any, Any]] = {
    "complete": (CompleteForm, milestones.complete, gettext_lazy("The step is done.")),
    "move": (MoveForm, milestones.move, gettext_lazy("The step was moved, and its reminders with it.")),
    "assign": (AssignForm, milestones.assign, gettext_lazy("The step was given to another person.")),
    "note": (NoteForm, milestones.write_note, gettext_lazy("The note is kept.")),
    "drop": (DropForm, milestones.drop, gettext_lazy("The step was dropped.")),
}
OWNERS_MAY = {"complete", "note"}


@require_GET
def milestone(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """A step with its forms, as far as this reader may use them."""
    case, row = _found(request, reference, pk)
    return _page(request, case, row)


@require_http_methods(["GET", "POST"])
def change_milestone(request: HttpRequest, reference: str, pk: uuid.UUID, act: str) -> HttpResponse:
    """Complete, move, assign, note or drop a step. A faulty form comes back on the page of the step."""
    case, row = _found(request, reference, pk)
    if act not in OWNERS_MAY or row.owner_id != request.user.pk:
        require(request.user, "plan", case)
    if request.method == "GET":
        return redirect("advocacy:milestone", reference, pk)
    form = _form(act, row, case, request.POST)
    if not form.is_valid():
        return _page(request, case, row, forms={act: form}, status=422)
    _kind, verb, words = ACTS[act]
    if form.cleaned_data.get("is_with_following"):
        words = _("The step was moved, and with it what waits for it, by as much.")
    try:
        verb(actor=request.user, milestone=row, **form.given())
    except SavedMeanwhile as meanwhile:
        return _conflict(request, case, act, form, meanwhile.row)
    except ValidationError as refused:
        take(form, refused)
        return _page(request, case, row, forms={act: form}, status=422)
    undo = f"undo:{reverse('advocacy:undo_milestone', args=[reference, pk])}" if act == "complete" else ""
    messages.success(request, words, extra_tags=undo)
    if act == "move":
        _warn_of_earlier(request, row)
    return redirect("advocacy:milestone", reference, pk)


@require_POST
def undo_milestone(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
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


def _warn_of_earlier(request: HttpRequest, row: Milestone) -> None:
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


def _found(request: HttpRequest, reference: str, pk: uuid.UUID) -> tuple[Case, Milestone]:
    case = case_or_404(request, reference)
    row = Milestone.objects.select_related("plan", "stage", "owner", "done_by").filter(case=case, pk=pk).first()
    if row is None:
        raise Http404
    return case, row


def _form(act: str, row: Milestone, case: Case, data: Any = None) -> Any:
    kind = ACTS[act][0]
    more: dict[str, Any] = {}
    if kind is AssignForm:
        more = {"case": case}
    elif kind is MoveForm:
        more = {"following": milestones.open_after(row)}
    return kind(data, row=row, auto_id=f"id_{act}_%s", **more)


def _page(
    request: HttpRequest, case: Case, row: Milestone, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    may_plan = "plan" in rights_on(request.user, case)
    may_finish = may_plan or row.owner_id == request.user.pk
    is_open = not (row.done_at or row.dropped_at or row.plan.ended_at)
    acts = [act for act in ACTS if (may_plan or (act in OWNERS_MAY and may_finish)) and (is_open or act == "note")]
    waits_for = [link.needs for link in row.waits_for.select_related("needs__owner").order_by("needs__due_at")]
    context: dict[str, Any] = {
        "case": case,
        "tab": "plan",
        "row": row,
        "step": plan_templates.step(row.plan.template, row.key),
        "stage": plan_templates.stage_title(row.plan.template, row.track, row.stage.number),
        "waits_for": [_linked(case, need, now) for need in waits_for],
        "still_waits": [need for need in waits_for if not (need.done_at or need.dropped_at)] if is_open else [],
        "opens": [
            _linked(case, link.milestone, now)
            for link in row.opens.select_related("milestone").order_by("milestone__due_at")
        ],
        "late": relative_time.late_words(row.due_at, now=now) if is_open and row.due_at < now else "",
        "ahead": relative_time.ahead_words(row.due_at, now=now) if is_open and row.due_at >= now else "",
        "forms": {act: (forms or {}).get(act) or _form(act, row, case) for act in acts},
        "form": next(iter((forms or {}).values()), None),
        "may_undo": may_finish and milestones.may_undo(row, now=now),
    }
    return render(request, "advocacy/plan/milestone.html", context, status=status)


def _linked(case: Case, row: Milestone, now: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": row.title, "url": reverse("advocacy:milestone", args=[case.reference, row.pk])}
    if row.done_at:
        return shown | {"state": _("Done"), "mark": "ring-full", "tone": "ok"}
    if row.dropped_at:
        return shown | {"state": _("Dropped"), "mark": "ring-slash"}
    if row.due_at < now:
        return shown | {"late": relative_time.late_words(row.due_at, now=now)}
    return shown | {"when": relative_time.short_day(row.due_at)}


def _conflict(request: HttpRequest, case: Case, act: str, form: Any, saved: Milestone) -> HttpResponse:
    """Answer 409 with what is stored now beside what was typed; saving again from there is a choice."""
    stored = ACTS[act][0](row=saved, **({"case": case} if act == "assign" else {}))
    form.data = form.data.copy()
    form.data["version"] = saved.version
    rows = [
        {
            "label": field.label,
            "value": saved.owner if name == "owner" else stored.initial.get(name) or _("Not written down"),
            "is_typed": True,
        }
        for name, field in form.fields.items()
        if name not in {"version", "is_with_following"}
    ]
    back_url = reverse("advocacy:milestone", args=[case.reference, saved.pk])
    context = {"case": case, "tab": "plan", "form": form, "rows": rows, "back_url": back_url}
    return render(request, "casework/conflict.html", context, status=409)
