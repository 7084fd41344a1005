"""Approaches of a case: the list with what came back, recording a call or another approach, withdrawing one."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.doubles import Double
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.actions import approaches
from advocacy.answering.told import beyond_consent
from advocacy.forms.approaches import ApproachForm, CallForm, TalkForm, key_of
from advocacy.forms.replies import WithdrawRecordForm
from advocacy.models import Approach
from advocacy.pages.answers import answers_page
from casework.models import Case
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404
from directory.models import Actor

FORM = "advocacy/answers/form.html"


@leads_back_here
@require_GET
def answers(request: SignedInRequest, reference: str) -> HttpResponse:
    """The approaches of a case and what came back, newest first."""
    case, after = case_or_404(request, reference), request.GET.get("after", "")
    key = key_of(after) if after else None
    if after and key is None:
        raise Http404
    try:
        page = answers_page(case, request.user, after=key)
    except LookupError:
        raise Http404 from None
    return render(request, "advocacy/answers/list.html", vars(page))


@require_http_methods(["GET", "POST"])
def record_call(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record a call, with what came of it."""
    case = case_or_404(request, reference, may="plan")
    whom, follows = _known(request, case)
    form = CallForm(posted(request), case=case, user=request.user, whom=whom, follows=follows)
    page = FormPage(
        case,
        form,
        _("Record a call"),
        _("Record the call"),
        back_url=reverse("advocacy:answers", args=[reference]),
        tab="plan",
        offers_another=True,
    )
    return answer_case_form(
        request,
        page,
        act=lambda: approaches.record_approach(actor=request.user, case=case, new=form.new(), reply=form.reply()),
        done=_("The call is recorded."),
        back=lambda row: _row_address(case, row),
        template="advocacy/answers/call.html",
        double=lambda: _told_beyond(form, case),
    )


@require_http_methods(["GET", "POST"])
def record_approach(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record a letter, a meeting, a submission, a hearing or a hand-over."""
    case = case_or_404(request, reference, may="plan")
    whom, follows = _known(request, case)
    form = ApproachForm(posted(request), case=case, user=request.user, whom=whom, follows=follows)
    page = FormPage(
        case,
        form,
        _("Record an approach"),
        _("Record the approach"),
        back_url=reverse("advocacy:answers", args=[reference]),
        tab="plan",
        lead=form.whom_words or _("A copy of ours that was handed over stands in the list by itself."),
    )
    return answer_case_form(
        request,
        page,
        act=lambda: approaches.record_approach(actor=request.user, case=case, new=form.new()),
        done=_("The approach is recorded."),
        back=lambda row: _row_address(case, row),
        template=FORM,
        double=lambda: _told_beyond(form, case),
    )


@require_http_methods(["GET", "POST"])
def withdraw_approach(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Withdraw an approach that was recorded wrongly, with a reason."""
    case = case_or_404(request, reference, may="plan")
    row = row_or_404(Approach, request, reference, pk)
    form = WithdrawRecordForm(posted(request))
    page = FormPage(
        case, form, _("Withdraw the approach"), _("Withdraw it"), back_url=_row_address(case, row), tab="plan"
    )
    return answer_case_form(
        request,
        page,
        act=lambda: approaches.withdraw_approach(actor=request.user, approach=row, reason=form.cleaned_data["reason"]),
        done=_("The approach is withdrawn. It stays readable with the reason."),
        template=FORM,
    )


def _row_address(case: Case, row: Approach) -> str:
    return f"{reverse('advocacy:answers', args=[case.reference])}#a-{row.pk}"


def _known(request: SignedInRequest, case: Case) -> tuple[Actor | None, Approach | None]:
    """Return whom the address names, or which approach it follows; 404 for what is not there or not of this case."""
    to, follows = request.GET.get("to", ""), request.GET.get("follows", "")
    if follows:
        rows = Approach.objects.present().select_related("actor__parent__parent")
        row = get_object_or_404(rows, case=case, pk=key_of(follows))
        row.case = case
        return None, row
    if to:
        return get_object_or_404(Actor.objects.in_use().with_places(), pk=key_of(to)), None
    return None, None


def _told_beyond(form: TalkForm, case: Case) -> Double | None:
    """Return what was told beside what consent allows those who were told, to be read before it is saved."""
    items = form.cleaned_data.get("told_items", ())
    copy = form.chosen_copy() if isinstance(form, ApproachForm) else None
    beyond = beyond_consent(case, items, to=form.entry(), copy=copy)
    if not beyond:
        return None
    said = _("Consent does not allow this to whom you told it: %(items)s.") % {"items": ", ".join(beyond)}
    return Double(
        words=said,
        url=reverse("casework:consents", args=[case.reference]),
        key="told:" + ",".join(sorted(items)),
        link=_("See the consent."),
        says=_("To record it as it was, send it once more."),
    )
