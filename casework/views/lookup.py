"""The one way from an address to a case or one of its rows. What is hidden and what is missing answer alike: 404."""

import uuid
from typing import TypeVar

from django.db import models
from django.http import Http404

from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from casework.access import NotAllowed, may
from casework.models import Case
from sealing.queries import PERSON, TEXT, written_once

Row = TypeVar("Row", bound=models.Model)


@written_once(reader=PERSON, reference=TEXT)
def _seen(*, reader: User, reference: str) -> models.QuerySet[Case]:
    return Case.objects.visible_to(reader).select_related("lead").filter(reference=reference)[:1]


def case_or_404(request: SignedInRequest, reference: str, may: str = "view_case") -> Case:
    """Return the case with this reference if the reader may know of it, else 404.

    A reader who may see the case but lacks the right asked for gets NotAllowed, which answers 403 in words.
    """
    case = _seen.first(reader=request.user, reference=reference)
    if case is None:
        raise Http404
    if may != "view_case":
        _require(request.user, may, case)
    return case


def row_or_404(
    model: type[Row], request: SignedInRequest, reference: str, pk: uuid.UUID, *, may: str = "view_case"
) -> Row:
    """Return a present row of the case, with the case on it; 404 where either is missing, hidden or removed."""
    case = case_or_404(request, reference, may)
    rows = model._default_manager.filter(case=case, pk=pk)  # type: ignore[misc]
    if any(field.name == "removed_at" for field in model._meta.concrete_fields):
        rows = rows.filter(removed_at=None)
    row = rows.first()
    if row is None:
        raise Http404
    row.case = case  # type: ignore[attr-defined]
    return row


def _require(user: User, right: str, case: Case) -> None:
    if not may(user, right, case):
        raise NotAllowed(right, case)


def asked_for(model: type[Row], key: str, case: Case) -> Row | None:
    """Return the present row of this case whose key an address carries; anything else that stands there is no row."""
    try:
        pk = uuid.UUID(key)
    except ValueError:
        return None
    return model._default_manager.filter(case=case, pk=pk, removed_at=None).first()  # type: ignore[misc]
