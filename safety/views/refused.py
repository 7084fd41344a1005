"""How safety answers a refused act: every reason at once, nothing changed, and the way back."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.pages.refused import reasons_in_rows
from casework.models import Case
from safety.pages.refused import RefusedPage


def refused(
    request: HttpRequest,
    case: Case,
    reasons: ValidationError,
    *,
    title: str,
    back: tuple[str, *tuple[str | uuid.UUID, ...]],
) -> HttpResponse:
    """Answer 409 with every reason, and lead back to the page named by `back` (URL name and its arguments)."""
    name, *of_what = back
    page = RefusedPage(case, title, reasons_in_rows(reasons.messages), back_url=reverse(name, args=of_what))
    return render(request, "safety/refused.html", vars(page), status=409)
