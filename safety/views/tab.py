"""The safety tab of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.access import rights_on
from casework.views.lookup import case_or_404
from safety.pages.history import Address
from safety.pages.safety_tab import safety_tab


@leads_back_here
@require_safe
def safety(request: SignedInRequest, reference: str) -> HttpResponse:
    """How the safety of a case stands, what to do next, and what was. What an assessment says is shown by right."""
    case = case_or_404(request, reference)
    page = safety_tab(case, request.user, rights_on(request.user, case), Address(request.path, request.GET))
    return render(request, "safety/safety.html", vars(page))
