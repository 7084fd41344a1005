"""Taking a row out of a packet, and the Undo button that stands in the message for ten minutes."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.sign_in.requests import SignedInRequest
from casework.access.own_rows import right_over
from casework.actions.removal import KIND_OF, KINDS, remove, undo
from casework.models import Contact, Name, Person
from casework.views.lookup import case_or_404

OF_IDENTITY = (Name, Contact, Person)
HOMES = {
    "contact": "casework:contacts",
    "claim": "casework:claims",
    "source": "casework:sources",
    "citation": "casework:claims",
    "right": "casework:asks",
    "demand": "casework:asks",
    "ask": "casework:asks",
}


@require_POST
def remove_row(request: SignedInRequest, reference: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Remove one row of any kind, say so with an Undo button, and go back to where its kind is shown or was seen."""
    row = _row(request, reference, kind, pk)
    try:
        remove(actor=request.user, row=row)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        say_removed(request, row)
    if request.POST.get("seen_at") == "concerned":
        return redirect("casework:concerned", reference)
    return redirect(home_of(row))


@require_POST
def undo_row(request: SignedInRequest, reference: str, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Bring a removed row back."""
    row = _row(request, reference, kind, pk)
    try:
        undo(actor=request.user, row=row)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, str(KINDS[kind].restored))
    return redirect(home_of(row))


def say_removed(request: SignedInRequest, row: Any) -> None:
    """Tell that a row is gone, with the address that the message's Undo button sends to."""
    kind = KIND_OF[type(row)]
    address = reverse("casework:undo", args=[row.case.reference, kind, row.pk])
    messages.success(request, str(KINDS[kind].removed), extra_tags=f"undo:{address}")


def home_of(row: Any) -> str:
    """Return the page on which rows of this kind are shown."""
    kind = KIND_OF[type(row)]
    if kind == "citation" and row.claim.removed_at is None:
        return reverse("casework:claim", args=[row.case.reference, row.claim_id])
    return reverse(HOMES.get(kind, "casework:case"), args=[row.case.reference])


def _row(request: SignedInRequest, reference: str, kind: str, pk: uuid.UUID) -> Any:
    """Return the row, removed or not, that the reader may change; 404 for everything else."""
    case = case_or_404(request, reference)
    model = KINDS[kind].model if kind in KINDS else None
    row = model.objects.filter(case=case, pk=pk).first() if model else None
    case_or_404(request, reference, may=right_over(request.user, row) if row else "change_case")
    if model in OF_IDENTITY:
        case_or_404(request, reference, may="view_identity")
    if row is None:
        raise Http404
    row.case = case
    return row
