"""The questions of a packet that have no fact as their answer."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.actions import detention as detention_actions
from casework.forms.cases import AnswerForm
from casework.packet_progress import facts_of, question_lines
from casework.views.lookup import case_or_404
from packet.pages.detention import question_page
from packet.views.links import where_to_write


@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, reference: str, field: str) -> HttpResponse:
    """Record that a question is unknown, refused or not needed; or lead to where its fact is written."""
    case = case_or_404(request, reference, may="change_case")
    line = question_lines(facts_of(case)).get(field)
    if line is None:
        raise Http404
    held = line.answer
    initial = {"answer": held.answer, "asked": held.asked} if held else {}
    form = AnswerForm(request.POST or None, initial=initial)
    page = question_page(case, form, line, fact_url=where_to_write(case, line.question.page))
    return answer_form(
        request,
        form,
        act=lambda: detention_actions.record_answer(actor=request.user, case=case, field=field, **form.cleaned_data),
        done=_("The answer is recorded."),
        back=reverse("casework:case", args=[case.reference]),
        draw=lambda status: render(request, "packet/answer.html", vars(page), status=status),
    )
