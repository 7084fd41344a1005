"""Results of a case: the page, targets, and outcomes."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from advocacy.actions import results as result_actions
from advocacy.forms.results import (
    AdjustTargetForm,
    JudgeTargetForm,
    OpenedOnForm,
    OutcomeForm,
    TargetForm,
    WithdrawOutcomeForm,
)
from advocacy.models import Outcome, Target
from advocacy.pages.results import results_page
from casework.access import rights_on
from casework.actions.versions import SavedMeanwhile
from casework.models import Case
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404


@leads_back_here
@require_GET
def results(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was hoped for in a case, and what came of it; harms at the same size."""
    case = case_or_404(request, reference)
    return render(request, "advocacy/results/results.html", vars(results_page(case, rights_on(request.user, case))))


@require_http_methods(["GET", "POST"])
def target_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what is hoped for, how many, by when."""
    case = case_or_404(request, reference, "plan")
    form = TargetForm(posted(request))
    return answer_case_form(
        request,
        _page(case, form, _("Set a target"), _("Set the target")),
        act=lambda: result_actions.set_target(actor=request.user, case=case, **form.given()),
        done=_("The target stands. Outcomes of its kind count from now."),
    )


@require_http_methods(["GET", "POST"])
def target_adjust(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Adjust a target, with a reason; the earlier figure stays beside it."""
    row = _target(request, reference, pk)
    last = row.figures.order_by("-number")[0]
    form = AdjustTargetForm(posted(request), row=row, initial={"wanted": last.wanted, "by": last.by})
    return answer_case_form(
        request,
        _page(row.case, form, _("Adjust a target"), _("Adjust the target"), lead=str(row.get_what_display())),
        act=lambda: unless_saved(form, result_actions.adjust_target, actor=request.user, target=row, **form.given()),
        done=_("The target was adjusted. What it said before stays beside it."),
    )


@require_http_methods(["GET", "POST"])
def target_judge(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Say how a target went, and why."""
    row = _target(request, reference, pk)
    form = JudgeTargetForm(posted(request), row=row)
    return answer_case_form(
        request,
        _page(row.case, form, _("Judge a target"), _("Judge the target"), lead=str(row.get_what_display())),
        act=lambda: unless_saved(form, result_actions.judge_target, actor=request.user, target=row, **form.given()),
        done=_("The target is judged."),
    )


@require_http_methods(["GET", "POST"])
def outcome_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record what changed for the person, a harm as well."""
    case = case_or_404(request, reference, "plan")
    is_harm = request.GET.get("of") == "harm"
    initial = {"effect": "IM_N2"} if is_harm else {}
    form = OutcomeForm(posted(request), instance=Outcome(case=case), case=case, initial=initial)
    title = _("Record a harm") if is_harm else _("Record an outcome")
    return answer_case_form(
        request,
        _page(case, form, title, _("Record it")),
        act=lambda: result_actions.record_outcome(actor=request.user, case=case, values=form.values()),
        done=lambda _made: said_of(form, _("It is recorded.")),
    )


@require_http_methods(["GET", "POST"])
def outcome(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change what was recorded; evidence that came later is named here."""
    row = row_or_404(Outcome, request, reference, pk, may="plan")
    form = OutcomeForm(posted(request), instance=row, case=row.case)
    return answer_case_form(
        request,
        _page(row.case, form, _("Change an outcome"), _("Save it")),
        act=lambda: result_actions.change_outcome(
            actor=request.user, outcome=row, version=form.opened_version, values=form.values()
        ),
        done=lambda _made: said_of(form, _("It was changed.")),
    )


@require_http_methods(["GET", "POST"])
def outcome_withdraw(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take an outcome back, with a reason; it stays readable."""
    row = row_or_404(Outcome, request, reference, pk, may="plan")
    form = WithdrawOutcomeForm(posted(request))
    return answer_case_form(
        request,
        _page(row.case, form, _("Withdraw an outcome"), _("Withdraw it"), lead=row.words),
        act=lambda: result_actions.withdraw_outcome(actor=request.user, outcome=row, **form.cleaned_data),
        done=_("It is withdrawn, and stays readable below."),
    )


def unless_saved(form: OpenedOnForm, verb: Callable[..., Any], **given: Any) -> Any:
    """Do a verb on a target; one that a colleague changed first is refused in the form, which keeps what was typed."""
    try:
        return verb(**given)
    except SavedMeanwhile as meanwhile:
        form.open_on(meanwhile.row.version)
        words = _("A colleague adjusted this target first. Look at what it says now; sending this again goes over it.")
        raise ValidationError(words) from None


def said_of(form: OutcomeForm, done: str) -> str:
    """Return what was done, and why our part is kept as unknown where more was said than is proved."""
    if not form.is_lowered:
        return done
    return f"{done} {_('Our part is kept as unknown: “strong” and “some” need evidence and one other cause.')}"


def _page(case: Case, form: Any, title: str, act_label: str, lead: str | None = None) -> FormPage:
    return FormPage(case, form, title, act_label, back_url=_back(case), tab="plan", lead=lead)


def _back(case: Case) -> str:
    return reverse("advocacy:results", args=[case.reference])


def _target(request: SignedInRequest, reference: str, pk: uuid.UUID) -> Target:
    """Return a target of the case that is not judged yet; 404 for everything else."""
    row = row_or_404(Target, request, reference, pk, may="plan")
    if row.judged_at:
        raise Http404
    return row
