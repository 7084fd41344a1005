"""Who holds the copies of a case, and that one was handed over."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from casework.views.lookup import case_or_404
from materials.actions.handing_over import hand_over
from materials.forms.dispatches import HandedOverForm
from materials.pages.copies import copies_page
from materials.pages.dispatch import handed_over_page
from materials.views.lookup import copy_or_404


@leads_back_here
@require_GET
def copies(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every copy of the case that is made: who holds it, through which channel, since when."""
    case = case_or_404(request, reference, may="dispatch")
    page = copies_page(case, request.user, after=request.GET.get("after", ""))
    return render(request, "materials/dispatches/copies.html", vars(page))


@require_http_methods(["GET", "POST"])
def handed_over(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Record on which day a copy was handed over."""
    copy = copy_or_404(request, pk)
    form = HandedOverForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    page = handed_over_page(copy, form)
    return answer_form(
        request,
        form,
        act=lambda: hand_over(actor=request.user, copy=copy, on=form.cleaned_data["on"]),
        done=_("It is recorded that the copy was handed over."),
        back=reverse("materials:copy", args=[copy.pk]),
        draw=lambda status: render(request, "materials/dispatches/handed_over.html", vars(page), status=status),
    )
