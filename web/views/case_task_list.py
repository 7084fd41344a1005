"""The tasks of one case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.views.lookup import case_or_404
from web.pages.case_tasks import tasks_page


@leads_back_here
@require_GET
def tasks(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where the case stands, and what comes next."""
    page = tasks_page(case_or_404(request, reference), request.user)
    return render(request, "web/tasks/tasks.html", vars(page))
