"""The calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.pages.calendar import calendar_page, read_choice
from casework.views.lookup import case_or_404


@leads_back_here
@require_GET
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month of this reader's dates, of all that they may see, or of one case; a case that is hidden is not there."""
    choice = read_choice(request.GET, today=timezone.localdate())
    case = case_or_404(request, choice.case) if choice.case else None
    return render(request, "advocacy/calendar/calendar.html", vars(calendar_page(request.user, choice, case)))
