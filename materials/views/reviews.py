"""The review desk: what waits, one text beside what is known of it, and the decision."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import drafts
from accounts.forms.faults import take
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from casework.dates import relative_time
from materials.actions import reviews as acts
from materials.forms.reviews import PassForm, SendBackForm, SignForm, Together
from materials.leaving import staleness
from materials.models import Material
from materials.pages import review_page
from materials.review.refusals import shown
from materials.views.lookup import Opened, material_or_404, note_reading
from safety import gate
from safety.forms.revision_check import RevisionCheckForm
from safety.leaks import rule_on, tick_read
from safety.models import LeakFinding

SHOWN = 50


def waiting_for(user: Any) -> Any:
    """Return the materials in review that this person may sign: on all their cases, and neither written nor edited by them."""
    rows = Material.objects.where(user, may="sign_review").waiting_for_review()
    return rows.exclude(author_id=user.pk).exclude(last_editor_id=user.pk).order_by("sent_to_review_at")


@require_GET
def reviews(request: SignedInRequest) -> HttpResponse:
    """What waits for this person's eyes, longest waiting first, and what they signed lately."""
    waiting = waiting_for(request.user).select_related("author").prefetch_related("cases")[: SHOWN + 1]
    own = (
        Material.objects.visible_to(request.user)
        .waiting_for_review()
        .filter(last_editor_id=request.user.pk)
        .prefetch_related("cases")
    )
    context = {"waiting": list(waiting)[:SHOWN], "is_more": len(waiting) > SHOWN, "own": own[:SHOWN]}
    return render(request, "materials/reviews/queue.html", context)


@require_GET
def review(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One text beside its claims, consents, assessment and findings. Deciding comes last."""
    opened = _to_review(request, pk)
    note_reading(request.user, opened)
    return _desk(request, opened)


def _to_review(request: SignedInRequest, pk: uuid.UUID) -> Opened:
    """Return the material for those who may sign, and for its own author to see what the reviewer sees."""
    opened = material_or_404(request, pk)
    if not opened.rights & {"sign_review", "write_material", "dispatch"}:
        return material_or_404(request, pk, may="sign_review")
    return opened


def _desk(request: SignedInRequest, opened: Opened, *, status: int = 200, **more: Any) -> HttpResponse:
    """Draw the desk; `more` carries the forms as they were typed and the reasons of a refusal."""
    row = opened.material
    is_own = request.user.pk in {row.author_id, row.last_editor_id}
    may_decide = "sign_review" in opened.rights and not is_own and row.status == Material.Status.IN_REVIEW
    scan = review_page.latest_scan(row)
    claims, consents = review_page.claim_rows(row, opened.cases), review_page.consent_rows(row, opened.cases)
    assessments = review_page.assessment_rows(opened.cases, request.user)
    verdict = gate.examine(gate.Leaving.of(row), moment="review", viewer=request.user)
    findings = review_page.finding_rows(row, scan, may_rule=may_decide)
    context = {
        "material": row,
        "opened": opened,
        "scan": scan,
        "paper": review_page.shown_paper(row, scan),
        "claims": claims,
        "consents": consents,
        "assessments": assessments,
        "findings": findings,
        "to_answer": sum(1 for found in findings if not found.answered),
        "withheld": review_page.withheld_rows(row),
        "changes": review_page.changes_since(row),
        "verdict": verdict,
        "cells": review_page.cells(
            row,
            verdict.codes,
            viewer=request.user,
            scan=scan,
            claims=review_page.Count(sum(1 for found in claims if found.is_usable), len(claims)),
            consents=review_page.Count(sum(1 for found in consents if found.is_open), len(consents)),
            assessments=[found.row for found in assessments if found.row],
        ),
        "is_stale": staleness.is_stale(row),
        "is_own": is_own,
        "may_decide": may_decide,
        "send_back": SendBackForm(),
        **more,
    }
    context["next"] = {} if "refused" in more or not may_decide else _next(context)
    return render(request, "materials/reviews/desk.html", context, status=status)


def _next(context: dict[str, Any]) -> dict[str, str]:
    waiting = context["to_answer"]
    if waiting:
        first = next(row for row in context["findings"] if not row.answered)
        text = ngettext(
            "read the page, answer one finding, then sign or send back.",
            "read the page, answer %(n)s findings, then sign or send back.",
            waiting,
        )
        return {"text": text % {"n": waiting}, "url": f"#{first.id}", "label": _("Go to the first finding")}
    count = len(context["verdict"].codes)
    if count:
        text = ngettext(
            "one condition is not met. Read the page, then send back.",
            "%(n)s conditions are not met. Read the page, then send back.",
            count,
        )
        return {"text": text % {"n": count}, "url": "#decision-h", "label": _("Go to your decision")}
    return {
        "text": _("read the page, then sign or send back. Nothing refuses a signature."),
        "url": "#decision-h",
        "label": _("Go to your decision"),
    }


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign this revision with a second factor shown a moment ago; a refusal lists every reason and keeps what was typed."""
    opened = material_or_404(request, pk, may="sign_review")
    row = opened.material
    seen: dict[str, Any] = {"revision": row.revision, "mac": bytes(row.mac or b"").hex()}
    is_sent = request.method == "POST"
    form = SignForm(request.POST if is_sent else None, initial=seen)
    checks = _checks(request, opened, kept=_typed_before(request, seen["mac"]))
    forms: dict[str, Any] = {
        "sign_form": form,
        "checks": [(case, checks[case.pk]) for case in opened.cases if case.pk in checks],
    }
    if not is_sent:
        note_reading(request.user, opened)
        return _desk(request, opened, **forms)
    _keep_typed(request)
    if not all([form.is_valid(), *(check.is_valid() for check in checks.values())]):
        return _desk(request, opened, status=422, formset=Together([*checks.values(), form]), **forms)
    said = form.cleaned_data
    try:
        clearance = acts.sign(
            actor=request.user,
            material=row,
            seen=acts.Seen(said["revision"], said["mac"]),
            proof=request.second_factor_proof,  # type: ignore[attr-defined]
            checks={key: check.values() for key, check in checks.items()},
        )
    except acts.NotSigned as refused:
        return _desk(request, opened, status=409, refused=_refused(request.user, opened, refused.reasons), **forms)
    except ValidationError as refused:
        take(form, refused)
        return _desk(request, opened, status=422, form=form, **forms)
    drafts.forget(person=request.user, request_path=request.path)  # type: ignore[arg-type]
    messages.success(
        request,
        _("You signed revision %(revision)s. It may leave until %(day)s; nothing is sent yet.")
        % {"revision": clearance.revision, "day": relative_time.full_day(clearance.until)},
    )
    return redirect("materials:material", pk)


def _checks(request: SignedInRequest, opened: Opened, *, kept: dict[str, str]) -> dict[Any, RevisionCheckForm]:
    """Return by case the rapid check of this revision, which only the full level asks for, as it was left."""
    cases = opened.cases if opened.material.level == "full" else []
    sent = request.POST if request.method == "POST" else None
    return {case.pk: RevisionCheckForm.begun(sent, prefix=f"check-{case.pk}", kept=kept) for case in cases}


def _keep_typed(request: SignedInRequest) -> None:
    """Keep the answers until the signature stands: whoever leaves to rule on a finding finds them again."""
    fields = drafts.fields_of(request)
    drafts.keep_latest(person=request.user, request_path=request.path, fields=fields, now=timezone.now())  # type: ignore[arg-type]


def _typed_before(request: SignedInRequest, mac: str) -> dict[str, str]:
    """Return the answers kept of this very text; those about other words count for nothing."""
    kept = drafts.latest(person=request.user, request_path=request.path, now=timezone.now())  # type: ignore[arg-type]
    return kept if kept.get("mac") == mac else {}


def _refused(viewer: Any, opened: Opened, reasons: list[Any]) -> dict[str, Any]:
    rows = shown(reasons, material=opened.material, cases=opened.cases, viewer=viewer)
    count = len(rows)
    title = ngettext("Not signed: one condition is not met", "Not signed: %(n)s conditions are not met", count) % {
        "n": count
    }
    label = ngettext("Send back to %(name)s with this reason", "Send back to %(name)s with these %(n)s reasons", count)
    note = "\n".join(f"{number}. {reason.title} {reason.text}".strip() for number, reason in enumerate(rows, start=1))
    return {
        "title": title,
        "rows": rows,
        "label": label % {"name": opened.material.last_editor, "n": count},
        "note": note,
    }


@require_POST
def send_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it back to its author with a reason."""
    opened = material_or_404(request, pk, may="sign_review")
    form = SendBackForm(request.POST)
    if form.is_valid():
        try:
            acts.send_back(actor=request.user, material=opened.material, reason=form.cleaned_data["note"])
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(
                request, _("It went back to %(name)s with your note.") % {"name": opened.material.last_editor}
            )
            return redirect("materials:reviews")
    return _desk(request, opened, status=422, form=form, send_back=form)


@require_http_methods(["GET", "POST"])
def pass_finding(request: SignedInRequest, pk: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Pass one finding of the leak scan with a reason."""
    opened = material_or_404(request, pk, may="sign_review")
    row = LeakFinding.objects.filter(pk=finding, material_id=pk).first()
    if row is None:
        raise Http404
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule_on(actor=request.user, finding=row, material=opened.material, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            take(form, refused)
        else:
            return redirect(f"{reverse('materials:review', args=[pk])}#finding-{row.pk}")
    shown = next(
        (
            found
            for found in review_page.finding_rows(
                opened.material, review_page.latest_scan(opened.material), may_rule=False
            )
            if found.id.endswith(str(row.pk))
        ),
        None,
    )
    context = {"material": opened.material, "finding": row, "shown": shown, "form": form}
    return render(request, "materials/reviews/pass_finding.html", context, status=422 if form.errors else 200)


@require_POST
def read_for_names(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a reader of the language read the text for names, where the scan could not check it."""
    opened = material_or_404(request, pk, may="sign_review")
    scan = review_page.latest_scan(opened.material)
    if scan is None:
        raise Http404
    try:
        tick_read(actor=request.user, result=scan, material=opened.material)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(f"{reverse('materials:review', args=[pk])}#findings-h")


@require_POST
def revoke(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the signature under the present revision back, at once."""
    opened = material_or_404(request, pk, may="sign_review")
    acts.revoke(actor=request.user, material=opened.material)
    messages.success(
        request, _("The signature was taken back. Nothing more of this revision leaves, and its page is gone.")
    )
    return redirect("materials:material", pk)
