"""Materials of a case: the list, one material beside what is known, writing and editing."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caching.open_forms import note_left, note_open
from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from accounts.views.form_page import answer_form
from accounts.views.once import act_once, button_once
from audit.trail import record
from casework.actions.versions import SavedMeanwhile
from casework.models import Case
from casework.pages.conflict import meanwhile
from casework.views.lookup import case_or_404
from materials.actions import changed_facts, materials
from materials.forms.materials import EditMaterialForm, NewMaterialForm
from materials.leaving.frozen_text import draft_of
from materials.leaving.scanning import renew_scan
from materials.models import Material
from materials.pages.material import (
    SHOWN,
    ComposeAgainPage,
    edit_page,
    material_page,
    materials_page,
    new_material_page,
)
from materials.pages.refused import RefusalList, refusal_list
from materials.pages.saved_meanwhile import saved_meanwhile_page
from materials.review.refusals import RefusalLine
from materials.views.lookup import Opened, material_or_404, note_reading
from papers.pdf.paper import sheet
from safety import gate


@leads_back_here
@require_GET
def case_materials(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everything written to leave about a case; one about a further case that the reader may not see is not there."""
    case = case_or_404(request, reference)
    return render(request, "materials/materials/list.html", vars(materials_page(case, request.user)))


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
        request.POST or None,
        case=case,
        others=together.exclude(pk=case.pk)[:SHOWN],
        initial={"language": "en"} | {name: request.GET.get(name, "") for name in ("kind", "audience")},
    )
    page = new_material_page(case, form, request.user)
    names = ("kind", "audience", "language", "stop_on", "addressee", "naming", "reader")
    return answer_form(
        request,
        form,
        act=lambda: materials.write(
            actor=request.user, cases=form.chosen_cases(), **{name: form.cleaned_data[name] for name in names}
        ),
        done=_("The draft was composed from the packet. Read it, edit its words, and see what was kept back."),
        back=lambda made: reverse("materials:material", args=[made.pk]),
        draw=lambda status: render(request, "materials/materials/new.html", vars(page), status=status),
    )


@leads_back_here
@require_GET
def material(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One material: the words as their audience reads them, beside what is known and what was kept back."""
    opened = material_or_404(request, pk)
    renew_scan(opened.material, actor=request.user)
    return _show(request, opened)


def _show(
    request: SignedInRequest, opened: Opened, *, refused: RefusalList | None = None, status: int = 200
) -> HttpResponse:
    if opened.may_read:
        note_reading(request.user, opened)
    page = material_page(
        opened.material,
        opened.cases,
        opened.rights,
        request.user,
        may_read=opened.may_read,
        refused=refused,
    )
    return render(request, "materials/materials/material.html", vars(page), status=status)


@require_http_methods(["GET", "POST"])
def material_edit(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Edit the words; facts stay bound to their claims. A colleague who saved first loses nothing, nor does this one."""
    opened = material_or_404(request, pk, may="write_material")
    row = opened.material
    form = EditMaterialForm(request.POST or None, material=row, cases=opened.cases)
    if request.method == "GET":
        note_reading(request.user, opened)

    def draw(status: int) -> HttpResponse:
        page = edit_page(row, opened.cases, form)
        others = note_open(request.user, f"material:{row.pk}")
        return render(request, "materials/materials/edit.html", vars(replace(page, others=others)), status=status)

    def act() -> Material:
        saved = materials.edit(
            actor=request.user,
            material=row,
            version=form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            texts=form.texts(),
            told=form.told(),
            stop_on=form.cleaned_data["stop_on"],
            asks_make_sense=form.asks_make_sense,
        )
        note_left(request.user, f"material:{row.pk}")
        return saved

    try:
        return answer_form(
            request,
            form,
            act=act,
            done=_("The words were saved."),
            back=reverse("materials:material", args=[row.pk]),
            draw=draw,
        )
    except SavedMeanwhile as saved_first:
        return _meanwhile(request, opened, saved_first.row, form)


def _meanwhile(request: SignedInRequest, opened: Opened, saved: Material, form: EditMaterialForm) -> HttpResponse:
    data = request.POST.copy()
    data["version"] = str(saved.version)
    again = EditMaterialForm(data, material=saved, cases=opened.cases)
    page = saved_meanwhile_page(saved, opened.case, again, form.cleaned_data, request.user)
    return render(request, "casework/conflict.html", vars(page), status=409)


@require_POST
def send_to_review(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Scan it and hand it to a second person, or show every reason why not."""
    opened = material_or_404(request, pk, may="write_material")
    try:
        materials.send_to_review(actor=request.user, material=opened.material)
    except ValidationError as refused:
        edit = reverse("materials:material_edit", args=[pk])
        rows = [RefusalLine(sentence, url=edit, label=_("Edit the words")) for sentence in refused.messages]
        return _show(request, opened, refused=RefusalList(_("Not sent to review"), rows), status=409)
    messages.success(
        request,
        _("It waits for a second person. Its words are locked until it comes back. A signer looks at this first."),
    )
    return redirect("materials:material", pk)


@require_POST
def take_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back from review."""
    opened = material_or_404(request, pk, may="write_material")
    materials.take_back(actor=request.user, material=opened.material)
    messages.success(request, _("It is a draft again."))
    return redirect("materials:material", pk)


@require_POST
@button_once
def still_right(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that the text still holds after a fact changed."""
    opened = material_or_404(request, pk, may="write_material")
    home = reverse("materials:material", args=[pk])
    try:
        needs_second = act_once(
            request,
            lambda: changed_facts.still_right(actor=request.user, material=opened.material),
            leads_to=lambda _needs: home,
        )
    except ValidationError as refused:
        rows = [RefusalLine(sentence) for sentence in refused.messages]
        return _show(request, opened, refused=RefusalList(_("Not confirmed"), rows), status=409)
    if needs_second:
        messages.success(request, _("You ruled that it still holds. It is out already, so a second person must agree."))
    else:
        messages.success(request, _("You confirmed that it still holds."))
    return redirect(home)


@require_POST
def agree_still_right(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree, as a second person, that a text which is out still holds."""
    opened = material_or_404(request, pk)
    try:
        changed_facts.agree_still_right(actor=request.user, material=opened.material)
    except ValidationError as refused:
        rows = [RefusalLine(sentence) for sentence in refused.messages]
        return _show(request, opened, refused=RefusalList(_("Not confirmed"), rows), status=409)
    messages.success(request, _("You agreed that it still holds."))
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
        except SavedMeanwhile as saved_first:
            who = meanwhile(opened.case, saved_first.row, request.user)
            messages.warning(request, _("%(who)s. Nothing was replaced; look at it first.") % {"who": who})
        except (ValidationError, ValueError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [_("Nothing was replaced.")])))
        else:
            messages.success(request, _("It was composed again from the packet as it is now."))
        return redirect("materials:material", pk)
    page = ComposeAgainPage(opened.case, opened.material)
    return render(request, "materials/materials/compose_again.html", vars(page))


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


def refusals_of(viewer: User, verdict: gate.Verdict, title: str, opened: Opened) -> RefusalList:
    """Return the verdict as the refusal list shows it to this viewer."""
    return refusal_list(verdict, title, material=opened.material, cases=opened.cases, viewer=viewer)
