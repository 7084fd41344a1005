"""Choosing what a text prints, and in which order."""

import uuid
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.caching.open_forms import note_left, note_open
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.actions.versions import SavedMeanwhile
from materials.actions import choosing
from materials.forms.choosing import ChoosingForm
from materials.models import Material
from materials.pages.choosing import choosing_page, rows_to_choose
from materials.pages.saved_meanwhile import chosen_meanwhile
from materials.views.lookup import material_or_404, note_reading


@require_http_methods(["GET", "POST"])
def choose(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Tick what prints and say in which order; the paper is drawn anew from the packet where that changes it."""
    opened = material_or_404(request, pk, may="write_material")
    row, home = opened.material, reverse("materials:choose", args=[pk])
    form = ChoosingForm(request.POST or None, material=row, rows=rows_to_choose(row, opened.cases))
    if request.method == "GET":
        note_reading(request.user, opened)

    def draw(status: int) -> HttpResponse:
        page = choosing_page(row, opened.cases, form)
        others = note_open(request.user, f"material:{row.pk}")
        return render(request, "materials/materials/choose.html", vars(replace(page, others=others)), status=status)

    def act() -> Material:
        saved = choosing.choose(
            actor=request.user, material=row, version=form.cleaned_data["version"], choices=form.choices()
        )
        note_left(request.user, f"material:{row.pk}")
        return saved

    try:
        return answer_form(
            request,
            form,
            act=act,
            done=_("The paper is drawn anew. Read it, then send it to review."),
            back=home,
            draw=draw,
        )
    except SavedMeanwhile as meanwhile:
        data = request.POST.copy()
        data["version"] = str(meanwhile.row.version)
        row = meanwhile.row
        form = ChoosingForm(data, material=row, rows=rows_to_choose(row, opened.cases))
        form.add_error(None, ValidationError(chosen_meanwhile(row, opened.case, form, request.user)))
        return draw(409)
