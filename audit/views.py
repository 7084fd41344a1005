"""The trail, for auditors alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.pages import entries_page


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The newest entries, or those before one; to everybody but an auditor this page does not exist."""
    if not getattr(request.user, "may_read_trail", lambda: False)():
        raise Http404
    return render(request, "audit/entries.html", vars(entries_page(request.GET)))
