"""Replies: what came back to an approach or a copy, whether a promise was kept, withdrawing one."""

import uuid

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.sign_in.requests import SignedInRequest
from advocacy.actions import replies
from advocacy.forms.replies import KEPT, PromiseForm, ReplyForm, WithdrawRecordForm
from advocacy.models import Approach, Reply
from casework.models import Case
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404
from materials.models import Copy

FORM = "advocacy/answers/form.html"


@require_http_methods(["GET", "POST"])
def approach_reply(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Record what came back to an approach."""
    case = case_or_404(request, reference, may="plan")
    row = row_or_404(Approach, request, reference, pk)
    return _record(request, case, approach=row, lead=row.actor.line if row.actor else row.to_name or "")


@require_http_methods(["GET", "POST"])
def copy_reply(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Record what came back to a copy that was handed over; to who may not send it there is no such copy."""
    case = case_or_404(request, reference, may="plan")
    rows = Copy.objects.where(request.user, may="dispatch").held(case=case).filter(handed_over_at__isnull=False)
    row = rows.select_related("material").filter(pk=pk).first()
    if row is None:
        raise Http404
    return _record(request, case, copy=row, lead=row.recipient_name or "")


@require_http_methods(["GET", "POST"])
def settle_promise(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Say whether a promise was kept or broken."""
    case = case_or_404(request, reference, may="plan")
    row = row_or_404(Reply, request, reference, pk)
    form = PromiseForm(posted(request))
    page = FormPage(
        case,
        form,
        _("Was the promise kept?"),
        _("Record it"),
        back_url=_address(case, row),
        tab="plan",
        lead=row.promised,
    )
    return answer_case_form(
        request,
        page,
        act=lambda: replies.settle_promise(
            actor=request.user,
            reply=row,
            is_kept=form.cleaned_data["state"] == KEPT,
            on=form.cleaned_data["on"],
        ),
        done=_("It is recorded how the promise ended."),
        template=FORM,
    )


@require_http_methods(["GET", "POST"])
def withdraw_reply(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Withdraw a reply that was recorded wrongly, with a reason."""
    case = case_or_404(request, reference, may="plan")
    row = row_or_404(Reply, request, reference, pk)
    form = WithdrawRecordForm(posted(request))
    page = FormPage(case, form, _("Withdraw the answer"), _("Withdraw it"), back_url=_address(case, row), tab="plan")
    return answer_case_form(
        request,
        page,
        act=lambda: replies.withdraw_reply(actor=request.user, reply=row, reason=form.cleaned_data["reason"]),
        done=_("The answer is withdrawn. It stays readable with the reason."),
        template=FORM,
    )


def _record(
    request: SignedInRequest, case: Case, *, lead: str, approach: Approach | None = None, copy: Copy | None = None
) -> HttpResponse:
    form = ReplyForm(posted(request))
    back = reverse("advocacy:answers", args=[case.reference])
    page = FormPage(case, form, _("Record the answer"), _("Record the answer"), back_url=back, tab="plan", lead=lead)
    return answer_case_form(
        request,
        page,
        act=lambda: replies.record_reply(actor=request.user, case=case, new=form.new(), approach=approach, copy=copy),
        done=_("The answer is recorded."),
        back=lambda row: _address(case, row),
        template=FORM,
    )


def _address(case: Case, row: Reply) -> str:
    """Return where a reply stands in the list."""
    place = f"a-{row.approach_id}" if row.approach_id else f"c-{row.copy_id}"
    return f"{reverse('advocacy:answers', args=[case.reference])}#{place}"
