"""Writing, reading, signing, sending back and ending assessments of a case."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.together import Together
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.access import NotAllowed, rights_on
from casework.models import Case
from casework.views.lookup import case_or_404, row_or_404
from safety import actions
from safety.assessing.facts import facts_of
from safety.forms.answers import typed_harms
from safety.forms.assessment import AssessmentForm, HarmRows, harms_again, harms_begin, harms_to_save
from safety.forms.orders import ReasonForm, SignForm
from safety.models import RiskAssessment
from safety.pages.assessments import AssessPage, ReasonPage, assessment_page, sign_page
from safety.views.refused import refused

Kind = RiskAssessment.Kind


@require_http_methods(["GET", "POST"])
def assess(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a rapid or a full assessment, empty or beginning from an earlier one.

    “Add a harm” and “Show the questions this opens” save nothing and keep everything typed.
    """
    case = case_or_404(request, reference, may="assess_risk")
    kind = Kind.FULL if request.GET.get("kind") == Kind.FULL else Kind.RAPID
    facts = facts_of(case, request.user)
    if request.method == "GET":
        earlier = _earlier(case, request.GET.get("from", ""))
        begun = AssessmentForm.begin(kind, earlier, facts)
        return _form_page(request, case, begun, harms_begin(case, earlier), earlier)
    typed = typed_harms(request.POST)
    if request.POST.get("step") in {"add", "open"}:
        harms = harms_again(case, request.POST, answers=typed, adds=request.POST["step"] == "add")
        return _form_page(request, case, AssessmentForm.again(kind, request.POST, facts), harms)
    form, harms = AssessmentForm(request.POST, kind=kind, facts=facts), harms_to_save(case, request.POST, answers=typed)
    return answer_form(
        request,
        Together(form, harms),
        act=lambda: actions.write_assessment(actor=request.user, case=case, harms=harms.harms(), **form.values()),
        done=_("The assessment is written. Somebody else signs it."),
        back=lambda written: reverse("safety:assessment", args=[reference, written.pk]),
        draw=lambda status: _form_page(request, case, form, harms, status=status),
    )


def _earlier(case: Case, pk: str) -> RiskAssessment | None:
    try:
        wanted = uuid.UUID(pk)
    except ValueError:
        return None
    return RiskAssessment.objects.of_cases().filter(case=case, pk=wanted).first()


def _form_page(
    request: SignedInRequest,
    case: Case,
    form: AssessmentForm,
    harms: HarmRows,
    earlier: RiskAssessment | None = None,
    status: int = 200,
) -> HttpResponse:
    page = AssessPage(case, form, harms, earlier, is_full=form.kind == Kind.FULL)
    return render(request, "safety/assess.html", vars(page), status=status)


@require_safe
def assessment(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One assessment: level and dates for everybody on the case, what it says for those with the right."""
    row = row_or_404(RiskAssessment, request, reference, pk)
    page = assessment_page(row, request.user, rights_on(request.user, row.case))
    return render(request, "safety/assessment.html", vars(page))


def sign_assessment(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponseBase:
    """Read everything and sign, or send back. Who may not see the case is answered before any second factor is asked."""
    return _sign(request, row_or_404(RiskAssessment, request, reference, pk, may="sign_risk"))


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _sign(request: SignedInRequest, row: RiskAssessment) -> HttpResponse:
    if request.method == "GET":
        return _sign_page(request, row, SignForm())
    form = SignForm(request.POST)
    if not form.is_valid():
        return _sign_page(request, row, form, status=422)
    try:
        actions.sign_assessment(actor=request.user, assessment=row, proof=request.second_factor_proof)
    except ValidationError as reasons:
        return refused(
            request, row.case, reasons, title=_("Not signed"), back=("safety:assessment", row.case.reference, row.pk)
        )
    messages.success(request, _("The assessment is signed."))
    return redirect("safety:safety", row.case.reference)


def _sign_page(request: SignedInRequest, row: RiskAssessment, form: SignForm, status: int = 200) -> HttpResponse:
    return render(request, "safety/sign.html", vars(sign_page(row, request.user, form)), status=status)


@require_POST
def send_back(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Decline to sign, with a reason that the author reads. Taking a step back asks for no second factor."""
    row = row_or_404(RiskAssessment, request, reference, pk, may="sign_risk")
    return _with_reason(request, row, actions.send_back_assessment, (_("Send back"), _("The assessment is sent back.")))


@require_POST
def end(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """End a signed assessment early, at once."""
    row = row_or_404(RiskAssessment, request, reference, pk)
    if not rights_on(request.user, row.case) & {"assess_risk", "sign_risk"}:
        raise NotAllowed("assess_risk", row.case)
    return _with_reason(request, row, actions.end_assessment, (_("End this assessment"), _("The assessment is ended.")))


def _with_reason(
    request: SignedInRequest, row: RiskAssessment, verb: Callable[..., RiskAssessment], words: tuple[str, str]
) -> HttpResponse:
    act_label, done = words
    form = ReasonForm(request.POST, label=_("What to change") if verb is actions.send_back_assessment else "")
    if not form.is_valid():
        page = ReasonPage(row.case, row, form, title=_("A reason is missing"), act_label=act_label)
        return render(request, "safety/reason.html", vars(page), status=422)
    back = ("safety:assessment", row.case.reference, row.pk)
    try:
        verb(actor=request.user, assessment=row, reason=form.cleaned_data["reason"])
    except ValidationError as reasons:
        return refused(request, row.case, reasons, title=_("Nothing was changed"), back=back)
    messages.success(request, done)
    return redirect(*back)
