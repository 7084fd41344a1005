"""The posture of a case, and what happened to it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.access import rights_on
from casework.views.form_page import answer_case_form
from casework.views.lookup import case_or_404, row_or_404
from safety import actions
from safety.forms.orders import PostureForm, RiskEventForm
from safety.models import RiskEvent
from safety.pages.posture import posture_page
from safety.pages.risk_events import new_risk_event_page, risk_event_page


@require_http_methods(["GET", "POST"])
def posture(request: SignedInRequest, reference: str) -> HttpResponse:
    """Decide how visible the case is to be."""
    case = case_or_404(request, reference, may="plan")
    form = PostureForm(request.POST or None)
    return answer_case_form(
        request,
        posture_page(case, form),
        act=lambda: actions.decide_posture(actor=request.user, case=case, **form.values()),
        done=_("The posture is decided."),
        template="safety/posture.html",
    )


@require_http_methods(["GET", "POST"])
def new_risk_event(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that something happened. Anybody who may see the case may tell; what follows is not theirs to choose."""
    case = case_or_404(request, reference)
    form = RiskEventForm(request.POST or None)
    return answer_case_form(
        request,
        new_risk_event_page(case, form),
        act=lambda: actions.note_risk_event(actor=request.user, case=case, **form.cleaned_data),
        done=_what_follows,
        template="safety/new_risk_event.html",
    )


def _what_follows(row: RiskEvent) -> str:
    """Return what was recorded and what follows from it, in one sentence."""
    words = {
        RiskEvent.EventClass.STOP: _("It is recorded, and public work is paused until a new assessment is signed."),
        RiskEvent.EventClass.REVIEW: _("It is recorded. A new look at the risk is due."),
        RiskEvent.EventClass.NOTE: _("It is recorded. Nothing else changes."),
    }
    return words[RiskEvent.EventClass(row.event_class)]


@leads_back_here
@require_safe
def risk_event(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One thing that happened: what and when for everybody on the case, what is known of it by right."""
    row = row_or_404(RiskEvent, request, reference, pk)
    page = risk_event_page(row, request.user, rights_on(request.user, row.case))
    return render(request, "safety/risk_event.html", vars(page))
