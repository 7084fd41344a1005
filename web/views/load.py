"""The load of people and cases, and the cases about which nothing was done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from web.pages.load import forgotten_page, forgotten_sheet, load_page


@leads_back_here
@require_GET
def load(request: SignedInRequest) -> HttpResponse:
    """Whose steps are late and due, what slips and what blocks: mine, of a case, or of all cases one may see."""
    asked = request.GET
    page = load_page(
        request.user,
        of=asked.get("of", ""),
        reference=asked.get("case", ""),
        chosen=asked.get("list", ""),
        after=asked.get("after", ""),
    )
    return render(request, "web/load/load.html", vars(page))


@leads_back_here
@require_GET
def forgotten(request: SignedInRequest) -> HttpResponse:
    """Each case with since when nothing was done for it, the longest first."""
    return render(
        request, "web/load/forgotten.html", vars(forgotten_page(request.user, after=request.GET.get("after", "")))
    )


@require_GET
def forgotten_on_a_sheet(request: SignedInRequest) -> HttpResponse:
    """The same on one sheet, to print."""
    return render(request, "web/load/sheet.html", vars(forgotten_sheet(request.user)))
