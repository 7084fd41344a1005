"""An answer is recorded."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.actions import consent as consent_actions
from casework.models import Case, Consent, Contact
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404
from consents.forms.answers import ConsentForm


def add_consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record one answer of one giver."""
    case = case_or_404(request, reference, "keep_consent")
    if Contact.objects.filter(case=case).present().exists():
        record(actor=request.user, verb="casework.identity.viewed", case=case, fields=["contact.name"])
    earlier = _begins_from(case, request.GET.get("from", "")) if request.method == "GET" else None
    form = ConsentForm(posted(request), case=case, reader=request.user, earlier=earlier, instance=Consent(case=case))
    page = FormPage(
        case,
        form,
        _("Record an answer"),
        _("Record the answer"),
        reverse("casework:consents", args=[case.reference]),
        lead=_(
            "Tell them what for, whom for, what may follow, that what is public cannot be called back, and that they may say no."
        ),
    )
    return answer_case_form(
        request,
        page,
        act=lambda: consent_actions.record_consent(
            actor=request.user,
            case=case,
            values=form.values(),
            grants=form.cleaned_data["grants"],
            ends=form.ends(),
        ),
        done=_("The answer was recorded."),
        template="casework/consent/form.html",
    )


def _begins_from(case: Case, pk: str) -> Consent | None:
    """Return the answer of this case from which a newer one begins; nothing where the address names none."""
    try:
        wanted = uuid.UUID(pk)
    except ValueError:
        return None
    return Consent.objects.present().filter(case=case, pk=wanted, basis=Consent.Basis.CONSENT).first()
