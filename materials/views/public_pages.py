"""Publishing, taking down, and the page a stranger reads: it asks the gate at each request."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.faults import take
from accounts.sign_in.requests import SignedInRequest
from casework.dates import relative_time
from materials.actions import public_pages
from materials.audiences import PUBLISHED_AUDIENCES
from materials.composing.marks import blocks
from materials.composing.words import direction
from materials.forms.dispatches import PublishForm, TakenDownForm
from materials.kinds import registry
from materials.models import PublicPage
from materials.views.lookup import Opened, material_or_404
from materials.views.materials import refusals_of
from safety.verdict import GateClosed


@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop for a moment, say who of the family was told, write the codename; then it is public."""
    opened = material_or_404(request, pk, may="dispatch")
    if opened.material.audience not in PUBLISHED_AUDIENCES:
        raise Http404
    told = public_pages.told_of(opened.material)
    untold = [case for case in opened.cases if case.pk not in told]
    form = PublishForm(request.POST or None, cases=opened.cases, untold=untold)
    context = _interruption(opened, told, form)
    if request.method == "POST" and form.is_valid():
        try:
            page = public_pages.publish(actor=request.user, material=opened.material, family=form.family())
        except GateClosed as closed:
            context["refused"] = refusals_of(request.user, closed.verdict, _("Not published"), opened)
            return render(request, "materials/public_pages/publish.html", context, status=409)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(
                request,
                _("It is public at %(address)s") % {"address": request.build_absolute_uri(f"/p/{page.address}/")},
            )
            return redirect("materials:material", pk)
    return render(request, "materials/public_pages/publish.html", context, status=422 if form.errors else 200)


def _interruption(opened: Opened, told: dict[Any, Any], form: PublishForm) -> dict[str, Any]:
    row = opened.material
    facts = [
        _("The family was told on %(day)s, noted by %(name)s.")
        % {"day": date_format(note.told_at, "j F"), "name": note.told_by}
        for note in told.values()
        if not note.is_nobody_to_tell
    ]
    facts += [
        _("There is nobody to tell, noted by %(name)s.") % {"name": note.told_by}
        for note in told.values()
        if note.is_nobody_to_tell
    ]
    names = row.item_uses.filter(revision=row.revision, item="CI_NAME").exists()
    facts.append(_("The name is in the text.") if names else _("The name is not in the text."))
    if row.stop_on:
        facts.append(_("It asks people to stop after %(day)s.") % {"day": date_format(row.stop_on, "j F Y")})
    return {"case": opened.case, "material": row, "facts": facts, "form": form}


@require_POST
def take_down(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take every page of this material down at once."""
    opened = material_or_404(request, pk, may="dispatch")
    for page in PublicPage.objects.filter(dispatch__material=opened.material, taken_down_at=None).select_related(
        "dispatch__material"
    ):
        public_pages.take_down(actor=request.user, page=page)
    messages.success(
        request,
        _(
            "The page is gone. What others have copied cannot be called back. Somebody else looks at it within 24 hours."
        ),
    )
    return redirect("materials:material", pk)


@require_http_methods(["GET", "POST"])
def taken_down(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The second look at what one person took down or shortened, within 24 hours: one button, and a note if there is one."""
    opened = material_or_404(request, pk, may="sign_review")
    rows = public_pages.waits_for_a_look(opened.material).select_related("taken_down_by", "dispatch")
    short = public_pages.shortened(opened.material).select_related("shortened_by", "page__dispatch")
    for page in rows:
        page.late = _late(page.down_review_due_at)  # type: ignore[attr-defined]
    for act in short:
        act.late = _late(act.review_due_at)  # type: ignore[attr-defined]
    if not rows and not short:
        messages.info(request, _("Nothing that was taken down waits for a second look here."))
        return redirect("materials:material", pk)
    form = TakenDownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            public_pages.look_at_taking_down(actor=request.user, material=opened.material, **form.cleaned_data)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("You looked at it. Your note is in the trail."))
            return redirect("materials:material", pk)
    context = {"case": opened.case, "tab": "materials", "material": opened.material, "rows": rows, "form": form}
    context["short"] = short
    return render(request, "materials/public_pages/taken_down.html", context, status=422 if form.errors else 200)


def _late(due_at: dt.datetime | None) -> str:
    """Return by how much the second look is late; empty while there is time."""
    now = timezone.now()
    return relative_time.late_words(due_at, now=now) if due_at and due_at <= now else ""


@login_not_required  # open to strangers: this is what supporters read
@require_safe
def public_page(request: HttpRequest, address: str) -> HttpResponse:
    """A published text, without marks, references or names of ours; gone without a reason when the gate is not open."""
    page = (
        PublicPage.objects.select_related("dispatch__clearance__review", "dispatch__material")
        .filter(address=address)
        .first()
    )
    if page is None:
        raise Http404
    if not public_pages.may_be_read(page):
        return _never_kept(render(request, "materials/public_pages/gone.html", status=410))
    row = page.dispatch
    shown = [part for part in row.body if part["text"].strip() and not registry.is_title(part["code"])]
    context = {
        "title": row.title,
        "sections": [{"heading": part["heading"], "blocks": blocks(part["text"])} for part in shown],
        "language": row.language,
        "direction": direction(row.language),
    }
    return _never_kept(render(request, "materials/public_pages/page.html", context))


def _never_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
