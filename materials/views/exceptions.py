"""The one exception at a critical risk: what it asks, asking, signing and ending."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.faults import take
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from casework.access import NotAllowed
from materials.actions import exceptions as acts
from materials.forms.exceptions import ExceptionForm
from materials.pages import exception_conditions as shown
from materials.views.lookup import Opened, material_or_404
from safety.forms.orders import SignForm
from safety.people import may_read_content


@require_http_methods(["GET", "POST"])
def exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """What the exception asks and how it stands; with the right to dispatch it is asked for here."""
    opened = material_or_404(request, pk, may="view_case" if request.method == "GET" else "dispatch")
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.ask_exception(actor=request.user, material=opened.material, **form.cleaned_data)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("It is asked for. A reviewer and a director sign it."))
            return redirect("materials:exception", pk)
    return _page(request, opened, form, status=422 if form.errors else 200)


def _page(request: SignedInRequest, opened: Opened, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = acts.standing(opened.material)
    asked = shown.asked_rows(rows)
    context = {
        "case": opened.case,
        "tab": "materials",
        "material": opened.material,
        "rights": opened.rights,
        "asked": asked,
        "ended": acts.ended(opened.material),
        "conditions": shown.condition_rows(opened.material),
        "next": {} if more else shown.next_step(opened.material, asked, opened.rights, request.user),
        "may_read": may_read_content(opened.rights),
        "waits": any(row.granted_at is None for row in rows),
        "is_mine": any(row.asked_by_id == request.user.pk for row in rows),
        "may_sign": "sign_review" in opened.rights and not any(request.user.pk in row.signers for row in rows),
        "form": form,
        **more,
    }
    return render(request, "materials/exceptions/exception.html", context, status=status)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign_exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign what was asked, after reading it; the second factor was shown a moment ago."""
    opened = material_or_404(request, pk, may="sign_review")
    sign = SignForm(request.POST or None)
    if request.method == "POST" and sign.is_valid():
        try:
            proof = request.second_factor_proof  # type: ignore[attr-defined]
            rows = acts.sign_exception(actor=request.user, material=opened.material, proof=proof)
        except ValidationError as refused:
            take(sign, refused)
        else:
            granted = _("Both have signed. It counts for 72 hours.")
            messages.success(request, granted if rows[0].granted_at else _("You signed. One more signature is needed."))
            return redirect("materials:exception", pk)
    return _page(request, opened, sign, status=422 if sign.errors else 200, is_signing=True)


@require_POST
def end_exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End it at once; one person is enough."""
    opened = material_or_404(request, pk)
    if not opened.rights & {"dispatch", "sign_review"}:
        raise NotAllowed("dispatch", opened.case)
    was_granted = any(row.granted_at for row in acts.standing(opened.material))
    acts.end_exception(actor=request.user, material=opened.material)
    ended = _("The exception is ended. What was public under it is gone.")
    messages.success(request, ended if was_granted else _("The request is ended. Nothing counts under it."))
    return redirect("materials:exception", pk)
