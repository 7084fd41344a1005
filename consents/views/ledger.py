"""The consent ledger: what is allowed to whom, and each answer on its page."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from audit.trail import record
from casework.access import rights_on
from casework.models import Consent
from casework.views.lookup import case_or_404, row_or_404
from consents.pages.ledger import consent_page, ledger_page


@leads_back_here
@require_GET
def consents(request: SignedInRequest, reference: str) -> HttpResponse:
    """The whole ledger of a case: the matrix, every answer, and what is wished."""
    case = case_or_404(request, reference)
    page = ledger_page(case, rights_on(request.user, case))
    return render(request, "casework/consent/ledger.html", vars(page))


@leads_back_here
@require_GET
def consent(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One answer; names and words of the giver are shown to who may see the identity, and the look is recorded."""
    row = row_or_404(Consent, request, reference, pk)
    rights = rights_on(request.user, row.case)
    if "view_identity" in rights:
        fields = ["consent.giver_name", "consent.limits", "consent.proof", "consent.tried"]
        record(actor=request.user, verb="casework.identity.viewed", case=row.case, about=row, fields=fields)
    return render(request, "casework/consent/consent.html", vars(consent_page(row, request.user, rights)))
