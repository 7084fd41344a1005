"""The packet tab: everything that is known of a case, on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from casework.access import rights_on
from casework.views.lookup import case_or_404
from packet.pages.story import packet_page


@require_GET
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the packet with what is missing beside it; names and contacts stay sealed here."""
    found = case_or_404(request, reference)
    page = packet_page(found, request.user, rights_on(request.user, found))
    return render(request, "packet/story.html", vars(page))
