"""What is presumed and wished, and the ways an answer shrinks."""

import uuid
from collections.abc import Callable

from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.sign_in.requests import SignedInRequest
from casework.access import NotAllowed, rights_on
from casework.actions import consent as consent_actions
from casework.models import Case, Consent
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404
from consents.forms.shrinking import (
    BestInterestForm,
    NarrowForm,
    Nothing,
    PressureForm,
    ShortenForm,
    WishForm,
    end_of,
)
from consents.pages.ledger import ActForm, consent_act_page


def presume_consent(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record that nobody can be asked, and what is presumed for 72 hours."""
    case = case_or_404(request, reference, "keep_consent")
    form = BestInterestForm(posted(request))
    return _answer(
        request,
        case,
        form,
        act=lambda: consent_actions.presume_consent(
            actor=request.user, case=case, tried=form.cleaned_data["tried"], grants=form.cleaned_data["grants"]
        ),
        done=_("Best interest was recorded for 72 hours. A second person must agree."),
        title=_("Record that nobody can be asked"),
        lead=_("Two people decide. It ends after 72 hours, and the person is sought again every day."),
        act_label=_("Record best interest"),
    )


def second_consent(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Agree as the second person that best interest is presumed."""
    row = row_or_404(Consent, request, reference, pk)
    if not rights_on(request.user, row.case) & set(consent_actions.MAY_SECOND):
        raise NotAllowed("keep_consent", row.case)
    return _act_on(
        request,
        row,
        Nothing(posted(request)),
        act=lambda: consent_actions.second_consent(actor=request.user, consent=row),
        done=_("You agreed as the second person."),
        title=_("Agree as the second person"),
        lead=_(
            "Read who was tried. You agree that nobody can be asked and that these steps are in the person's interest."
        ),
        act_label=_("Agree as the second person"),
    )


def withdraw_consent(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Withdraw a consent at once, without asking why."""
    row = row_or_404(Consent, request, reference, pk, may="keep_consent")
    form = PressureForm(posted(request))
    return _act_on(
        request,
        row,
        form,
        act=lambda: consent_actions.withdraw_consent(
            actor=request.user, consent=row, pressure=form.cleaned_data["pressure"]
        ),
        done=_("The consent is withdrawn. Nothing new leaves on it, and nobody asks again."),
        title=_("Withdraw the consent"),
        lead=_("It takes effect at once. No reason is asked. What was disclosed before stays in the list of copies."),
        act_label=_("Withdraw the consent"),
    )


def shorten_consent(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Let a consent end earlier."""
    row = row_or_404(Consent, request, reference, pk, may="keep_consent")
    form = ShortenForm(posted(request))
    return _act_on(
        request,
        row,
        form,
        act=lambda: consent_actions.shorten_consent(
            actor=request.user, consent=row, until_at=end_of(form.cleaned_data["until_on"])
        ),
        done=_("The consent ends earlier now."),
        title=_("Let the consent end earlier"),
        lead=_("A longer one is a new answer: record it when it is given."),
        act_label=_("Shorten the consent"),
    )


def narrow_consent(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take items or audiences out of a consent."""
    row = row_or_404(Consent, request, reference, pk, may="keep_consent")
    form = NarrowForm(posted(request), consent=row)
    return _act_on(
        request,
        row,
        form,
        act=lambda: consent_actions.narrow_consent(actor=request.user, consent=row, keep=form.cleaned_data["grants"]),
        done=_("The consent is narrower now."),
        title=_("Narrow the consent"),
        lead=_("What you untick ends at once and cannot be ticked again here. A wider one is a new answer."),
        act_label=_("Narrow the consent"),
    )


def note_pressure(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Keep what is known of pressure on the giver."""
    row = row_or_404(Consent, request, reference, pk, may="keep_consent")
    form = PressureForm(posted(request), initial={"pressure": row.pressure})
    return _act_on(
        request,
        row,
        form,
        act=lambda: consent_actions.note_pressure(
            actor=request.user, consent=row, pressure=form.cleaned_data["pressure"]
        ),
        done=_("The note was saved."),
        title=_("Note what is known of pressure"),
        lead=_(
            "The withdrawal stands all the same. Private work goes on, and a talk on another channel is due in 72 hours."
        ),
        act_label=_("Save the note"),
    )


def add_wish(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record what the person wants."""
    case = case_or_404(request, reference, "keep_consent")
    form = WishForm(posted(request))
    return _answer(
        request,
        case,
        form,
        act=lambda: consent_actions.record_wish(actor=request.user, case=case, **form.cleaned_data),
        done=_("The wish was recorded."),
        title=_("Record a wish"),
        lead=_("The person's own wish governs. The latest one counts, and none is ever changed."),
        act_label=_("Record the wish"),
    )


def _answer(
    request: SignedInRequest,
    case: Case,
    form: BestInterestForm | WishForm,
    *,
    act: Callable[[], Model],
    done: str,
    title: str,
    lead: str,
    act_label: str,
) -> HttpResponse:
    page = FormPage(case, form, title, act_label, reverse("casework:consents", args=[case.reference]), lead=lead)
    return answer_case_form(request, page, act=act, done=done, template="casework/consent/form.html")


def _act_on(
    request: SignedInRequest,
    row: Consent,
    form: ActForm,
    *,
    act: Callable[[], Consent],
    done: str,
    title: str,
    lead: str,
    act_label: str,
) -> HttpResponse:
    """Ask about one answer, with what it says above the question."""
    rights = rights_on(request.user, row.case)
    page = consent_act_page(row, form, rights, title=title, lead=lead, act_label=act_label)
    return answer_case_form(request, page, act=act, done=done, template="casework/consent/act.html")
