"""Who answers and how fast, over all cases that the reader may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.pages.who_answers import who_answers_page
from directory.views.of_the_office import of_the_office


@leads_back_here
@require_GET
def who_answers(request: SignedInRequest) -> HttpResponse:
    """Show the waiting times of the last months; outside reviewers do not learn whom the office writes to."""
    of_the_office(request)
    page = who_answers_page(request.user, months=request.GET.get("months", ""), state=request.GET.get("state", ""))
    return render(request, "advocacy/answers/who_answers.html", vars(page))
