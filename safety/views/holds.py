"""Holding public work, confirming, asking to lift, and lifting."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import reasons_against
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.access import rights_on
from casework.models import Case
from casework.views.lookup import case_or_404
from safety import actions
from safety.forms.orders import HoldForm, LiftForm, ReasonForm
from safety.models import Hold
from safety.pages.holds import hold_page, lift_page
from safety.people import cases_of
from safety.views.refused import refused


@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest, reference: str) -> HttpResponse:
    """Hold with one click and a reason; on hold, see who held and why, confirm, or ask to lift. No second factor."""
    case = _case_of_a_member(request, reference)
    form = HoldForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: actions.hold(actor=request.user, case=case, **form.cleaned_data),
        done=_("Public work is on hold. It counts at once."),
        back=reverse("safety:hold", args=[case.reference]),
        draw=lambda status: _hold_page(request, case, form, status=status),
        may_repeat=True,
    )


def _case_of_a_member(request: SignedInRequest, reference: str) -> Case:
    """Return the case for anybody who is on it, also an outside reviewer, who sees nothing else of it; else 404."""
    return get_object_or_404(cases_of(request.user).select_related("lead"), reference=reference)


def _hold_page(
    request: SignedInRequest, case: Case, form: HoldForm, *, faulty_ask: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    rights = rights_on(request.user, case)
    name = "safety/hold.html" if "view_case" in rights else "safety/hold_outside.html"
    return render(request, name, vars(hold_page(case, rights, form, faulty_ask)), status=status)


@require_POST
def confirm_hold(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Make a precaution last until two people lift it."""
    case = _case_of_a_member(request, reference)
    try:
        actions.confirm_hold(actor=request.user, hold=_hold_of(case, pk))
    except ValidationError as reasons:
        return _not_done(request, case, reasons)
    messages.success(request, _("The hold stands until two people lift it."))
    return redirect("safety:hold", case.reference)


@require_POST
def ask_lift(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Ask, with a reason, that the hold be lifted."""
    case = _case_of_a_member(request, reference)
    row, form = _hold_of(case, pk), ReasonForm(request.POST, auto_id=f"ask-{pk}-%s")
    if not form.is_valid():
        return _hold_page(request, case, HoldForm(), faulty_ask=form, status=422)
    try:
        actions.ask_to_lift(actor=request.user, hold=row, reason=form.cleaned_data["reason"])
    except ValidationError as reasons:
        return _not_done(request, case, reasons)
    messages.success(request, _("You asked to lift the hold. It stands until a second person lifts it."))
    return redirect("safety:hold", case.reference)


def lift(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponseBase:
    """Lift a hold as the second person, on a page of its own. Who may not is answered before a second factor is asked."""
    case = case_or_404(request, reference, may="lift_hold")
    return _lift(request, case, _hold_of(case, pk))


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _lift(request: SignedInRequest, case: Case, row: Hold) -> HttpResponse:
    if why_not := reasons_against(actions.why_not_lift(request.user, case, row)):
        return _not_done(request, case, ValidationError(why_not))
    form = LiftForm(request.POST or None, codename=case.codename)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_hold(actor=request.user, hold=row, proof=request.second_factor_proof)
        except ValidationError as reasons:
            return _not_done(request, case, reasons)
        messages.success(request, _("The hold is lifted."))
        return redirect("safety:safety", case.reference)
    status = 422 if form.errors else 200
    return render(request, "interruption.html", vars(lift_page(case, row, form)), status=status)


def _hold_of(case: Case, pk: uuid.UUID) -> Hold:
    """Return a hold of this very case; one of a wider scope is not changed from here."""
    row = case.holds.select_related("held_by", "lift_asked_by").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.case = case
    return row


def _not_done(request: SignedInRequest, case: Case, reasons: ValidationError) -> HttpResponse:
    return refused(request, case, reasons, title=_("Not done"), back=("safety:hold", case.reference))
