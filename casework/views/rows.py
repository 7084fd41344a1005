"""Adding and changing one row of a packet: the same page for every kind, told apart by what it is given."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from accounts.forms.doubles import Double
from accounts.sign_in.requests import SignedInRequest
from casework.access import require
from casework.access.own_rows import right_over
from casework.actions.removal import KIND_OF
from casework.forms.versioned import RowForm
from casework.models import Case
from casework.models.rows import CaseRow
from casework.pages.form_page import FormPage, Words
from casework.views.form_page import answer_case_form
from casework.views.lookup import row_or_404


@dataclass(frozen=True)
class RowPage:
    """What tells one kind of row from another on its page."""

    form: type[RowForm]
    add_title: Words
    change_title: Words
    act: Words
    saved: Words
    remove: Words
    home: str = "casework:case"


def add_page(
    request: SignedInRequest,
    case: Case,
    kind: RowPage,
    form: RowForm,
    add: Callable[[], CaseRow],
    double: Callable[[], Double | None] | None = None,
) -> HttpResponse:
    """Show the empty form, or write the row; `add` calls the verb with what the form holds."""
    page = FormPage(case, form, kind.add_title, kind.act, back_url=_home(kind, case), offers_another=True)
    return answer_case_form(request, page, act=add, done=kind.saved, double=double)


def change_page(
    request: SignedInRequest, reference: str, pk: uuid.UUID, kind: RowPage, change: Callable[..., CaseRow]
) -> HttpResponse:
    """Show the form of a stored row, or write what was typed; a colleague who saved first is shown beside it."""
    model = kind.form._meta.model
    row = row_or_404(model, request, reference, pk)
    require(request.user, right_over(request.user, row), row.case)
    form = kind.form(request.POST or None, instance=row, case=row.case)
    page = FormPage(
        row.case,
        form,
        kind.change_title,
        kind.act,
        back_url=_home(kind, row.case),
        remove_url=reverse("casework:remove", args=[row.case.reference, KIND_OF[model], row.pk]),
        remove_label=kind.remove,
        history_url=reverse("web:history", args=[row.case.reference, KIND_OF[model], row.pk]),
    )
    return answer_case_form(
        request,
        page,
        act=lambda: change(actor=request.user, row=row, version=form.opened_version, values=form.values()),
        done=kind.saved,
    )


def _home(kind: RowPage, case: Case) -> str:
    return reverse(kind.home, args=[case.reference])
