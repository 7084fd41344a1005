"""Rights, demands and asks: one page, and a form for each."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import leads_back_here
from casework.access import rights_on
from casework.actions import asks as ask_actions
from casework.actions.removal import KIND_OF
from casework.forms.asks import AskForm, DemandForm, RightForm
from casework.forms.versioned import RowForm
from casework.models import Ask, Demand, RightImplicated
from casework.models.rows import CaseRow
from casework.pages.asks import NoDemandPage, asks_page
from casework.pages.form_page import FormPage
from casework.views.form_page import answer_case_form, posted
from casework.views.lookup import case_or_404, row_or_404


@leads_back_here
@require_GET
def asks(request: SignedInRequest, reference: str) -> HttpResponse:
    """What must change for the person, who is asked for what, and which rights are put in question."""
    case = case_or_404(request, reference)
    page = asks_page(case, may_change="change_case" in rights_on(request.user, case))
    return render(request, "casework/asks/asks.html", vars(page))


def add_right(request: SignedInRequest, reference: str) -> HttpResponse:
    """Name a right that the facts put in question."""
    words = _("Name a right"), _("Save the right"), _("The right was added.")
    return _add(request, reference, RightForm, RightImplicated, ask_actions.add_right, words)


def change_right(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a right or the fact that shows it."""
    words = _("Change the right"), _("Save the right"), _("The right was saved."), _("Remove the right")
    return _change(request, reference, pk, RightForm, RightImplicated, ask_actions.change_right, words)


def add_demand(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write what must change for the person."""
    words = _("Add a demand"), _("Save the demand"), _("The demand was added.")
    return _add(request, reference, DemandForm, Demand, ask_actions.add_demand, words)


def change_demand(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change a demand, its place, or whether it leads."""
    words = _("Change the demand"), _("Save the demand"), _("The demand was saved."), _("Remove the demand")
    return _change(request, reference, pk, DemandForm, Demand, ask_actions.change_demand, words)


@require_POST
def still_makes_sense(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Say that a demand in words of our own makes sense where the person is now."""
    row = row_or_404(Demand, request, reference, pk, may="change_case")
    try:
        ask_actions.still_makes_sense(actor=request.user, row=row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("It is noted that this demand makes sense."))
    return redirect("casework:concerned", reference)


def add_ask(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write what one addressee is asked to do."""
    case = case_or_404(request, reference, "change_case")
    if not Demand.objects.filter(case=case).present().exists():
        return render(request, "casework/asks/no_demand.html", vars(NoDemandPage(case)))
    words = _("Add an ask"), _("Save the ask"), _("The ask was added.")
    return _add(request, reference, AskForm, Ask, ask_actions.add_ask, words)


def change_ask(request: SignedInRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Change an ask."""
    words = _("Change the ask"), _("Save the ask"), _("The ask was saved."), _("Remove the ask")
    return _change(request, reference, pk, AskForm, Ask, ask_actions.change_ask, words)


def _add(
    request: SignedInRequest,
    reference: str,
    form_class: type[RowForm],
    model: type[CaseRow],
    verb: Callable[..., CaseRow],
    words: tuple[str, str, str],
) -> HttpResponse:
    case = case_or_404(request, reference, "change_case")
    form = form_class(posted(request), case=case, instance=model(case=case))
    title, act_label, done = words
    home = reverse("casework:asks", args=[reference])
    page = FormPage(case, form, title, act_label, back_url=home, offers_another=True)
    return answer_case_form(
        request, page, act=lambda: verb(actor=request.user, case=case, values=form.values()), done=done
    )


def _change(
    request: SignedInRequest,
    reference: str,
    pk: uuid.UUID,
    form_class: type[RowForm],
    model: type[CaseRow],
    verb: Callable[..., CaseRow],
    words: tuple[str, str, str, str],
) -> HttpResponse:
    row = row_or_404(model, request, reference, pk, may="change_case")
    form = form_class(posted(request), case=row.case, instance=row)
    title, act_label, done, remove_label = words
    page = FormPage(
        row.case,
        form,
        title,
        act_label,
        back_url=reverse("casework:asks", args=[reference]),
        remove_url=reverse("casework:remove", args=[reference, KIND_OF[model], pk]),
        remove_label=remove_label,
        history_url=reverse("web:history", args=[reference, KIND_OF[model], pk]),
    )
    return answer_case_form(
        request,
        page,
        act=lambda: verb(actor=request.user, row=row, version=form.opened_version, values=form.values()),
        done=done,
    )
