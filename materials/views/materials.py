"""Materials of a case: the list, one material beside what is known, writing and editing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.faults import take
from accounts.sign_in.requests import SignedInRequest
from audit.trail import record
from casework.access import rights_on
from casework.actions.versions import SavedMeanwhile
from casework.models import Case
from casework.views.lookup import case_or_404
from materials.actions import dispatches, exceptions, materials, public_pages
from materials.forms.materials import EditMaterialForm, NewMaterialForm
from materials.leaving import page_expiry, staleness
from materials.models import Material, PublicPage
from materials.pages import review_page
from materials.pdf.paper import sheet
from materials.pdf.rendering import is_available
from materials.pdf.text import draft_of
from materials.review.refusals import shown
from materials.views.lookup import Opened, material_or_404, note_reading
from safety import gate
from safety.models import Review

SHOWN = 50


@require_GET
def case_materials(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything written to leave about a case; one about a further case that the reader may not see is not there."""
    case = case_or_404(request, reference)
    rows = (
        Material.objects.visible_to(request.user).filter(cases=case).select_related("author").prefetch_related("copies")
    )
    rights = rights_on(request.user, case)
    context = {
        "case": case,
        "tab": "materials",
        "materials": rows.order_by("-edited_at")[:SHOWN],
        "may_write": "write_material" in rights,
    }
    return render(request, "materials/materials/list.html", context)


@require_http_methods(["GET", "POST"])
def material_new(request: SignedInRequest, reference: str) -> HttpResponse:
    """Compose a new material from the packet."""
    case = case_or_404(request, reference, "write_material")
    together = (
        Case.objects.where(request.user, may="write_material").filter(group=case.group_id)
        if case.group_id
        else Case.objects.none()
    )
    form = NewMaterialForm(
        request.POST or None, case=case, others=together.exclude(pk=case.pk)[:SHOWN], initial={"language": "en"}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = materials.write(
            actor=request.user,
            cases=form.chosen_cases(),
            kind=said["kind"],
            audience=said["audience"],
            language=said["language"],
            stop_on=said["stop_on"],
        )
        messages.success(
            request, _("The draft was composed from the packet. Read it, edit its words, and see what was kept back.")
        )
        return redirect("materials:material", made.pk)
    return render(
        request,
        "materials/materials/new.html",
        {"case": case, "tab": "materials", "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def material(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One material: the words as their audience reads them, beside what is known and what was kept back."""
    opened = material_or_404(request, pk)
    return material_page(request, opened)


def material_page(request: SignedInRequest, opened: Opened, *, status: int = 200, **more: Any) -> HttpResponse:
    """Draw the page of a material; `more` carries refusals."""
    row = opened.material
    context: dict[str, Any] = {
        "case": opened.case,
        "tab": "materials",
        "material": row,
        "cases": opened.cases,
        "rights": opened.rights,
        **more,
    }
    if opened.may_read:
        note_reading(request.user, opened)
        scan = review_page.latest_scan(row)
        context |= {
            "paper": review_page.shown_paper(row, scan),
            "withheld": review_page.withheld_rows(row),
            "claims": review_page.claim_rows(row, opened.cases),
            "consents": review_page.consent_rows(row, opened.cases),
            "changes": review_page.changes_since(row),
            "not_ready": materials.why_not_ready(row) if row.status in {"draft", "sent_back"} else [],
            "sent_back": Review.objects.filter(material_id=row.pk, verdict="sent_back")
            .select_related("reviewer")
            .order_by("-signed_at")
            .first(),
        }
    context |= _leaving(opened) | {
        "is_stale": staleness.is_stale(row),
        "may_edit": "write_material" in opened.rights and row.status != Material.Status.IN_REVIEW,
        "has_printer": is_available(),
    }
    context["next"] = review_page.next_step(context, request.user)
    return render(request, "materials/materials/material.html", context, status=status)


def _leaving(opened: Opened) -> dict[str, Any]:
    """Return what may leave, what has left, and whether everything public of it was taken down."""
    row = opened.material
    copies = row.copies.select_related("dispatch", "created_by").order_by("number")
    public = _pages_of(row)
    return {
        "clearance": dispatches.clearance_of(row),
        "copies": copies if "dispatch" in opened.rights else [],
        "pages": public,
        "is_down": row.status == Material.Status.PUBLISHED and all(page.taken_down_at for page in public),
        "is_critical": row.level == "full" and bool(exceptions.critical_cases(row)),
    }


def _pages_of(row: Material) -> list[PublicPage]:
    """Return the public pages of a material, newest first, each with whether a stranger may read it now."""
    found = PublicPage.objects.filter(dispatch__material=row).select_related(
        "dispatch__clearance__review", "dispatch__material", "taken_down_by", "down_reviewed_by"
    )
    rows = list(found.order_by("-published_at"))
    for page in rows:
        page.is_read = public_pages.may_be_read(page)  # type: ignore[attr-defined]
        page.runs_out = page.is_read and page_expiry.is_running_out(page, now=timezone.now())  # type: ignore[attr-defined]
    return rows


@require_http_methods(["GET", "POST"])
def material_edit(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Edit the words; facts stay bound to their claims. A colleague who saved first loses nothing, nor does this one."""
    opened = material_or_404(request, pk, may="write_material")
    row = opened.material
    form = EditMaterialForm(request.POST or None, material=row, cases=opened.cases)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            materials.edit(
                actor=request.user,
                material=row,
                version=said["version"],
                title=said["title"],
                texts=form.texts(),
                told=form.told(),
                stop_on=said["stop_on"],
            )
        except SavedMeanwhile as meanwhile:
            return _meanwhile(request, opened, form, meanwhile.row)
        except ValidationError as refused:
            take(form, refused)
        else:
            messages.success(request, _("The words were saved."))
            return redirect("materials:material", row.pk)
    if request.method == "GET":
        note_reading(request.user, opened)
    context = {
        "case": opened.case,
        "tab": "materials",
        "material": row,
        "form": form,
        "withheld": review_page.withheld_rows(row),
        "claims": review_page.claim_rows(row, opened.cases),
    }
    return render(request, "materials/materials/edit.html", context, status=422 if form.errors else 200)


def _meanwhile(request: SignedInRequest, opened: Opened, form: EditMaterialForm, saved: Material) -> HttpResponse:
    data = request.POST.copy()
    data["version"] = str(saved.version)
    again = EditMaterialForm(data, material=saved, cases=opened.cases)
    stored = again.stored()
    names = ["title", *(again.name_of(section["code"]) for section in again.sections)]
    rows = [{"label": again[name].label, "value": stored.get(name, ""), "is_typed": True} for name in names]
    context = {
        "case": opened.case,
        "tab": "materials",
        "form": again,
        "rows": rows,
        "back_url": reverse("materials:material", args=[saved.pk]),
    }
    return render(request, "casework/conflict.html", context, status=409)


@require_POST
def send_to_review(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Scan it and hand it to a second person, or show every reason why not."""
    opened = material_or_404(request, pk, may="write_material")
    try:
        materials.send_to_review(actor=request.user, material=opened.material)
    except ValidationError as refused:
        edit = reverse("materials:material_edit", args=[pk])
        rows = [{"title": sentence, "url": edit, "label": _("Edit the words")} for sentence in refused.messages]
        return material_page(request, opened, status=409, refused={"title": _("Not sent to review"), "rows": rows})
    messages.success(request, _("It waits for a second person. Its words are locked until it comes back."))
    return redirect("materials:material", pk)


@require_POST
def take_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back from review."""
    opened = material_or_404(request, pk, may="write_material")
    materials.take_back(actor=request.user, material=opened.material)
    messages.success(request, _("It is a draft again."))
    return redirect("materials:material", pk)


@require_POST
def still_right(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that the text still holds after a fact changed."""
    opened = material_or_404(request, pk, may="write_material")
    materials.still_right(actor=request.user, material=opened.material)
    messages.success(request, _("You confirmed that it still holds."))
    return redirect("materials:material", pk)


@require_http_methods(["GET", "POST"])
def compose_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Compose the words anew from the packet; what was edited is replaced, so it is asked first."""
    opened = material_or_404(request, pk, may="write_material")
    if request.method == "POST":
        try:
            materials.compose_again(
                actor=request.user, material=opened.material, version=int(request.POST.get("version") or 0)
            )
        except SavedMeanwhile:
            messages.warning(request, _("Somebody saved it meanwhile. Nothing was replaced; look at it first."))
        except (ValidationError, ValueError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [_("Nothing was replaced.")])))
        else:
            messages.success(request, _("It was composed again from the packet as it is now."))
        return redirect("materials:material", pk)
    return render(
        request,
        "materials/materials/compose_again.html",
        {"case": opened.case, "tab": "materials", "material": opened.material},
    )


@require_GET
def material_print(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The print view of a draft: the same sheet as a PDF, for the browser's printer. It says DRAFT, NOT CLEARED."""
    opened = material_or_404(request, pk)
    if not opened.may_read:
        raise Http404
    for case in opened.cases:
        record(
            actor=request.user,
            verb="materials.material.printed",
            case=case,
            about=opened.material,
            revision=opened.material.revision,
        )
    return HttpResponse(sheet(draft_of(opened.material), None, is_screen=True))


def refusals_of(viewer: Any, verdict: gate.Verdict, title: str, opened: Opened) -> dict[str, Any]:
    """Return the verdict as the refusal list shows it to this viewer."""
    rows = shown(verdict.refusals, material=opened.material, cases=opened.cases, viewer=viewer)
    return {"title": title, "rows": rows}
