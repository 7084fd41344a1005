"""The one exception at a critical risk: what it asks, asking, signing and ending."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.faults import take
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.access import NotAllowed
from materials.actions import exceptions as exception_actions
from materials.forms.exceptions import ExceptionForm
from materials.pages.exception import exception_page
from materials.views.lookup import Opened, material_or_404
from safety.forms.orders import SignForm


@require_http_methods(["GET", "POST"])
def exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """What the exception asks and how it stands; with the right to dispatch it is asked for here."""
    opened = material_or_404(request, pk, may="view_case" if request.method == "GET" else "dispatch")
    form = ExceptionForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: exception_actions.ask_exception(actor=request.user, material=opened.material, **form.cleaned_data),
        done=_("It is asked for. A reviewer and a director sign it."),
        back=reverse("materials:exception", args=[pk]),
        draw=lambda status: _show(request, opened, form, status=status),
    )


def _show(
    request: SignedInRequest, opened: Opened, form: ExceptionForm | SignForm, *, status: int = 200
) -> HttpResponse:
    page = exception_page(opened.material, opened.case, opened.rights, request.user, form)
    return render(request, "materials/exceptions/exception.html", vars(page), status=status)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign_exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign what was asked, after reading it; the second factor was shown a moment ago."""
    opened = material_or_404(request, pk, may="sign_review")
    sign = SignForm(request.POST or None)
    if request.method == "POST" and sign.is_valid():
        try:
            proof = request.second_factor_proof
            rows = exception_actions.sign_exception(actor=request.user, material=opened.material, proof=proof)
        except ValidationError as refused:
            take(sign, refused)
        else:
            granted = _("Both have signed. It counts for 72 hours.")
            messages.success(request, granted if rows[0].granted_at else _("You signed. One more signature is needed."))
            return redirect("materials:exception", pk)
    return _show(request, opened, sign, status=422 if sign.errors else 200)


@require_POST
def end_exception(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End it at once; one person is enough."""
    opened = material_or_404(request, pk)
    if not opened.rights & {"dispatch", "sign_review"}:
        raise NotAllowed("dispatch", opened.case)
    was_granted = any(row.granted_at for row in exception_actions.open_exceptions(opened.material))
    exception_actions.end_exception(actor=request.user, material=opened.material)
    ended = _("The exception is ended. What was public under it is gone.")
    messages.success(request, ended if was_granted else _("The request is ended. Nothing counts under it."))
    return redirect("materials:exception", pk)
