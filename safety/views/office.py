"""The office's settings for the gate, for directors alone."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import OfficeRole, holds
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from safety import actions
from safety.forms.orders import OfficeSafetyForm
from safety.models import OfficeSafety


def office_safety(request: SignedInRequest) -> HttpResponseBase:
    """Show and change the settings. To everybody but a director this page does not exist."""
    if not holds(request.user, OfficeRole.DIRECTOR):
        raise Http404
    return _settings(request)


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _settings(request: SignedInRequest) -> HttpResponse:
    form = OfficeSafetyForm(request.POST or None, instance=OfficeSafety.current())
    return answer_form(
        request,
        form,
        act=lambda: actions.change_office_safety(actor=request.user, **form.cleaned_data),
        done=_("The settings are changed. The reason is in the audit trail."),
        back=reverse("safety:office_safety"),
        draw=lambda status: render(request, "safety/office.html", {"form": form}, status=status),
        may_repeat=True,
    )
