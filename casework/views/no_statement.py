"""Saying that no statement by the authorities is known, as of a day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.actions import no_statement as actions
from casework.forms.no_statement import NoStatementForm
from casework.pages.no_statement import no_statement_page
from casework.views.lookup import case_or_404


@require_http_methods(["GET", "POST"])
def no_statement(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say that we know of no statement by the authorities, as of the day on which one looked."""
    case = case_or_404(request, reference, may="change_case")
    form = NoStatementForm(request.POST or None)
    page = no_statement_page(case, form)
    return answer_form(
        request,
        form,
        act=lambda: actions.say_no_statement(actor=request.user, case=case, as_of=form.cleaned_data["as_of"]),
        done=_("It is noted with your name. A text that is composed from now on says so."),
        back=reverse("casework:no_statement", args=[case.reference]),
        draw=lambda status: render(request, "casework/no_statement.html", vars(page), status=status),
    )


@require_POST
def withdraw_no_statement(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take it back."""
    case = case_or_404(request, reference, may="change_case")
    if actions.withdraw_no_statement(actor=request.user, case=case):
        messages.success(request, _("It is taken back. Texts that print it are marked: a fact changed."))
    return redirect("casework:no_statement", case.reference)
