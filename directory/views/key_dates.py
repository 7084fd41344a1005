"""The key dates: read by everybody of the office, written by who may write in the directory."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from directory.actions import key_dates as actions
from directory.actions.recipients import may_enter
from directory.forms.key_dates import DaysForm, OfficeDateForm, TakeAwayForm
from directory.key_dates.listed import listed_dates
from directory.models import OfficeDate
from directory.pages.key_dates import date_days_page, key_dates_page, take_away_page

YEARS_AROUND = 90


def _writer_or_refused(request: SignedInRequest) -> None:
    """Raise Http404 for who is not of the office, PermissionDenied for who may not write there."""
    if not is_of_the_office(request.user):
        raise Http404
    if not may_enter(request.user):
        raise PermissionDenied(actions.MAY_NOT_WRITE)


@leads_back_here
@require_GET
def key_dates(request: SignedInRequest) -> HttpResponse:
    """Every key date of a year, with its source."""
    if not is_of_the_office(request.user):
        raise Http404
    asked, this_year = request.GET.get("year", ""), timezone.localdate().year
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    year = year if abs(year - this_year) <= YEARS_AROUND else this_year
    return render(request, "directory/key_dates/key_dates.html", vars(key_dates_page(request.user, year)))


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Write a date of the office."""
    _writer_or_refused(request)
    form = OfficeDateForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: actions.add_date(
            actor=request.user,
            given=form.given(),
            title=form.cleaned_data["title"],
            kind=form.cleaned_data["kind"],
            country=form.cleaned_data["country"],
        ),
        done=_("The date stands in the calendar of everybody here."),
        back=lambda row: f"{reverse('directory:key_dates')}?year={row.first_day.year}",
        draw=lambda status: render(request, "directory/key_dates/add.html", {"form": form}, status=status),
    )


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, code: str) -> HttpResponse:
    """Say when a listed date falls in a year."""
    _writer_or_refused(request)
    if code not in listed_dates():
        raise Http404
    form = DaysForm(request.POST or None, initial={"lead_weeks": listed_dates()[code].lead_weeks})
    return answer_form(
        request,
        form,
        act=lambda: actions.correct_days(actor=request.user, code=code, given=form.given()),
        done=_("The calendar says so now. What it said before stays recorded."),
        back=lambda row: f"{reverse('directory:key_dates')}?year={row.first_day.year}",
        draw=lambda status: render(
            request, "directory/key_dates/correct.html", vars(date_days_page(code, form)), status=status
        ),
    )


@require_http_methods(["GET", "POST"])
def take_away(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a date of the office out of the calendar."""
    _writer_or_refused(request)
    date = get_object_or_404(OfficeDate.objects.present(), pk=pk)
    form = TakeAwayForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: actions.take_away(actor=request.user, date=date, reason=form.cleaned_data["reason"]),
        done=_("The date is taken away. What it said stays recorded."),
        back=f"{reverse('directory:key_dates')}?year={date.first_day.year}",
        draw=lambda status: render(
            request, "directory/key_dates/take_away.html", vars(take_away_page(date, form)), status=status
        ),
    )
