"""Numbered copies: made for a named recipient, printed by a job, downloaded by those who dispatch."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from accounts.views.once import act_once, button_once
from materials.actions import dispatches
from materials.forms.dispatches import DispatchForm
from materials.leaving.addressees import channels_of_holders, offered_channels
from materials.leaving.frozen_text import line_of, text_of
from materials.leaving.scanning import renew_scan
from materials.models import Copy
from materials.pages.being_made import being_made_page
from materials.pages.dispatch import copy_page, copy_refused_page, dispatch_page
from materials.pages.refused import RefusalList
from materials.views.lookup import copy_or_404, material_or_404
from materials.views.materials import refusals_of
from papers.formats.registry import FORMATS
from papers.pdf.paper import sheet
from safety import gate
from safety.verdict import GateClosed
from work.models import Job


@require_http_methods(["GET", "POST"])
def dispatch(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Name who gets a copy; the gate is asked, the copy gets its number, and a job prints it."""
    opened = material_or_404(request, pk, may="dispatch")
    sent = request.POST if request.method == "POST" else None
    asked = request.GET.getlist("to") or channels_of_holders(opened.material, request.user)
    form = DispatchForm(sent, channels=offered_channels(opened.material), chosen=asked)

    def draw(status: int, refusals: RefusalList | None = None) -> HttpResponse:
        page = dispatch_page(opened.material, opened.case, form, refusals)
        return render(request, "materials/dispatches/dispatch.html", vars(page), status=status)

    def make_copies() -> str:
        as_file = form.cleaned_data["format"]
        to = [dispatches.To.through(channel, as_file=as_file) for channel in form.chosen_channels]
        made = dispatches.dispatch(actor=request.user, material=opened.material, to=to)
        first, *others = [dispatches.queue_copy(actor=request.user, copy=copy) for copy in made]
        return reverse("materials:being_made", args=[pk]) if others else reverse("web:job", args=[first.pk])

    try:
        return answer_form(request, form, act=make_copies, done="", back=str, draw=draw)
    except GateClosed as closed:
        return draw(409, refusals_of(request.user, closed.verdict, _("No copy was made"), opened))


@require_GET
def being_made(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the copies of the present revision are, and why one was not made."""
    opened = material_or_404(request, pk, may="dispatch")
    page = being_made_page(opened.material, opened.case, request.user)
    return render(request, "materials/dispatches/being_made.html", vars(page))


@leads_back_here
@require_GET
def copy(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One numbered copy: for whom, whether it has left, and its sheet."""
    return render(request, "materials/dispatches/copy.html", vars(copy_page(copy_or_404(request, pk), request.user)))


@require_POST
@button_once
def send_copy(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Have a copy that has not left yet printed and sent on its way again."""
    row = copy_or_404(request, pk)

    def page_of(job: Job) -> str:
        return reverse("web:job", args=[job.pk])

    job = act_once(request, lambda: dispatches.queue_copy(actor=request.user, copy=row), leads_to=page_of)
    return redirect(page_of(job))


@require_GET
def copy_file(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The sealed bytes of a copy, as they were made; refused with the reasons when it may not be handed out any more."""
    row = copy_or_404(request, pk)
    refused = _why_not_served(request, row)
    if refused is not None:
        return refused
    if not dispatches.is_whole(row):
        return redirect("materials:copy", pk)
    dispatches.note_download(actor=request.user, copy=row)
    answer = HttpResponse(row.file, content_type=FORMATS[row.format].content_type)
    answer["Content-Disposition"] = f'attachment; filename="{row.paper_number}.{row.format}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def copy_print(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The print view of a copy that has left, where PDFs are off."""
    row = copy_or_404(request, pk)
    refused = _why_not_served(request, row)
    if refused is not None:
        return refused
    dispatches.note_download(actor=request.user, copy=row)
    return HttpResponse(sheet(text_of(row.dispatch), line_of(row), is_screen=True))


def _why_not_served(request: SignedInRequest, row: Copy) -> HttpResponse | None:
    """Return the page that says why a copy is not served, or None when it is: it has left, carries our marks, may stay."""
    renew_scan(row)
    verdict = gate.still_open(row.dispatch)
    if row.dispatched_at is None:
        messages.warning(request, _("This copy is not made yet."))
        return redirect("materials:copy", row.pk)
    if not dispatches.is_authentic(row.dispatch, to=[row]):
        verdict = gate.Verdict((*verdict.refusals, gate.Refusal("not-authentic", material_id=row.material_id)))
    if verdict:
        return None
    page = copy_refused_page(row, verdict, _("This copy is not handed out any more"), request.user)
    return render(request, "materials/dispatches/refused.html", vars(page), status=409)
