"""Days away and deputies: one's own, and those that a director or an administrator writes for somebody."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.actions.absences import WRITERS, may_write_for
from accounts.forms.absences import AbsenceForm
from accounts.models import Absence, User
from accounts.pages.absences import away_page
from accounts.roles import holds
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from accounts.views.outcome import done_or_refused


@require_http_methods(["GET", "POST"])
def away(request: SignedInRequest) -> HttpResponse:
    """When I am away, and who stands in for me."""
    return _away(request, request.user)


@require_http_methods(["GET", "POST"])
def away_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """When somebody else is away; for directors and administrators."""
    if not holds(request.user, *WRITERS):
        raise Http404
    return _away(request, get_object_or_404(User, pk=pk, is_active=True))


@require_POST
def end_absence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that somebody is here again, or will not be away."""
    absence = get_object_or_404(Absence.objects.select_related("user"), pk=pk)
    if not may_write_for(request.user, absence.user):
        raise Http404
    back = _address(request, absence.user)
    return done_or_refused(
        request,
        lambda: actions.end_absence(actor=request.user, absence=absence),
        done=_("The absence is ended. Nobody stands in any more."),
        then=back,
        back=back,
    )


def _away(request: SignedInRequest, whom: User) -> HttpResponse:
    if not may_write_for(request.user, whom):
        raise Http404
    form = AbsenceForm(request.POST if request.method == "POST" else None, person=whom)
    return answer_form(
        request,
        form,
        act=lambda: actions.write_absence(actor=request.user, person=whom, **form.cleaned_data),
        done=_("It is written. The deputy is told."),
        back=_address(request, whom),
        draw=lambda status: render(
            request, "accounts/away.html", vars(away_page(whom, form, reader=request.user)), status=status
        ),
    )


def _address(request: SignedInRequest, whom: User) -> str:
    return reverse("accounts:away") if whom.pk == request.user.pk else reverse("accounts:away_of", args=[whom.pk])
