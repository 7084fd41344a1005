"""One way to put a form of a case before a person: ask, do the verb, go on; a refusal stands in the form."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from accounts.caching.open_forms import note_left, note_open
from accounts.forms.doubles import Double
from accounts.models import User
from accounts.sign_in.requests import SignedInRequest
from accounts.views.form_page import answer_form
from casework.actions.versions import SavedMeanwhile
from casework.forms.versioned import RowForm
from casework.models import Case
from casework.models.rows import CaseRow
from casework.pages.conflict import conflict_page

FORM = "casework/evidence/form.html"
Result = TypeVar("Result")


class CaseForm(Protocol):
    """What a page with one form of a case holds, whatever else stands on it."""

    @property
    def case(self) -> Case: ...
    @property
    def form(self) -> BaseForm: ...
    @property
    def back_url(self) -> str: ...
    @property
    def tab(self) -> str: ...


def posted(request: SignedInRequest) -> QueryDict | None:
    """Return what was sent, also when every box was left empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def answer_case_form(
    request: SignedInRequest,
    page: CaseForm,
    *,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str],
    back: Callable[[Result], str] | None = None,
    template: str = FORM,
    double: Callable[[], Double | None] | None = None,
) -> HttpResponse:
    """Show the page; when its form is sent and whole, do the verb, say that it is `done` and go `back`.

    Without `back` that is where the page leads to anyway. A faulty form answers 422 with everything typed in it; a row
    that somebody saved meanwhile answers 409.
    """
    opened = _what_is_open(page)

    def draw(status: int) -> HttpResponse:
        others = note_open(request.user, opened) if opened else ()
        shown: Any = replace(cast(Any, page), others=others) if others else page
        return render(request, template, vars(shown), status=status)

    try:
        return answer_form(
            request,
            page.form,
            act=lambda: _left_after(request.user, act, opened),
            done=done,
            back=back or page.back_url,
            draw=draw,
            offers_another=getattr(page, "offers_another", False),
            double=double,
        )
    except SavedMeanwhile as meanwhile:
        if not isinstance(page.form, RowForm):
            raise
        return _compared(request, page, page.form, meanwhile.row)


def _left_after(user: User, act: Callable[[], Result], opened: str) -> Result:
    """Do the verb, and take the mark off what this person had open."""
    made = act()
    if opened:
        note_left(user, opened)
    return made


def _compared(request: SignedInRequest, page: CaseForm, form: RowForm, saved: Case | CaseRow) -> HttpResponse:
    """Show what somebody saved first beside what was typed."""
    again, reader = typed_over(request.POST, form, saved), request.user
    shown = conflict_page(page.case, again, saved, reader=reader, back_url=page.back_url, tab=page.tab)
    return render(request, "casework/conflict.html", vars(shown), status=409)


def _what_is_open(page: CaseForm) -> str:
    """Return what a form edits, for the mark that it is open; empty for a new row, and for who only reads."""
    if not isinstance(page.form, RowForm) or page.form.instance._state.adding or not getattr(page, "may_change", True):
        return ""
    return f"{page.form.instance._meta.model_name}:{page.form.instance.pk}"


def typed_over(typed: QueryDict, form: RowForm, saved: Case | CaseRow) -> RowForm:
    """Return the form with what was typed, over the version that is saved now: saving again is a choice, no accident."""
    data = typed.copy()
    data[form.add_prefix("version")] = form.version_over(saved)
    form.data, form.instance, form.is_alone = data, saved, True
    return form
