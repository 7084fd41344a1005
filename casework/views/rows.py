"""Adding and changing one row of a packet: the same page for every kind, told apart by what it is given."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from accounts.sign_in.requests import SignedInRequest
from casework.actions.removal import KIND_OF
from casework.models import Case
from casework.views.form_page import answer
from casework.views.lookup import row_or_404

Words = str | Promise


@dataclass(frozen=True)
class RowPage:
    """What tells one kind of row from another on its page."""

    form: type[Any]
    add_title: Words
    change_title: Words
    act: Words
    saved: Words
    remove: Words
    home: str = "casework:case"
    right: str = "change_case"


def add_page(request: SignedInRequest, case: Case, page: RowPage, form: Any, add: Callable[[], Any]) -> HttpResponse:
    """Show the empty form, or write the row; `add` calls the verb with what the form holds."""
    return _asked(request, case, page, form, add, title=page.add_title)


def change_page(
    request: SignedInRequest, reference: str, pk: uuid.UUID, page: RowPage, change: Callable[..., Any]
) -> HttpResponse:
    """Show the form of a stored row, or write what was typed; a colleague who saved first is shown beside it."""
    model = page.form._meta.model
    row = row_or_404(model, request, reference, pk, may=page.right)
    case = row.case
    form = page.form(request.POST or None, instance=row, case=case)
    return _asked(
        request,
        case,
        page,
        form,
        lambda: change(actor=request.user, row=row, version=form.opened_version, values=form.values()),
        title=page.change_title,
        remove_url=reverse("casework:remove", args=[case.reference, KIND_OF[model], row.pk]),
        remove_label=page.remove,
    )


def _asked(
    request: SignedInRequest, case: Case, page: RowPage, form: Any, act: Callable[[], Any], **context: Any
) -> HttpResponse:
    home = reverse(page.home, args=[case.reference])
    return answer(
        request,
        case=case,
        form=form,
        act=act,
        done=page.saved,
        back=home,
        back_url=home,
        act_label=page.act,
        **context,
    )
