"""Office: how we sign. For administrators; to everybody else the page does not exist."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from directory.actions import office as office_actions
from directory.forms.office import ContactWordsForm, OfficeContactForm, OfficeIdentityForm
from directory.models import OfficeContact
from directory.pages.office import office_page


@leads_back_here
@require_http_methods(["GET", "POST"])
def identity(request: SignedInRequest) -> HttpResponse:
    """Letterhead, languages and contacts of the office."""
    for_administrators(request)
    form = OfficeIdentityForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: office_actions.change_identity(actor=request.user, **form.cleaned_data),
        done=_("The letterhead is changed for papers from now on. Copies that left keep theirs."),
        back=reverse("directory:office_identity"),
        draw=lambda status: render(request, "directory/office/identity.html", vars(office_page(form)), status=status),
    )


@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest) -> HttpResponse:
    """Name a person whom readers may answer."""
    for_administrators(request)
    form = OfficeContactForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: office_actions.enter_contact(actor=request.user, **form.cleaned_data),
        done=_("The contact is named."),
        back=reverse("directory:office_identity"),
        draw=lambda status: render(request, "directory/office/enter.html", {"form": form}, status=status),
        offers_another=True,
    )


@require_http_methods(["GET", "POST"])
def words(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what a contact is called in another language."""
    for_administrators(request)
    contact = get_object_or_404(OfficeContact, pk=pk)
    form = ContactWordsForm(request.POST or None, contact=contact)
    return answer_form(
        request,
        form,
        act=lambda: office_actions.say_in_language(actor=request.user, contact=contact, **form.cleaned_data),
        done=_("Papers in this language name the contact so from now on."),
        back=reverse("directory:office_identity"),
        draw=lambda status: render(request, "directory/office/words.html", {"form": form}, status=status),
    )


@require_POST
def signs(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Let this contact sign where a paper names nobody else."""
    return _do(request, pk, office_actions.let_sign, _("This contact signs from now on."))


@require_POST
def end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """End a contact at once."""
    return _do(request, pk, office_actions.end_contact, _("The contact is ended. No new paper may rest on them."))


def _do(request: SignedInRequest, pk: uuid.UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    for_administrators(request)
    row = get_object_or_404(OfficeContact, pk=pk)
    try:
        act(actor=request.user, contact=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect("directory:office_identity")


def for_administrators(request: SignedInRequest) -> None:
    """Answer 404 to everybody who does not say how the office signs."""
    if not office_actions.may_manage(request.user):
        raise Http404
