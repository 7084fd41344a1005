"""What a page keeps by itself while somebody writes in it (static/keep.js)."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from accounts import drafts
from accounts.sign_in.requests import SignedInRequest


@drafts.keeps_no_draft
@require_POST
def keep_typed(request: SignedInRequest) -> HttpResponse:
    """Keep what stands in a form of mine; the answer says under which key and at which hour, and no word of it."""
    now = timezone.now()
    try:
        kept = drafts.keep_typed(
            person=request.user,
            request_path=request.POST.get(drafts.KEPT_AT, ""),
            fields=drafts.fields_of(request),
            replaces=drafts.as_key(request.POST.get(drafts.KEPT, "")),
            now=now,
        )
    except drafts.NotKeptNow as refused:
        return JsonResponse({}, status=refused.status)
    return JsonResponse({"kept": str(kept.pk), "at": date_format(timezone.localtime(now), "H:i")})
