"""The first page: what is late, what comes, and what waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from web.pages.today import today_page


@require_GET
def today(request: SignedInRequest) -> HttpResponse:
    """Everything this person has to look at, from their own steps or from all cases they may see."""
    page = today_page(request.user, is_all=request.GET.get("of") == "cases")
    return render(request, "web/today/today.html", vars(page))
