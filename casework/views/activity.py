"""The activity tab: what was done on a case, by whom and when. Details stay in the trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.pages.activity import activity_page
from casework.views.lookup import case_or_404


@leads_back_here
@require_GET
def activity(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the entries of the trail about the case, newest first, paged by their number."""
    page = activity_page(case_or_404(request, reference), before=request.GET.get("before", ""))
    return render(request, "casework/activity.html", vars(page))
