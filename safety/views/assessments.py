"""Writing, reading, signing, sending back and ending assessments of a case."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.sign_in.freshness import fresh_second_factor
from casework.access import NotAllowed, rights_on
from casework.models import Case
from casework.views.lookup import case_or_404, row_or_404
from safety import actions, questions
from safety.forms.answers import typed_answers
from safety.forms.assessment import AssessmentForm, harms_again, harms_begin, harms_to_save
from safety.forms.orders import ReasonForm, SignForm
from safety.models import RiskAssessment
from safety.pages.rows import answer_rows, factor_in_words, full_rows, harm_rows, not_acting_figures, worst_harm
from safety.people import may_read_content, may_sign_high
from safety.views.refused import refused

Kind = RiskAssessment.Kind


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a rapid or a full assessment, empty or beginning from an earlier one. “Add a harm” saves nothing."""
    case = case_or_404(request, reference, may="assess_risk")
    kind = Kind.FULL if request.GET.get("kind") == Kind.FULL else Kind.RAPID
    if request.method == "GET":
        earlier = _earlier(case, request.GET.get("from", ""))
        return _form_page(request, case, AssessmentForm.begin(kind, earlier), harms_begin(case, earlier), earlier)
    named = questions.harms_named(typed_answers(request.POST))
    if request.POST.get("step") == "add":
        return _form_page(
            request, case, AssessmentForm.again(kind, request.POST), harms_again(case, request.POST, named=named)
        )
    form, harms = AssessmentForm(request.POST, kind=kind), harms_to_save(case, request.POST, named=named)
    if form.is_valid() & harms.is_valid():
        try:
            written = actions.write_assessment(actor=request.user, case=case, harms=harms.harms(), **form.values())
        except ValidationError as reasons:
            form.add_error(None, reasons.messages)
        else:
            messages.success(request, _("The assessment is written. Somebody else signs it."))
            return redirect("safety:assessment", reference, written.pk)
    return _form_page(request, case, form, harms, status=422)


def _earlier(case: Case, pk: str) -> RiskAssessment | None:
    try:
        wanted = uuid.UUID(pk)
    except ValueError:
        return None
    return RiskAssessment.objects.of_cases().filter(case=case, pk=wanted).first()


def _form_page(
    request: HttpRequest, case: Case, form: Any, harms: Any, earlier: RiskAssessment | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "case": case,
        "tab": "safety",
        "form": form,
        "harms": harms,
        "earlier": earlier,
        "is_full": form.kind == Kind.FULL,
    }
    return render(request, "safety/assess.html", context, status=status)


@require_safe
def assessment(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """One assessment: level and dates for everybody on the case, what it says for those with the right."""
    row = row_or_404(RiskAssessment, request, reference, pk)
    rights = rights_on(request.user, row.case)
    context = _shown(row, may_read=may_read_content(rights))
    is_latest = _is_latest(row)
    context |= {
        "may_sign": "sign_risk" in rights
        and is_latest
        and _awaits(row, request.user)
        and row.author_id != request.user.pk,
        "may_write": "assess_risk" in rights and row.material_id is None,
        "may_end": bool(rights & {"assess_risk", "sign_risk"})
        and row.signed_at
        and not row.ended_at
        and not row.material_id,
        "is_latest": is_latest,
        "form": ReasonForm(),
    }
    return render(request, "safety/assessment.html", context)


def _awaits(row: RiskAssessment, user: Any) -> bool:
    """Say whether this person's signature is still missing: the first, or a director's on a high risk."""
    if row.ended_at:
        return False
    if row.signed_at is None:
        return True
    return row.director_id is None and row.level in actions.SIGNED_BY_A_DIRECTOR and may_sign_high(user, row.case)


def _is_latest(row: RiskAssessment) -> bool:
    latest = RiskAssessment.objects.latest_of(row.case)
    return bool(latest and latest.pk == row.pk)


def _shown(row: RiskAssessment, *, may_read: bool) -> dict[str, Any]:
    content = {}
    if may_read:
        content = {
            "answers": answer_rows(row),
            "harms": harm_rows(row),
            "full": full_rows(row),
            "worst": worst_harm(row),
            "not_acting_figures": not_acting_figures(row),
        }
    is_late = bool(row.expires_at and (row.ended_at or row.expires_at <= timezone.now()))
    return {
        "case": row.case,
        "tab": "safety",
        "row": row,
        "may_read": may_read,
        "is_late": is_late,
        "factor": factor_in_words(row.signed_with),
        **content,
    }


def sign_assessment(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponseBase:
    """Read everything and sign, or send back. Who may not see the case is answered before any second factor is asked."""
    return _sign(request, row_or_404(RiskAssessment, request, reference, pk, may="sign_risk"))


@fresh_second_factor
@require_http_methods(["GET", "POST"])
def _sign(request: HttpRequest, row: RiskAssessment) -> HttpResponse:
    if request.method == "GET":
        return _sign_page(request, row, SignForm())
    form = SignForm(request.POST)
    if not form.is_valid():
        return _sign_page(request, row, form, status=422)
    try:
        actions.sign_assessment(actor=request.user, assessment=row, proof=request.second_factor_proof)  # type: ignore[attr-defined]
    except ValidationError as reasons:
        return refused(
            request, row.case, reasons, title=_("Not signed"), back=("safety:assessment", row.case.reference, row.pk)
        )
    messages.success(request, _("The assessment is signed."))
    return redirect("safety:safety", row.case.reference)


def _sign_page(request: HttpRequest, row: RiskAssessment, form: Any, status: int = 200) -> HttpResponse:
    why_not = [
        {"title": sentence}
        for is_wrong, sentence in actions.why_not_sign_this(request.user, row.case, row, at=timezone.now())
        if is_wrong
    ]
    may_send_back = not row.signed_at and not row.ended_at and row.author_id != request.user.pk and not row.material_id
    context = _shown(row, may_read=True) | {
        "form": form,
        "reason": ReasonForm(label=_("What to change")),
        "why_not": why_not,
        "may_send_back": may_send_back,
    }
    return render(request, "safety/sign.html", context, status=status)


@require_POST
def send_back(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Decline to sign, with a reason that the author reads. Taking a step back asks for no second factor."""
    row = row_or_404(RiskAssessment, request, reference, pk, may="sign_risk")
    return _with_reason(request, row, actions.send_back_assessment, (_("Send back"), _("The assessment is sent back.")))


@require_POST
def end(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """End a signed assessment early, at once."""
    row = row_or_404(RiskAssessment, request, reference, pk)
    if not rights_on(request.user, row.case) & {"assess_risk", "sign_risk"}:
        raise NotAllowed("assess_risk", row.case)
    return _with_reason(request, row, actions.end_assessment, (_("End this assessment"), _("The assessment is ended.")))


def _with_reason(request: HttpRequest, row: RiskAssessment, verb: Any, words: tuple[str, str]) -> HttpResponse:
    act_label, done = words
    form = ReasonForm(request.POST, label=_("What to change") if verb is actions.send_back_assessment else "")
    if not form.is_valid():
        context = {
            "case": row.case,
            "tab": "safety",
            "form": form,
            "row": row,
            "title": _("A reason is missing"),
            "act_label": act_label,
        }
        return render(request, "safety/reason.html", context, status=422)
    try:
        verb(actor=request.user, assessment=row, reason=form.cleaned_data["reason"])
    except ValidationError as reasons:
        return refused(
            request,
            row.case,
            reasons,
            title=_("Nothing was changed"),
            back=("safety:assessment", row.case.reference, row.pk),
        )
    messages.success(request, done)
    return redirect("safety:assessment", row.case.reference, row.pk)
