"""The treaties that bind a State: seen by everybody of the office, corrected by who may propose for it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from directory import law
from directory.actions import treaties as treaty_actions
from directory.actions.recipients import may_enter
from directory.countries import is_known_country
from directory.forms.treaties import StateForm, TreatyCorrectionForm
from directory.pages.treaties import correct_page, treaties_page


@leads_back_here
@require_GET
def treaties(request: SignedInRequest) -> HttpResponse:
    """How one State stands to each treaty, with source and as-of date."""
    if not is_of_the_office(request.user):
        raise Http404
    form = StateForm(request.GET or None)
    country = form.cleaned_data["country"] if form.is_bound and form.is_valid() else ""
    page = treaties_page(form, country, request.user)
    return render(request, "directory/treaties/treaties.html", vars(page))


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, country: str, treaty: str) -> HttpResponse:
    """Say how a State stands to one treaty, with a reason and a source."""
    if not is_of_the_office(request.user) or not is_known_country(country) or treaty not in law.treaties():
        raise Http404
    if not may_enter(request.user):
        raise PermissionDenied(treaty_actions.MAY_NOT_CORRECT)
    form = TreatyCorrectionForm(request.POST or None)
    return answer_form(
        request,
        form,
        act=lambda: treaty_actions.correct(actor=request.user, country=country, treaty=treaty, **form.cleaned_data),
        done=_("It is corrected for every paper from now on. What was said before stays recorded."),
        back=f"{reverse('directory:treaties')}?country={country}",
        draw=lambda status: render(
            request, "directory/treaties/correct.html", vars(correct_page(country, treaty, form)), status=status
        ),
    )
