"""The activity tab: what was done on a case, by whom and when. Details stay in the trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from audit.models import Entry
from casework.pages.activity import activity_rows
from casework.views.lookup import case_or_404

ROWS = 50


@require_GET
def activity(request: SignedInRequest, reference: str) -> HttpResponse:
    """List the entries of the trail about the case, newest first, paged by their number."""
    case = case_or_404(request, reference)
    before = request.GET.get("before", "")
    entries = Entry.objects.about_case(case.pk).defer("detail", "office_detail")
    if before.isdecimal():
        entries = entries.filter(sequence__lt=int(before))
    shown = list(entries[: ROWS + 1])
    names = User.objects.in_bulk({entry.actor_id for entry in shown if entry.actor_id})
    rows = activity_rows(shown[:ROWS], names)
    more = len(shown) > ROWS
    context = {
        "case": case,
        "tab": "activity",
        "rows": rows,
        "next_url": f"?before={shown[ROWS - 1].sequence}" if more else "",
        "first_url": request.path if before else "",
    }
    return render(request, "casework/activity.html", context)
