"""Help: how the work goes and what the words mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from web.pages.help import help_page as page_of_this_office


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Say in one page how the work goes and what the words mean."""
    return render(request, "web/help.html", vars(page_of_this_office()))
