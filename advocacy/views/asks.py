"""Demands and asks of a case, followed; and how an ask stands."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.actions.asks import may_verify, say_how_an_ask_stands
from advocacy.forms.asks import StandingForm
from advocacy.models import AskStanding
from advocacy.pages.asks_followed import asks_followed_page
from casework.access import rights_on
from casework.models import Ask
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404


@leads_back_here
@require_GET
def asks_followed(request: SignedInRequest, reference: str) -> HttpResponse:
    """Each demand with its asks: asked of whom, answered, promised, met, verified."""
    case = case_or_404(request, reference)
    page = asks_followed_page(case, rights_on(request.user, case))
    return render(request, "advocacy/answers/asks.html", vars(page))


@require_http_methods(["GET", "POST"])
def ask_standing(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Say how an ask stands."""
    case = case_or_404(request, reference, may="plan")
    ask = row_or_404(Ask, request, reference, pk)
    last = AskStanding.objects.filter(ask=ask).order_by("-number").first()
    form = StandingForm(
        posted(request), case=case, after=last.number if last else 0, may_verify=may_verify(request.user, last)
    )
    back = reverse("advocacy:asks_followed", args=[reference])
    lead = _("Asked of %(who)s: %(what)s") % {"who": ask.to, "what": ask.text}
    page = FormPage(case, form, _("How does this ask stand?"), _("Record it"), back_url=back, tab="plan", lead=lead)
    return answer_case_form(
        request,
        page,
        act=lambda: say_how_an_ask_stands(actor=request.user, ask=ask, after=form.after_number(), new=form.new()),
        done=_("Recorded. What was said before stays beneath it."),
    )
