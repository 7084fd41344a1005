"""The calendar, and the file that a calendar program reads under a private address."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.actions.calendar_address import address_opened_with
from accounts.roles import is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from advocacy.actions import calendar_import
from advocacy.calendar.feed import feed_of
from advocacy.forms.calendar import CalendarFileForm
from advocacy.pages.calendar import calendar_page, read_choice
from casework.views.lookup import case_or_404
from directory.actions.key_dates import MAY_NOT_WRITE
from directory.actions.recipients import may_enter


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


@require_http_methods(["GET", "POST"])
def bring_in(request: SignedInRequest) -> HttpResponse:
    """Bring the dates of a calendar file into the key dates."""
    if not is_of_the_office(request.user):
        raise Http404
    if not may_enter(request.user):
        raise PermissionDenied(MAY_NOT_WRITE)
    form = CalendarFileForm(request.POST, request.FILES) if request.method == "POST" else CalendarFileForm()
    return answer_form(
        request,
        form,
        act=lambda: calendar_import.bring_in(
            actor=request.user,
            data=form.cleaned_data["file"].read(),
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
        ),
        done=lambda brought: brought.sentence,
        back=reverse("directory:key_dates"),
        draw=lambda status: render(request, "advocacy/calendar/import.html", {"form": form}, status=status),
        may_repeat=True,  # what stands there already is passed over
    )
