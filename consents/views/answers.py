"""An answer is recorded: the first press shows what it changes, the second saves it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from accounts.views.once import NoToken, SentAlready, refuse_again
from audit.trail import record
from casework.consent_rule import Ledger, ledger_of
from casework.models import Case, Consent, Contact
from casework.pages.consent_matrix import PrisonerLedger, is_withdrawn
from casework.views.form_page import posted
from casework.views.lookup import case_or_404
from consents.actions.answers import save_answer
from consents.forms.answers import ConsentForm
from consents.pages.record import present_answer, record_page

SAID_UNASKED = "unasked"


def add_consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record one answer of one giver. After a withdrawal it opens only for what was said unasked."""
    case = case_or_404(request, reference, "keep_consent")
    ledger, home = ledger_of(case), reverse("casework:consents", args=[reference])
    is_gone = is_withdrawn(PrisonerLedger(ledger))
    if is_gone and request.method == "GET" and SAID_UNASKED not in request.GET:
        return redirect(home)
    earlier = _begins_from(ledger, request.GET.get("from", ""))
    shown = ["contact.name"] if Contact.objects.filter(case=case).present().exists() else []
    shown += ["consent.giver_name", "consent.limits"] if earlier is not None and request.method == "GET" else []
    if shown:
        record(actor=request.user, verb="casework.identity.viewed", case=case, fields=shown)
    form = ConsentForm(posted(request), case=case, ledger=ledger, earlier=earlier, instance=Consent(case=case))
    if form.is_bound and form.is_valid() and not _is_to_save(request, form):
        form.refill()
        return _drawn(request, case, form, is_asked=True)
    return answer_form(
        request,
        form,
        act=lambda: save_answer(actor=request.user, case=case, told=form.told_to_save),
        done=_("The answer was recorded."),
        back=home,
        draw=lambda status: _drawn(request, case, form, status=status),
    )


def _is_to_save(request: SignedInRequest, form: ConsentForm) -> bool:
    """Say whether this is the second press: these changes were shown, or this very page was saved already."""
    if "save" not in request.POST or form.is_seen:
        return "save" in request.POST
    try:
        refuse_again(request)
    except (SentAlready, NoToken):
        return True
    return False


def _drawn(
    request: SignedInRequest, case: Case, form: ConsentForm, *, is_asked: bool = False, status: int = 200
) -> HttpResponse:
    page = record_page(case, form, request.get_full_path(), request.user, is_asked=is_asked)
    return render(request, "casework/consent/record.html", vars(page), status=status)


def _begins_from(ledger: Ledger, pk: str) -> Consent | None:
    """Return the answer that the address names, or the present one; none that was presumed."""
    try:
        wanted = uuid.UUID(pk)
    except ValueError:
        return present_answer(ledger)
    rows = (row for row in ledger.answers if row.pk == wanted and row.basis == Consent.Basis.CONSENT)
    return next(rows, None)
