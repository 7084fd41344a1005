"""Writing, reading, signing, sending back and ending assessments of a case."""

import uuid
from collections.abc import Callable
from typing import Any

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
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from casework.access import NotAllowed, rights_on
from casework.models import Case
from casework.views.lookup import case_or_404, row_or_404
from safety import actions
from safety.actions.drafts import draft_of
from safety.assessing.facts import Facts, facts_of
from safety.assessing.unseen import answers_unseen, may_read_it
from safety.forms.answers import typed_harms
from safety.forms.assessment import AssessmentForm, HarmRows, harms_again, harms_begin, harms_to_save
from safety.forms.orders import ReasonForm
from safety.forms.second_set import SecondSetForm, SignAssessmentForm
from safety.models import AssessmentDraft, RiskAssessment
from safety.pages.assessments import AssessPage, ReasonPage, SecondSetPage, assessment_page, sign_page
from safety.pages.second_sets import differing_of
from safety.people import names_of
from safety.views.refused import refused

Kind = RiskAssessment.Kind


@require_http_methods(["GET", "POST"])
def assess(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write a rapid or a full assessment, empty or beginning from an earlier one.

    “Add a harm” saves nothing and keeps everything typed. What a yes opens stands on the page already.
    """
    case = case_or_404(request, reference, may="assess_risk")
    kind = Kind.FULL if request.GET.get("kind") == Kind.FULL else Kind.RAPID
    facts = facts_of(case, request.user)
    if request.method == "GET":
        return _begin(request, case, kind, facts)
    step = request.POST.get("step")
    if step in {"keep", "drop"}:
        return _keep_or_drop(request, case, kind, facts)
    if step == "add":
        return _again(request, case, kind, facts)
    typed = typed_harms(request.POST)
    draft = request.POST.dict() if request.POST.get("draft") else None
    form, harms = AssessmentForm(request.POST, kind=kind, facts=facts), harms_to_save(case, request.POST, answers=typed)
    return answer_form(
        request,
        Together(form, harms),
        act=lambda: actions.write_assessment(
            actor=request.user, case=case, harms=harms.harms(), draft=draft, **form.values()
        ),
        done=_("The assessment is written. Somebody else signs it."),
        back=lambda written: reverse("safety:assessment", args=[reference, written.pk]),
        draw=lambda status: _form_page(request, case, form, harms, status=status),
    )


def _begin(request: SignedInRequest, case: Case, kind: str, facts: Facts) -> HttpResponse:
    """Draw the form as it begins: from the assessment that is named, from the draft that stands, or empty."""
    earlier = _earlier(request, case)
    draft = draft_of(case, kind)
    if draft and not request.GET.get("from"):
        fields = draft.fields
        form = AssessmentForm.again(kind, fields, facts, answered_by=names_of(draft.answered_by))
        harms = harms_again(case, fields, answers=typed_harms(fields), adds=False)
        return _form_page(request, case, form, harms, draft=draft)
    form = AssessmentForm.begin(kind, earlier, facts)
    return _form_page(request, case, form, harms_begin(case, earlier), earlier)


def _again(request: SignedInRequest, case: Case, kind: str, facts: Facts, status: int = 200) -> HttpResponse:
    """Draw the form with everything typed, and what “add” asked for; nothing is saved."""
    adds = request.POST.get("step") == "add"
    harms = harms_again(case, request.POST, answers=typed_harms(request.POST), adds=adds)
    draft = draft_of(case, kind) if request.POST.get("draft") else None
    names = names_of(draft.answered_by) if draft else {}
    form = AssessmentForm.again(kind, request.POST, facts, answered_by=names)
    return _form_page(request, case, form, harms, seen=request.POST.get("draft", ""), status=status)


def _keep_or_drop(request: SignedInRequest, case: Case, kind: str, facts: Facts) -> HttpResponse:
    """Keep the form as it is for somebody else to go on, or drop what was kept."""
    about: dict[str, Any] = {"actor": request.user, "case": case, "kind": kind}
    try:
        if request.POST["step"] == "drop":
            actions.drop_assessment_draft(**about)
            messages.success(request, _("The draft is dropped."))
        else:
            actions.keep_assessment_draft(**about, fields=request.POST.dict())
            messages.success(request, _("Kept as a draft. Somebody else who may assess can go on with it."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _again(request, case, kind, facts, status=422)
    return redirect("safety:safety", case.reference)


def _earlier(request: SignedInRequest, case: Case) -> RiskAssessment | None:
    """Return the assessment to begin from, where this person may read what it says."""
    try:
        wanted = uuid.UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    row = RiskAssessment.objects.of_cases().filter(case=case, pk=wanted).first()
    return row if row and may_read_it(row, request.user, rights_on(request.user, case)) else None


def _form_page(
    request: SignedInRequest,
    case: Case,
    form: AssessmentForm,
    harms: HarmRows,
    earlier: RiskAssessment | None = None,
    *,
    draft: AssessmentDraft | None = None,
    seen: str = "",
    status: int = 200,
) -> HttpResponse:
    seen = draft.version if draft else seen or request.POST.get("draft", "")
    page = AssessPage(case, form, harms, earlier, draft, seen, is_full=form.kind == Kind.FULL)
    return render(request, "safety/assess.html", vars(page), status=status)


@leads_back_here
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
    if answers_unseen(row, request.user, rights_on(request.user, row.case)):
        return _answer_unseen(request, row)
    differing = differing_of(row, request.user)
    if request.method == "GET" or request.POST.get("step") == "second":
        return _sign_page(request, row, SignAssessmentForm(differing=differing))
    form = SignAssessmentForm(request.POST, differing=differing)
    if not form.is_valid():
        return _sign_page(request, row, form, status=422)
    proof = request.second_factor_proof
    try:
        actions.sign_assessment(actor=request.user, assessment=row, proof=proof, reasons=form.reasons())
    except ValidationError as reasons:
        return refused(
            request, row.case, reasons, title=_("Not signed"), back=("safety:assessment", row.case.reference, row.pk)
        )
    messages.success(request, _("The assessment is signed."))
    return redirect("safety:safety", row.case.reference)


def _answer_unseen(request: SignedInRequest, row: RiskAssessment) -> HttpResponse:
    """Ask the twelve questions of whoever signs a high risk first; what the author answered is shown afterwards."""
    sent = request.POST if request.method == "POST" else None
    form = SecondSetForm(sent, facts=facts_of(row.case, request.user))
    return answer_form(
        request,
        form,
        act=lambda: actions.give_second_set(actor=request.user, assessment=row, answers=form.values()),
        done=_("Your answers are kept. Now read what the author answered."),
        back=reverse("safety:sign_assessment", args=[row.case.reference, row.pk]),
        draw=lambda status: render(
            request, "safety/second_set.html", vars(SecondSetPage(row.case, row, form)), status=status
        ),
    )


def _sign_page(
    request: SignedInRequest, row: RiskAssessment, form: SignAssessmentForm, status: int = 200
) -> HttpResponse:
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
