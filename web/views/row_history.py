"""The history of one row of a case: a claim, an event, a name, a step."""

import uuid

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import rights_on
from casework.models import Case
from casework.views.lookup import case_or_404, row_or_404
from web.pages.row_history import KINDS, HistoryKind, row_history_page


@require_GET
def history(request: SignedInRequest, reference: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Show who changed a row, when and what; where that shows the identity, the look stands in the trail."""
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    row = _row(request, reference, pk, known)
    case = case_or_404(request, reference)
    page = row_history_page(case, kind, row, rights_on(request.user, case), before=request.GET.get("before", ""))
    if page.identity_shown:
        verb = "casework.contact.viewed" if kind == "contact" else "casework.identity.viewed"
        record(actor=request.user, verb=verb, case=case, about=row, fields=page.identity_shown)
    return render(request, "web/history/row.html", vars(page))


def _row(request: SignedInRequest, reference: str, pk: uuid.UUID, known: HistoryKind) -> Model:
    if known.model is not Case:
        may = "view_identity" if known.is_identity else "view_case"
        return row_or_404(known.model, request, reference, pk, may=may)
    case = case_or_404(request, reference)
    if case.pk != pk:
        raise Http404
    return case
