"""Results of all cases that one may see, the half page for the board, and the targets of the office."""

import uuid
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import OfficeRole, holds, is_of_the_office
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from advocacy.actions import office_results
from advocacy.forms.results import AdjustOfficeTargetForm, OfficeTargetForm
from advocacy.models import OfficeTarget
from advocacy.pages.all_results import all_results_page, board_page
from advocacy.pages.results import OfficeFormPage
from advocacy.views.results import unless_saved
from casework.views.form_page import posted


@require_GET
def all_results(request: SignedInRequest) -> HttpResponse:
    """Results of every case that one may see, by country and year; 404 for who reviews from outside."""
    _require_office(request)
    page = all_results_page(request.user, *_asked(request))
    return render(request, "advocacy/results/all.html", vars(page))


@require_GET
def results_board(request: SignedInRequest) -> HttpResponse:
    """Half a page for the board: figures alone, and of fewer than five cases none."""
    _require_office(request)
    return render(request, "advocacy/results/board.html", vars(board_page(request.user, *_asked(request))))


@require_http_methods(["GET", "POST"])
def office_target_new(request: SignedInRequest) -> HttpResponse:
    """Say what the office hopes for in a year; for directors, and 404 for everybody else."""
    _require_director(request)
    form = OfficeTargetForm(posted(request), initial={"year": timezone.localdate().year})
    return _answer(
        request,
        OfficeFormPage(form, _("Set a target of the office"), _("Set the target"), _back()),
        act=lambda: office_results.set_office_target(actor=request.user, **form.cleaned_data),
        done=_("The target of the office stands."),
    )


@require_http_methods(["GET", "POST"])
def office_target_adjust(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Adjust a target of the office, with a reason; for directors, and 404 for everybody else."""
    _require_director(request)
    row = get_object_or_404(OfficeTarget, pk=pk)
    last = row.figures.order_by("-number")[0]
    form = AdjustOfficeTargetForm(posted(request), row=row, initial={"wanted": last.wanted})
    lead = f"{row.get_what_display()}, {row.year}"
    return _answer(
        request,
        OfficeFormPage(form, _("Adjust a target of the office"), _("Adjust the target"), _back(), lead),
        act=lambda: unless_saved(
            form, office_results.adjust_office_target, actor=request.user, target=row, **form.given()
        ),
        done=_("The target was adjusted. What it said before stays beside it."),
    )


def _answer(request: SignedInRequest, page: OfficeFormPage, *, act: Any, done: str) -> HttpResponse:
    form: BaseForm = page.form
    return answer_form(
        request,
        form,
        act=act,
        done=done,
        back=page.back_url,
        draw=lambda status: render(request, "advocacy/results/office_form.html", vars(page), status=status),
    )


def _asked(request: SignedInRequest) -> tuple[str, str]:
    """Return the country and the year that are asked for, each empty for all."""
    return request.GET.get("country", ""), request.GET.get("year", "")


def _require_office(request: SignedInRequest) -> None:
    if not is_of_the_office(request.user):
        raise Http404


def _require_director(request: SignedInRequest) -> None:
    if not holds(request.user, OfficeRole.DIRECTOR):
        raise Http404


def _back() -> str:
    return reverse("advocacy:all_results")
