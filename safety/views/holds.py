"""Holding public work, confirming, asking to lift, and lifting."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.second_person import who_agrees
from accounts.sign_in.freshness import fresh_second_factor
from casework.access import rights_on
from casework.models import Case
from casework.views.lookup import case_or_404
from safety import actions
from safety.actions import lifting_was_asked
from safety.actions.holds import ASKING_COUNTS_FOR
from safety.forms.orders import HoldForm, LiftForm, ReasonForm
from safety.models import Hold
from safety.pages.rows import instant, shown_hold, typed
from safety.people import cases_of, signers_of
from safety.views.refused import refused


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold with one click and a reason; on hold, see who held and why, confirm, or ask to lift. No second factor."""
    case = _case_of_a_member(request, reference)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hold(actor=request.user, case=case, **form.cleaned_data)
        messages.success(request, _("Public work is on hold. It counts at once."))
        return redirect("safety:hold", case.reference)
    return _hold_page(request, case, form, status=422 if form.errors else 200)


def _case_of_a_member(request: HttpRequest, reference: str) -> Case:
    """Return the case for anybody who is on it, also an outside reviewer, who sees nothing else of it; else 404."""
    return get_object_or_404(cases_of(request.user).select_related("lead"), reference=reference)


def _hold_page(
    request: HttpRequest, case: Case, form: HoldForm, *, faulty_ask: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    rights = rights_on(request.user, case)
    standing = (
        Hold.objects.over(case)
        .standing()
        .select_related("held_by", "lift_asked_by", "confirmed_by")
        .order_by("-held_at")
    )
    context = {
        "case": case,
        "tab": "safety",
        "form": form,
        "faulty_ask": faulty_ask,
        "holds": [shown_hold(row) | {"ask": _ask_form(row, faulty_ask)} for row in standing],
        "who_lifts": _who_lifts(case, standing) if "view_case" in rights else "",
        "may_lift": "lift_hold" in rights,
        "may_plan": "plan" in rights,
        "may_hold_anew": not any(
            row.kind == Hold.Kind.UNTIL_LIFTED and row.scope == Hold.Scope.CASE for row in standing
        ),
    }
    name = "safety/hold.html" if "view_case" in rights else "safety/hold_outside.html"
    return render(request, name, context, status=status)


def _who_lifts(case: Case, standing: Iterable[Hold]) -> str:
    """Return who may decide about the lift that somebody asked for, and until when asking counts."""
    asked = next((row for row in standing if lifting_was_asked(row)), None)
    if asked is None or asked.lift_asked_at is None:
        return ""
    who = who_agrees(signers_of(case, "lift_hold"), but=[asked.lift_asked_by_id])
    return _("%(who)s Asking counts until %(at)s.") % {
        "who": who,
        "at": instant(asked.lift_asked_at + ASKING_COUNTS_FOR),
    }


def _ask_form(row: Hold, faulty: ReasonForm | None) -> ReasonForm:
    """Return the form that asks to lift this hold; the one with a fault where it belongs to this hold."""
    auto_id = f"ask-{row.pk}-%s"
    return faulty if faulty is not None and faulty.auto_id == auto_id else ReasonForm(auto_id=auto_id)


@require_POST
def confirm_hold(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Make a precaution last until two people lift it."""
    case = _case_of_a_member(request, reference)
    try:
        actions.confirm_hold(actor=request.user, hold=_hold_of(case, pk))
    except ValidationError as reasons:
        return _not_done(request, case, reasons)
    messages.success(request, _("The hold stands until two people lift it."))
    return redirect("safety:hold", case.reference)


@require_POST
def ask_lift(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
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


def lift(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponseBase:
    """Lift a hold as the second person, on a page of its own. Who may not is answered before a second factor is asked."""
    case = case_or_404(request, reference, may="lift_hold")
    return _lift(request, case, _hold_of(case, pk))


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _lift(request: HttpRequest, case: Case, row: Hold) -> HttpResponse:
    why_not = [sentence for is_wrong, sentence in actions.why_not_lift(request.user, case, row) if is_wrong]
    if why_not:
        return _not_done(request, case, ValidationError(why_not))
    form = LiftForm(request.POST or None, codename=case.codename)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_hold(actor=request.user, hold=row, proof=request.second_factor_proof)  # type: ignore[attr-defined]
        except ValidationError as reasons:
            return _not_done(request, case, reasons)
        messages.success(request, _("The hold is lifted."))
        return redirect("safety:safety", case.reference)
    return render(request, "interruption.html", _stop_for_a_moment(case, row, form), status=422 if form.errors else 200)


def _stop_for_a_moment(case: Case, row: Hold, form: LiftForm) -> dict[str, Any]:
    held = _("Held by {name} on {moment}: {reason}")
    asked = _("{name} asked to lift it on {moment}: {reason}")
    return {
        "title": _("Lift the hold?"),
        "lead": typed(
            _(
                "Public work on {codename} may go on at once: what is cleared can leave, and what was public may show again."
            ),
            codename=case.codename,
        ),
        "facts": [
            typed(held, name=row.held_by, moment=instant(row.held_at), reason=row.reason),
            typed(asked, name=row.lift_asked_by, moment=instant(row.lift_asked_at), reason=row.lift_reason),
        ],
        "form": form,
        "act_label": _("Lift the hold"),
        "back_url": reverse("safety:hold", args=[case.reference]),
    }


def _hold_of(case: Case, pk: uuid.UUID) -> Hold:
    """Return a hold of this very case; one of a wider scope is not changed from here."""
    row = case.holds.select_related("held_by", "lift_asked_by").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.case = case
    return row


def _not_done(request: HttpRequest, case: Case, reasons: ValidationError) -> HttpResponse:
    return refused(request, case, reasons, title=_("Not done"), back=("safety:hold", case.reference))
