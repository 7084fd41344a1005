"""The posture of a case, and what happened to it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import rights_on
from casework.views.lookup import case_or_404, row_or_404
from safety import actions
from safety.forms.orders import PostureForm, RiskEventForm
from safety.models import Posture, RiskEvent
from safety.people import may_read_content


@require_http_methods(["GET", "POST"])
def posture(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide how visible the case is to be."""
    case = case_or_404(request, reference, may="plan")
    form = PostureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_posture(actor=request.user, case=case, **form.values())
        except ValidationError as reasons:
            form.add_error(None, reasons.messages)
        else:
            messages.success(request, _("The posture is decided."))
            return redirect("safety:safety", case.reference)
    current = Posture.objects.filter(case=case).select_related("decided_by").first()
    context = {"case": case, "tab": "safety", "form": form, "current": current}
    return render(request, "safety/posture.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_risk_event(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that something happened. Anybody who may see the case may tell; what follows is not theirs to choose."""
    case = case_or_404(request, reference)
    form = RiskEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        happened = actions.note_risk_event(actor=request.user, case=case, **form.cleaned_data)
        words = {
            RiskEvent.EventClass.STOP: _("It is recorded, and public work is paused until a new assessment is signed."),
            RiskEvent.EventClass.REVIEW: _("It is recorded. A new look at the risk is due."),
            RiskEvent.EventClass.NOTE: _("It is recorded. Nothing else changes."),
        }
        messages.success(request, words[RiskEvent.EventClass(happened.event_class)])
        return redirect("safety:safety", case.reference)
    context = {"case": case, "tab": "safety", "form": form}
    return render(request, "safety/new_risk_event.html", context, status=422 if form.errors else 200)


@require_safe
def risk_event(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One thing that happened: what and when for everybody on the case, what is known of it by right."""
    row = row_or_404(RiskEvent, request, reference, pk)
    rights = rights_on(request.user, row.case)
    may_read = may_read_content(rights) or row.noted_by_id == request.user.pk
    context = {
        "case": row.case,
        "tab": "safety",
        "row": row,
        "may_read": may_read,
        "rights": rights,
        "pause": row.pauses.first(),
    }
    return render(request, "safety/risk_event.html", context)
