"""More days for a public page that runs out: how it stands, asking, and agreeing."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.faults import take
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from materials.actions import extensions as extension_actions
from materials.pages.extension import extension_page
from materials.views.lookup import Opened, material_or_404
from safety.forms.orders import ReasonForm, SignForm


@require_http_methods(["GET", "POST"])
def extension(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """When the pages of a material go down; with the right to dispatch more days are asked for here, once."""
    opened = material_or_404(request, pk, may="view_case" if request.method == "GET" else "dispatch")
    form = ReasonForm(request.POST or None, label=_("Why it stays"))
    return answer_form(
        request,
        form,
        act=lambda: extension_actions.ask_extension(actor=request.user, material=opened.material, **form.cleaned_data),
        done=_("It is asked for. Another person, who signs on the case, agrees to it."),
        back=reverse("materials:extension", args=[pk]),
        draw=lambda status: _show(request, opened, form, status=status),
    )


def _show(request: SignedInRequest, opened: Opened, form: ReasonForm | SignForm, *, status: int = 200) -> HttpResponse:
    page = extension_page(opened.material, opened.cases, opened.rights, request.user, form, may_read=opened.may_read)
    return render(request, "materials/extensions/extension.html", vars(page), status=status)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def agree_extension(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree to what was asked, after reading it; the second factor was shown a moment ago."""
    opened = material_or_404(request, pk, may="sign_review")
    sign = SignForm(request.POST or None)
    if request.method == "POST" and sign.is_valid():
        try:
            proof = request.second_factor_proof
            extension_actions.agree_extension(actor=request.user, material=opened.material, proof=proof)
        except ValidationError as refused:
            take(sign, refused)
        else:
            messages.success(request, _("You agreed. The page stays for twice the days of grace, and no longer."))
            return redirect("materials:extension", pk)
    return _show(request, opened, sign, status=422 if sign.errors else 200)
