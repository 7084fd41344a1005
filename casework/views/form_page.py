"""One way to put a form of a case before a person: ask, do the verb, go on; a refusal stands in the form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.actions.versions import SavedMeanwhile
from casework.models import Case
from casework.views.lookup import conflict

FORM = "casework/evidence/form.html"


def typed(request: SignedInRequest) -> Any:
    """Return what was sent, also when every box was left empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def answer(
    request: SignedInRequest,
    *,
    case: Case,
    form: Any,
    act: Callable[[], Any],
    done: Any,
    back: str | Callable[[Any], str],
    back_url: str,
    template: str = FORM,
    tab: str = "packet",
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent and whole, do the verb, say that it is `done` and go to `back`.

    A faulty form answers 422 with everything typed in it; a row that somebody saved meanwhile answers 409.
    """
    shown = {"case": case, "tab": tab, "form": form, "back_url": back_url, **context}
    try:
        return answer_form(
            request,
            form,
            act=act,
            done=done,
            back=back,
            draw=lambda status: render(request, template, shown, status=status),
        )
    except SavedMeanwhile as meanwhile:
        return conflict(request, case=case, form=form, saved=meanwhile.row, back_url=back_url, tab=tab)
