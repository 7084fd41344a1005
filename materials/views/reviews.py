"""Reviews: what waits, the page of one text beside what is known of it, and the decision."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import drafts
from accounts.forms.together import Together
from accounts.models import User
from accounts.sign_in.freshness import fresh_second_factor
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from accounts.views.once import act_once, button_once
from casework.models import Case
from directory.dates import relative_time
from materials.actions import reviews as review_actions
from materials.forms.reviews import PassForm, SendBackForm, SignRevisionForm
from materials.leaving.scanning import renew_scan
from materials.models import Material
from materials.pages.review import (
    NotSignedList,
    ReviewForms,
    not_signed_list,
    pass_finding_page,
    queue_page,
    review_page_of,
)
from materials.pages.review_page.evidence import printed_of
from materials.views.lookup import Opened, material_or_404, note_reading
from safety.assessing.differences import assessment_to_begin_from
from safety.assessing.facts import Revision, facts_of
from safety.forms.revision_check import RevisionCheckForm
from safety.leaks import latest_scan, rule_on, tick_read
from safety.models import Clearance, LeakFinding


@leads_back_here
@require_GET
def reviews(request: SignedInRequest) -> HttpResponse:
    """What waits for this person's eyes, longest waiting first, and what they signed lately."""
    return render(request, "materials/reviews/queue.html", vars(queue_page(request.user)))


@leads_back_here
@require_GET
def review(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One text beside its claims, consents, assessment and findings. Deciding comes last."""
    opened = _to_review(request, pk)
    renew_scan(opened.material, actor=request.user)
    note_reading(request.user, opened)
    return _show(request, opened, ReviewForms())


def _to_review(request: SignedInRequest, pk: uuid.UUID) -> Opened:
    """Return the material for those who may sign, and for its own author to see what the reviewer sees."""
    opened = material_or_404(request, pk)
    if not opened.rights & {"sign_review", "write_material", "dispatch"}:
        return material_or_404(request, pk, may="sign_review")
    return opened


def _show(
    request: SignedInRequest,
    opened: Opened,
    forms: ReviewForms,
    *,
    refused: NotSignedList | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page with the forms as they were typed and the reasons of a refusal."""
    page = review_page_of(opened.material, opened.cases, opened.rights, request.user, forms, refused)
    return render(request, "materials/reviews/review.html", vars(page), status=status)


@require_http_methods(["GET", "POST"])
@fresh_second_factor
def sign(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign this revision with a second factor shown a moment ago; a refusal lists every reason and keeps what was typed."""
    opened = material_or_404(request, pk, may="sign_review")
    row = opened.material
    read = {"revision": row.revision, "mac": bytes(row.mac or b"").hex()}
    is_sent = request.method == "POST"
    form = SignRevisionForm(request.POST if is_sent else None, initial=read)
    kept = _typed_before(request, str(read["mac"]))
    checks = _revision_checks(request, opened, is_sent=is_sent, kept=kept)
    together = Together(form, order=(*(check for _case, check in checks), form))
    forms = ReviewForms(form, checks)
    if is_sent:
        _keep_typed(request)
    else:
        note_reading(request.user, opened)

    def draw(status: int) -> HttpResponse:
        return _show(request, opened, replace(forms, formset=together if together.errors else None), status=status)

    try:
        return answer_form(
            request,
            together,
            act=lambda: _sign(request, row, form, checks),
            done=_signed,
            back=reverse("materials:material", args=[pk]),
            draw=draw,
        )
    except review_actions.NotSigned as refused:
        reasons = not_signed_list(row, opened.cases, request.user, refused.reasons)
        return _show(request, opened, forms, refused=reasons, status=409)


def _sign(
    request: SignedInRequest, row: Material, form: SignRevisionForm, checks: list[tuple[Case, RevisionCheckForm]]
) -> Clearance:
    """Sign what was read; what was typed is kept until the signature stands."""
    said = form.cleaned_data
    clearance = review_actions.sign(
        actor=request.user,
        material=row,
        seen=review_actions.ReadRevision(said["revision"], said["mac"]),
        proof=request.second_factor_proof,
        checks={case.pk: check.values() for case, check in checks},
    )
    drafts.forget_draft(person=request.user, request_path=request.path)
    return clearance


def _signed(clearance: Clearance) -> str:
    return _("You signed revision %(revision)s. It may leave until %(day)s; nothing is sent yet.") % {
        "revision": clearance.revision,
        "day": relative_time.full_day(clearance.until),
    }


def _revision_checks(
    request: SignedInRequest, opened: Opened, *, is_sent: bool, kept: Mapping[str, str]
) -> list[tuple[Case, RevisionCheckForm]]:
    """Return for each case the rapid check of this revision, which only the full level asks for, as it was left."""
    cases = opened.cases if opened.material.level == "full" else []
    sent = request.POST if is_sent else None
    return [(case, _revision_check(opened.material, case, request.user, sent, kept)) for case in cases]


def _revision_check(
    material: Material, case: Case, reader: User, sent: Mapping[str, str] | None, kept: Mapping[str, str]
) -> RevisionCheckForm:
    printed = printed_of(material, case)
    revision = Revision(material.pk, material.revision, material.audience, material.level, printed)
    return RevisionCheckForm.begun(
        sent,
        prefix=f"check-{case.pk}",
        kept=kept,
        of_case=assessment_to_begin_from(case, reader),
        facts=facts_of(case, reader, revision=revision),
    )


def _keep_typed(request: SignedInRequest) -> None:
    """Keep the answers until the signature stands: whoever leaves to rule on a finding finds them again."""
    fields = drafts.fields_of(request)
    drafts.keep_latest(person=request.user, request_path=request.path, fields=fields, now=timezone.now())


def _typed_before(request: SignedInRequest, mac: str) -> Mapping[str, str]:
    """Return the answers kept of this very text; those about other words count for nothing."""
    kept = drafts.latest_draft(person=request.user, request_path=request.path, now=timezone.now())
    return kept if kept.get("mac") == mac else {}


@require_POST
def send_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it back to its author with a reason."""
    opened = material_or_404(request, pk, may="sign_review")
    form = SendBackForm(request.POST)
    return answer_form(
        request,
        form,
        act=lambda: review_actions.send_back(
            actor=request.user, material=opened.material, reason=form.cleaned_data["note"]
        ),
        done=_("It went back to %(name)s with your note.") % {"name": opened.material.last_editor},
        back=reverse("materials:reviews"),
        draw=lambda status: _show(request, opened, ReviewForms(send_back=form, form=form), status=status),
    )


@require_http_methods(["GET", "POST"])
def pass_finding(request: SignedInRequest, pk: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Pass one finding of the leak scan with a reason."""
    opened = material_or_404(request, pk, may="sign_review")
    row = LeakFinding.objects.filter(pk=finding, material_id=pk).first()
    if row is None:
        raise Http404
    form = PassForm(request.POST or None)
    page = pass_finding_page(opened.material, row, request.user, form)
    return answer_form(
        request,
        form,
        act=lambda: rule_on(
            actor=request.user, finding=row, material=opened.material, reason=form.cleaned_data["reason"]
        ),
        done="",
        back=f"{reverse('materials:review', args=[pk])}#finding-{row.pk}",
        draw=lambda status: render(request, "materials/reviews/pass_finding.html", vars(page), status=status),
    )


@require_POST
@button_once
def read_for_names(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that a reader of the language read the text for names, where the scan could not check it."""
    opened = material_or_404(request, pk, may="sign_review")
    scan = latest_scan(opened.material)
    if scan is None:
        raise Http404
    findings = f"{reverse('materials:review', args=[pk])}#findings-h"
    try:
        act_once(
            request,
            lambda: tick_read(actor=request.user, result=scan, material=opened.material),
            leads_to=lambda _read: findings,
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(findings)


@require_POST
def revoke(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the signature under the present revision back, at once."""
    opened = material_or_404(request, pk, may="sign_review")
    review_actions.revoke(actor=request.user, material=opened.material)
    messages.success(
        request, _("The signature was taken back. Nothing more of this revision leaves, and its page is gone.")
    )
    return redirect("materials:material", pk)
