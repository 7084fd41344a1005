"""Notices in the app: the list, and marking them as read."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.sign_in.requests import SignedInRequest
from web.pages.notices import SHOWN, lines_of, notices_of


@require_GET
def notices(request: SignedInRequest) -> HttpResponse:
    """The reader's notices, the youngest first, fifty at a time."""
    mine = notices_of(request.user)
    before = request.GET.get("before", "")
    rows = mine
    if before:
        try:
            last = mine.filter(pk=uuid.UUID(before)).first()
        except ValueError:
            last = None
        if last is None:
            raise Http404
        rows = mine.filter(made_at__lt=last.made_at)
    found = list(rows[: SHOWN + 1])
    context = {
        "lines": lines_of(found[:SHOWN]),
        "unread": mine.filter(read_at=None)[: SHOWN + 1].count(),
        "next_url": f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else "",
        "is_first": not before,
    }
    return render(request, "web/notices/notices.html", context)


@require_POST
def read_one(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark one notice as read and go on to what it is about."""
    notice = notices_of(request.user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    notices_of(request.user).model.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect("web:notices")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark every notice of the reader as read."""
    unread = notices_of(request.user).model.objects.filter(user=request.user, read_at=None)
    number = unread.update(read_at=timezone.now())
    messages.success(
        request,
        ngettext("One notice is marked as read.", "%(count)d notices are marked as read.", number) % {"count": number},
    )
    return redirect("web:notices")
