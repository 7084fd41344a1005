"""How safety answers a refused act: every reason at once, nothing changed, and the way back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.models import Case


def refused(
    request: HttpRequest, case: Case, reasons: ValidationError, *, title: str, back: tuple[Any, ...]
) -> HttpResponse:
    """Answer 409 with every reason, and lead back to the page named by `back` (URL name and its arguments)."""
    rows = [{"title": sentence} for sentence in reasons.messages]
    context = {"case": case, "tab": "safety", "title": title, "rows": rows, "back_url": reverse(back[0], args=back[1:])}
    return render(request, "safety/refused.html", context, status=409)
