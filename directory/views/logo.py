"""The logo of the office: chosen and taken off by administrators, drawn on the print view of a paper for its readers."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from directory.actions import logo as logo_actions
from directory.forms.logo import OfficeLogoForm
from directory.models import OfficeLogo
from directory.views.office import for_administrators


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest) -> HttpResponse:
    """Choose a picture for the letterhead."""
    for_administrators(request)
    form = OfficeLogoForm(request.POST, request.FILES) if request.method == "POST" else OfficeLogoForm()
    return answer_form(
        request,
        form,
        act=lambda: logo_actions.change_logo(actor=request.user, data=form.cleaned_data["picture"].read()),
        done=_("The logo is changed for papers from now on. Copies that left keep theirs."),
        back=reverse("directory:office_identity"),
        draw=lambda status: render(request, "directory/office/logo.html", {"form": form}, status=status),
    )


@require_POST
def remove(request: SignedInRequest) -> HttpResponse:
    """Take the logo off the letterhead."""
    for_administrators(request)
    if logo_actions.remove_logo(actor=request.user):
        messages.success(request, _("The logo is off the letterhead. Copies that left keep theirs."))
    else:
        messages.info(request, _("There is no logo."))
    return redirect("directory:office_identity")


@require_GET
def picture(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The picture itself, for everybody who may sign in: it stands on every paper, which reviewers of other houses read too."""
    row = get_object_or_404(OfficeLogo, pk=pk, picture__isnull=False)
    if not row.carries_mark():
        raise Http404
    answer = HttpResponse(row.png, content_type="image/png")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
