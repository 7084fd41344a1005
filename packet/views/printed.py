"""The packet on paper for a meeting inside the office; with the identity only where it is asked for, and recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import rights_on
from casework.views.lookup import case_or_404
from packet.pages.printed import identity_printed, printed_page


@require_GET
def printed(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the paper without the identity."""
    case = case_or_404(request, reference)
    page = printed_page(case, request.user, rights_on(request.user, case))
    return render(request, "packet/printed.html", vars(page))


@require_GET
def printed_with_identity(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the paper with who the person is; the fields that it shows stand in the trail."""
    case = case_or_404(request, reference, may="view_identity")
    rows, fields = identity_printed(case.persons.present().first(), case.names.present().order_by("created_at"))
    record(actor=request.user, verb="casework.identity.printed", case=case, about=case, fields=fields)
    page = printed_page(case, request.user, rights_on(request.user, case), rows)
    return render(request, "packet/printed.html", vars(page))
