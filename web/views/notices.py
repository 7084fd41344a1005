"""Notices in the app: the list, and marking them as read."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from web.pages.notices import notices_of
from web.pages.notices_page import notices_page
from work.models import Notice


@leads_back_here
@require_GET
def notices(request: SignedInRequest) -> HttpResponse:
    """The reader's notices, the youngest first, fifty at a time."""
    before = request.GET.get("before", "")
    try:
        page = notices_page(request.user, before=uuid.UUID(before) if before else None)
    except (ValueError, Notice.DoesNotExist):
        raise Http404 from None
    return render(request, "web/notices/notices.html", vars(page))


@require_POST
def read_one(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark one notice as read and go on to what it is about."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect("web:notices")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark every notice of the reader as read."""
    unread = Notice.objects.filter(user=request.user, read_at=None)
    number = unread.update(read_at=timezone.now())
    messages.success(
        request,
        ngettext("One notice is marked as read.", "%(count)d notices are marked as read.", number) % {"count": number},
    )
    return redirect("web:notices")
