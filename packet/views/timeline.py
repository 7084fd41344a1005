"""The timeline of a case, and the form for one event."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.sign_in.requests import SignedInRequest
from casework.access import rights_on
from casework.actions import timeline as timeline_actions
from casework.models import Claim, TimelineEvent
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import asked_for, case_or_404, row_or_404
from packet.forms.timeline import EventForm
from packet.pages.timeline import event_page, new_event_page, timeline_page


@require_GET
def timeline(request: SignedInRequest, reference: str) -> HttpResponse:
    """What happened, in order, each date no more exact than it is known."""
    case = case_or_404(request, reference)
    page = timeline_page(case, may_change="change_case" in rights_on(request.user, case))
    return render(request, "packet/timeline.html", vars(page))


def add_event(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put an event on the timeline."""
    case = case_or_404(request, reference, "change_case")
    claim = asked_for(Claim, request.GET.get("claim", ""), case)
    told = {"event": claim.text, "on": claim.on, "claim": claim} if claim else {}
    form = EventForm(posted(request), case=case, instance=TimelineEvent(case=case, **told))
    return answer_case_form(
        request,
        new_event_page(case, form),
        act=lambda: timeline_actions.add_event(actor=request.user, case=case, values=form.values()),
        done=_("The event was added."),
    )


def change_event(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change an event."""
    row = row_or_404(TimelineEvent, request, reference, pk, may="change_case")
    form = EventForm(posted(request), case=row.case, instance=row)
    return answer_case_form(
        request,
        event_page(row, form),
        act=lambda: timeline_actions.change_event(
            actor=request.user, row=row, version=form.opened_version, values=form.values()
        ),
        done=_("The event was saved."),
    )
