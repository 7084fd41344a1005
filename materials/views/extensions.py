"""More days for a public page that runs out: how it stands, asking, and agreeing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.faults import take
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from materials.actions import extensions as acts
from materials.leaving import page_expiry
from materials.pages import extension_steps as shown
from materials.views.lookup import Opened, material_or_404
from safety.forms.orders import ReasonForm, SignForm


@require_http_methods(["GET", "POST"])
def extension(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """When the pages of a material go down; with the right to dispatch more days are asked for here, once."""
    opened = material_or_404(request, pk, may="view_case" if request.method == "GET" else "dispatch")
    form = ReasonForm(request.POST or None, label=_("Why it stays"))
    if request.method == "POST" and form.is_valid():
        try:
            acts.ask_extension(actor=request.user, material=opened.material, **form.cleaned_data)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("It is asked for. Another person, who signs on the case, agrees to it."))
            return redirect("materials:extension", pk)
    return _page(request, opened, form, status=422 if form.errors else 200)


def _page(request: SignedInRequest, opened: Opened, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = [_row(page) for page in acts.standing(opened.material)]
    waits = [row["extension"] for row in rows if row["extension"] and not row["extension"].agreed_at]
    context = {
        "case": opened.case,
        "tab": "materials",
        "material": opened.material,
        "rights": opened.rights,
        "rows": rows,
        "may_read": opened.may_read,
        "may_ask": "dispatch" in opened.rights and any(row["extension"] is None for row in rows),
        "may_agree": "sign_review" in opened.rights
        and bool(waits)
        and not any(request.user.pk in row.signers for row in waits),
        "rests_on": shown.rests_on(opened.cases) if rows else [],
        "form": form,
        **more,
    }
    context["next"] = {} if more else shown.next_step(opened.material, opened.case, context)
    return render(request, "materials/extensions/extension.html", context, status=status)


def _row(page: Any) -> dict[str, Any]:
    """Return a page with when it goes down and what was asked for it."""
    return {
        "page": page,
        "down_at": page.ends_at + page_expiry.grace_of(page),
        "extension": page_expiry.extension_of(page),
    }


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def agree_extension(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree to what was asked, after reading it; the second factor was shown a moment ago."""
    opened = material_or_404(request, pk, may="sign_review")
    sign = SignForm(request.POST or None)
    if request.method == "POST" and sign.is_valid():
        try:
            proof = request.second_factor_proof  # type: ignore[attr-defined]
            acts.agree_extension(actor=request.user, material=opened.material, proof=proof)
        except ValidationError as refused:
            take(sign, refused)
        else:
            messages.success(request, _("You agreed. The page stays for twice the days of grace, and no longer."))
            return redirect("materials:extension", pk)
    return _page(request, opened, sign, status=422 if sign.errors else 200, is_agreeing=True)
