"""The safety tab of a case."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import rights_on
from casework.models import Case
from casework.views.lookup import case_or_404
from safety.models import Hold, Posture, RiskAssessment, RiskEvent
from safety.pages.history import page_of
from safety.pages.next_step import next_step
from safety.pages.rows import risk_event_rows, shown_hold, worst_harm
from safety.pages.status import standing_of
from safety.people import may_read_content


@require_safe
def safety(request: HttpRequest, reference: str) -> HttpResponse:
    """How the safety of a case stands, what to do next, and what was. What an assessment says is shown by right."""
    case = case_or_404(request, reference)
    rights = rights_on(request.user, case)
    standing = standing_of(case)
    may_read = may_read_content(rights)
    context = {
        "case": case,
        "tab": "safety",
        "standing": standing,
        "rights": rights,
        "may_read": may_read,
        "holds": [shown_hold(hold) for hold in standing.holds],
        "risk_events": risk_event_rows(standing),
        "worst": worst_harm(standing.assessment) if may_read else None,
        "next": next_step(standing, request.user, rights),
        **_histories(request, case),
    }
    return render(request, "safety/safety.html", context)


def _histories(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Return each list of what was, a page of it."""
    written = RiskAssessment.objects.of_cases().filter(case=case).select_related("author", "signed_by")
    happened = RiskEvent.objects.filter(case=case).select_related("noted_by")
    decided = Posture.objects.filter(case=case).select_related("decided_by")
    held = Hold.objects.over(case).select_related("held_by", "lift_asked_by", "lifted_by")
    return {
        "assessments": page_of(written, request, name="assessments", by="written_at"),
        "happened": page_of(happened, request, name="happened", by="noted_at"),
        "postures": page_of(decided, request, name="postures", by="decided_at"),
        "held": page_of(held, request, name="held", by="held_at"),
    }
