"""The one way from an address to a case or one of its rows. What is hidden and what is missing answer alike: 404."""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from casework.access import NotAllowed, may
from casework.dates import in_words
from casework.forms.dates import ImpreciseDateField
from casework.models import Case
from casework.pages.rows import SummaryRow

Row = TypeVar("Row", bound=models.Model)


def case_or_404(request: SignedInRequest, reference: str, may: str = "view_case") -> Case:
    """Return the case with this reference if the reader may know of it, else 404.

    A reader who may see the case but lacks the right asked for gets NotAllowed, which answers 403 in words.
    """
    case = Case.objects.visible_to(request.user).select_related("lead").filter(reference=reference).first()
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


def conflict(
    request: SignedInRequest, *, case: Case, form: Any, saved: Any, back_url: str, tab: str = "packet"
) -> HttpResponse:
    """Answer 409 with what somebody else saved beside what was typed; saving again from there is a choice, not an accident."""
    data = form.data.copy()
    data[form.add_prefix("version")] = saved.version
    form.data = data
    form.instance = saved
    rows = [_compared(form, saved, name) for name in form.fields if name != "version"]
    context = {"case": case, "tab": tab, "form": form, "rows": [row for row in rows if row], "back_url": back_url}
    return render(request, "casework/conflict.html", context, status=409)


def _compared(form: Any, saved: Any, name: str) -> SummaryRow | None:
    """Return the label of a question and what is stored for it now."""
    if not any(field.name == name for field in saved._meta.get_fields()):
        return None
    shown = getattr(saved, f"get_{name}_display", None)
    value = shown() if shown else getattr(saved, name)
    if isinstance(form.fields[name], ImpreciseDateField):
        value = in_words(value) if value else ""
    typed = form.cleaned_data.get(name)
    note = _("differs from yours") if (typed or "") != (getattr(saved, name) or "") else ""
    return SummaryRow(str(form[name].label), value or _("Not written down"), note=note, is_typed=True)


def _require(user: User, right: str, case: Case) -> None:
    if not may(user, right, case):
        raise NotAllowed(right, case)
