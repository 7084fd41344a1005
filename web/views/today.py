"""The first page: what is late, what comes, and what waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from web.pages.steps import late_steps_page, week_steps_page
from web.pages.today import today_page
from web.pages.week_sheet import week_sheet


@leads_back_here
@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Everything this person has to look at, from their own steps or from all cases they may see."""
    asked = request.GET
    page = today_page(request.user, is_all=asked.get("of") == "cases", step=asked.get("step", ""))
    return render(request, "web/today/today.html", vars(page))


@leads_back_here
@require_GET
def late_steps(request: SignedInRequest) -> HttpResponse:
    """Every missed step, fifty at a time."""
    page = late_steps_page(request.user, is_all=request.GET.get("of") == "cases", after=request.GET.get("after", ""))
    return render(request, "web/today/steps.html", vars(page))


@leads_back_here
@require_GET
def week_steps(request: SignedInRequest) -> HttpResponse:
    """Every step of the next seven days, fifty at a time."""
    page = week_steps_page(request.user, is_all=request.GET.get("of") == "cases", after=request.GET.get("after", ""))
    return render(request, "web/today/steps.html", vars(page))


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """This person's week on one sheet, to print."""
    return render(request, "web/today/sheet.html", vars(week_sheet(request.user)))
