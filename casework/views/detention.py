"""Spells of detention, places over time, and charges."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.sign_in.requests import SignedInRequest
from casework.actions import detention as detention_actions
from casework.forms.detention import ChargeForm, DetentionForm, PlaceForm, spell_choice
from casework.models import Case, Detention
from casework.views.lookup import case_or_404
from casework.views.rows import RowPage, add_page, change_page
from directory.dates import sort_key

DETENTION = RowPage(
    form=DetentionForm,
    add_title=_("Add a detention"),
    change_title=_("Change the detention"),
    act=_("Save the detention"),
    saved=_("The detention is saved."),
    remove=_("Remove the detention"),
)
PLACE = RowPage(
    form=PlaceForm,
    add_title=_("Add a place"),
    change_title=_("Change the place"),
    act=_("Save the place"),
    saved=_("The place is saved."),
    remove=_("Remove the place"),
)
CHARGE = RowPage(
    form=ChargeForm,
    add_title=_("Add a charge"),
    change_title=_("Change the charge"),
    act=_("Save the charge"),
    saved=_("The charge is saved."),
    remove=_("Remove the charge"),
)
both = require_http_methods(["GET", "POST"])


@both
def add_detention(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a spell of detention."""
    case = case_or_404(request, reference, may="change_case")
    form = DetentionForm(request.POST or None, case=case)
    return add_page(
        request,
        case,
        DETENTION,
        form,
        lambda: detention_actions.add_detention(actor=request.user, case=case, values=form.values()),
    )


@both
def change_detention(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a spell of detention."""
    return change_page(request, reference, pk, DETENTION, detention_actions.change_detention)


@both
def add_place(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add where the person was held; without any detention yet, that one is asked for first."""
    case = case_or_404(request, reference, may="change_case")
    spells = _spells(case)
    if not spells:
        messages.info(request, _("A place belongs to a detention. Say first since when the person is held."))
        return redirect("casework:add_detention", case.reference)
    form = spell_choice(PlaceForm(request.POST or None, case=case), spells)
    return add_page(
        request,
        case,
        PLACE,
        form,
        lambda: detention_actions.add_place(actor=request.user, detention=_chosen(form, spells), values=form.values()),
    )


@both
def change_place(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change where the person was held."""
    return change_page(request, reference, pk, PLACE, detention_actions.change_place)


@both
def add_charge(request: SignedInRequest, reference: str) -> HttpResponse:
    """Add a charge."""
    case = case_or_404(request, reference, may="change_case")
    spells = _spells(case)
    form = spell_choice(ChargeForm(request.POST or None, case=case), spells)
    return add_page(
        request,
        case,
        CHARGE,
        form,
        lambda: detention_actions.add_charge(
            actor=request.user, case=case, detention=_chosen(form, spells) if spells else None, values=form.values()
        ),
    )


@both
def change_charge(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a charge."""
    return change_page(request, reference, pk, CHARGE, detention_actions.change_charge)


def _spells(case: Case) -> list[Detention]:
    return sorted(case.detentions.present(), key=lambda row: sort_key(row.started))


def _chosen(form: Any, spells: list[Detention]) -> Detention:
    """Return the spell that was chosen, the latest when nothing was asked."""
    chosen = form.cleaned_data.get("spell")
    return next((row for row in spells if str(row.pk) == chosen), spells[-1])
