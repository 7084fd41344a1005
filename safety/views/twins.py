"""The cases that may be about the person of this one, and the ruling of a signer."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from casework.models import Case, PossibleTwin
from casework.views.lookup import case_or_404
from safety import actions
from safety.forms.twins import TwinRulingForm
from safety.pages.twins import rule_on_twin_page, twins_page


@leads_back_here
@require_safe
def twins(request: SignedInRequest, reference: str) -> HttpResponse:
    """Which cases may be about the same person, as far as this reader may know of them."""
    case = case_or_404(request, reference)
    return render(request, "safety/twins.html", vars(twins_page(case, request.user)))


def rule_on_twin(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponseBase:
    """Rule on one pair. Who may not sign is answered before a second factor is asked."""
    case = case_or_404(request, reference, may="sign_review")
    twin = PossibleTwin.objects.of(case).select_related("one", "other").filter(pk=pk).first()
    if twin is None:
        raise Http404
    return _rule(request, case, twin)


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _rule(request: SignedInRequest, case: Case, twin: PossibleTwin) -> HttpResponse:
    form = TwinRulingForm(request.POST if request.method == "POST" else None)
    page = rule_on_twin_page(case, twin, request.user, form)
    if page is None:
        raise Http404
    return answer_form(
        request,
        form,
        act=lambda: actions.rule_on_twin(
            actor=request.user, twin=twin, proof=request.second_factor_proof, **form.cleaned_data
        ),
        done=_("Your ruling is kept."),
        back=page.back_url,
        draw=lambda status: render(request, "safety/rule_on_twin.html", vars(page), status=status),
    )
