"""The calendar, and the file that a calendar program reads under a private address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from accounts.actions.calendar_address import address_opened_with
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.calendar.feed import feed_of
from advocacy.pages.calendar import calendar_page, read_choice
from casework.views.lookup import case_or_404


@leads_back_here
@require_GET
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month of this reader's dates, of all that they may see, or of one case; a case that is hidden is not there."""
    choice = read_choice(request.GET, today=timezone.localdate())
    case = case_or_404(request, choice.case) if choice.case else None
    return render(request, "advocacy/calendar/calendar.html", vars(calendar_page(request.user, choice, case)))


@login_not_required  # Open: a calendar program has no session. The address is the secret, and opens nothing else.
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The due dates of the person whose private address this is; nothing for an address that is revoked or never was."""
    address = address_opened_with(token)
    if address is None:
        nothing = HttpResponseNotFound(content_type="text/plain; charset=utf-8")
        nothing._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address, mistyped by a letter
        return nothing
    return HttpResponse(feed_of(address), content_type="text/calendar; charset=utf-8")
