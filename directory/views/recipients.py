"""Trusted recipients: who may receive a protective notice. Entered beforehand, approved by two people."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.form_faults import take
from accounts.roles import is_of_the_office
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from directory.actions import recipients as acts
from directory.forms.recipients import RecipientForm
from directory.models import Recipient
from directory.vocabulary import label


@require_GET
def recipients(request: SignedInRequest) -> HttpResponse:
    """Everybody who may receive a notice, who waits for approval, and who ended."""
    _of_the_office(request)
    rows = [
        _shown(row, request.user)
        for row in Recipient.objects.select_related("entered_by", "approved_by", "seconded_by").order_by("entered_at")
    ]
    context = {
        "approved": [row for row in rows if row["is_approved"]],
        "waiting": [row for row in rows if not row["is_approved"] and not row["recipient"].ended_at],
        "ended": [row for row in rows if row["recipient"].ended_at],
        "may_approve": acts.may_approve(request.user),
        "may_enter": acts.may_enter(request.user),
    }
    return render(request, "directory/recipients/recipients.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest) -> HttpResponse:
    """Propose a recipient before anybody needs it."""
    _of_the_office(request)
    if not acts.may_enter(request.user):
        raise PermissionDenied(acts.MAY_NOT_ENTER)
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.enter(actor=request.user, **form.cleaned_data)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("The recipient is entered. It counts once two people approved it."))
            return redirect("directory:recipients")
    return render(request, "directory/recipients/enter.html", {"form": form}, status=422 if form.errors else 200)


def approve(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Read what was entered and approve it, with a second factor shown a moment ago."""
    _of_the_office(request)
    return _approve(request, pk)


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _approve(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(Recipient.objects.select_related("entered_by", "approved_by", "seconded_by"), pk=pk)
    context: dict[str, Any] = {"row": _shown(row, request.user)}
    if request.method == "POST":
        try:
            row = acts.approve(actor=request.user, recipient=row)
        except ValidationError as refused:
            context["refused"] = [{"title": sentence} for sentence in refused.messages]
            return render(request, "directory/recipients/approve.html", context, status=409)
        is_whole = row.seconded_by_id is not None
        done = (
            _("Two people approved it. It may receive notices.")
            if is_whole
            else _("You approved it. A second person must agree.")
        )
        messages.success(request, done)
        return redirect("directory:recipients")
    return render(request, "directory/recipients/approve.html", context)


@require_POST
def end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End a recipient at once."""
    _of_the_office(request)
    row = get_object_or_404(Recipient, pk=pk)
    try:
        acts.end(actor=request.user, recipient=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The recipient is ended. Nothing goes there any more."))
    return redirect("directory:recipients")


def _of_the_office(request: SignedInRequest) -> None:
    """To outside reviewers the list does not exist: it says whom the office trusts."""
    if not is_of_the_office(request.user):
        raise Http404


def _shown(row: Recipient, user: Any) -> dict[str, Any]:
    is_approved = bool(row.approved_by_id and row.seconded_by_id and row.channel_verified_on and not row.ended_at)
    if row.ended_at:
        state = _("Ended")
    elif is_approved:
        state = _("Approved by %(first)s and %(second)s") % {"first": row.approved_by, "second": row.seconded_by}
    elif row.approved_by_id:
        state = _("Approved by %(first)s. A second person must agree.") % {"first": row.approved_by}
    else:
        state = _("Nobody has approved it yet.")
    return {
        "recipient": row,
        "audience": label("consent_audience", row.audience),
        "passing": _("Passes the name to the holding State") if row.passes_name_on else _("Keeps the name to itself"),
        "state": state,
        "is_approved": is_approved,
        "may_approve": not is_approved and not row.ended_at and row.approved_by_id != user.pk,
    }
