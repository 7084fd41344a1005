"""What happened to the person, and what that concerns."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from casework.actions.fate import VERBS
from casework.forms.fate import FateForm
from casework.pages.concerned import concerned_page, fate_page
from casework.views.lookup import case_or_404


@require_http_methods(["GET", "POST"])
def fate(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record what happened to the person; public work stops with it, and what it concerns is shown next."""
    case = case_or_404(request, reference, may="change_case")
    form = FateForm(request.POST if request.method == "POST" else None, case=case)
    page = fate_page(case, form)
    return answer_form(
        request,
        form,
        act=lambda: VERBS[form.fate.code](actor=request.user, case=case, **form.cleaned_data),
        done=_("It is recorded. Public work is paused until a new assessment of the risk is signed."),
        back=lambda _case: reverse("casework:concerned", args=[case.reference]),  # wherever it was opened from
        draw=lambda status: render(request, "casework/fate.html", vars(page), status=status),
    )


@leads_back_here
@require_GET
def concerned(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what is known of the person now, and everything that it concerns."""
    case = case_or_404(request, reference)
    return render(request, "casework/concerned.html", vars(concerned_page(case, request.user)))
