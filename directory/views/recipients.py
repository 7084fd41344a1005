"""Trusted recipients: who may receive a protective notice. Entered beforehand, approved by two people."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from directory.actions import recipients as recipient_actions
from directory.forms.recipients import RecipientForm
from directory.models import Recipient
from directory.pages.doubles import double_of_recipient
from directory.pages.recipients import approve_page, recipients_page
from directory.views.of_the_office import of_the_office


@leads_back_here
@require_GET
def recipients(request: SignedInRequest) -> HttpResponse:
    """Everybody who may receive a notice, who waits for approval, and who ended."""
    of_the_office(request)
    return render(request, "directory/recipients/recipients.html", vars(recipients_page(request.user)))


@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest) -> HttpResponse:
    """Propose a recipient before anybody needs it."""
    of_the_office(request)
    if not recipient_actions.may_enter(request.user):
        raise PermissionDenied(recipient_actions.MAY_NOT_ENTER)
    form = RecipientForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: recipient_actions.enter(actor=request.user, **form.cleaned_data),
        done=_("The recipient is entered. It counts once two people approved it."),
        back=reverse("directory:recipients"),
        draw=lambda status: render(request, "directory/recipients/enter.html", {"form": form}, status=status),
        offers_another=True,
        double=lambda: double_of_recipient(form.cleaned_data["name"]),
    )


def approve(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Read what was entered and approve it, with a second factor shown a moment ago."""
    of_the_office(request)
    return _approve(request, pk)


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _approve(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(Recipient.objects.select_related("entered_by", "approved_by", "seconded_by"), pk=pk)
    refused: list[str] = []
    if request.method == "POST":
        try:
            row = recipient_actions.approve(actor=request.user, recipient=row)
        except ValidationError as fault:
            refused = fault.messages
        else:
            is_whole = row.seconded_by_id is not None
            done = (
                _("Two people approved it. It may receive notices.")
                if is_whole
                else _("You approved it. A second person must agree.")
            )
            messages.success(request, done)
            return redirect("directory:recipients")
    page = approve_page(row, request.user, refused)
    return render(request, "directory/recipients/approve.html", vars(page), status=409 if refused else 200)


@require_POST
def end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End a recipient at once."""
    of_the_office(request)
    row = get_object_or_404(Recipient, pk=pk)
    try:
        recipient_actions.end(actor=request.user, recipient=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The recipient is ended. Nothing goes there any more."))
    return redirect("directory:recipients")
