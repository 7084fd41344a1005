"""Where the pages of old lead to that are parts of the story now."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from casework.models import Claim, TimelineEvent
from casework.packet_progress import questions
from casework.views.lookup import asked_for, case_or_404, row_or_404
from packet.pages.events import place_of


def _story(reference: str, place: str) -> HttpResponse:
    return redirect(reverse("casework:case", args=[reference]) + place)


@require_GET
def to_answer(request: SignedInRequest, reference: str, field: str) -> HttpResponse:
    """Lead from the page of one question to its line."""
    case = case_or_404(request, reference)
    if field not in questions():
        raise Http404
    return _story(case.reference, f"?answer={field}#a-{field}")


@require_GET
def to_events(request: SignedInRequest, reference: str) -> HttpResponse:
    """Lead from the tab of the timeline to its part of the story."""
    return _story(case_or_404(request, reference).reference, "#events-h")


@require_GET
def to_new_event(request: SignedInRequest, reference: str) -> HttpResponse:
    """Lead from the form of a new event to the row that adds one, with the claim that begins it."""
    case = case_or_404(request, reference)
    claim = asked_for(Claim, request.GET.get("claim", ""), case)
    return _story(case.reference, (f"?claim={claim.pk}" if claim else "") + "#e0")


@require_GET
def to_event(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Lead from the form of an event to its line, opened."""
    row = row_or_404(TimelineEvent, request, reference, pk)
    return _story(row.case.reference, place_of(row))
