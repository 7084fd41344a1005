"""The one way to put a form before a person: ask, do the verb once, go on; a refusal stands in the form."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.drafts import GO_ON, KEPT, forget_sent
from accounts.forms.doubles import SEEN, Double, ask_about, keep_what_was_asked
from accounts.forms.faults import take
from accounts.forms.together import Answered
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import ANOTHER, another_form, came_from
from accounts.views.once import NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again

Result = TypeVar("Result")
Draw = Callable[[int], HttpResponse]


def answer_form(
    request: SignedInRequest,
    form: Answered,
    *,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str],
    back: str | Callable[[Result], str],
    draw: Draw,
    may_repeat: bool = False,
    offers_another: bool = False,
    double: Callable[[], Double | None] | None = None,
) -> HttpResponse:
    """When the form is sent and whole, do the verb, say that it is `done` (unless that is empty) and go `back`.

    Else `draw` is asked for the page with everything typed: status 200, or 422 where the form or the verb refused. A form
    that was sent before does nothing: it leads to what the first press made, or, altered since or opened anew, is shown
    again (409). Only what protects or looks up, and does no harm when it is done twice, `may_repeat` without that question.

    A form that was opened from another page goes back there, unless it leads to what it made. One that `offers_another`
    is shown anew, and empty, when that button was pressed. What is a `double` of a row that is there is shown again (409),
    and saved when it is sent once more. What was kept of a form that is saved now is forgotten; what
    was begun and kept is shown to go on with, and does nothing.
    """
    if request.method != "POST" or GO_ON in request.POST:
        return draw(422 if form.is_bound and form.errors else 200)
    is_another = offers_another and ANOTHER in request.POST
    leads_to = partial(_goes_on, request, back, is_another)
    try:
        refuse_again(request, may_repeat=may_repeat)
        if not form.is_valid():
            return _again(form, draw, 422 if form.is_bound else 200)
        if double and _asks_about(request, form, double()):
            return _again(form, draw, 409)
        result = act_once(request, act, leads_to=leads_to)
    except (ValidationError, NoToken, SentAlready) as refused:
        return _refused(request, form, draw, refused)
    forget_sent(person=request.user, named=request.POST.get(KEPT, ""))
    _say(request, done(result) if callable(done) else done, is_another)
    return redirect(leads_to(result))


def _asks_about(request: SignedInRequest, form: Answered, there: Double | None) -> bool:
    """Say whether the form would make a double that nobody was asked about yet; its page asks then."""
    if there is None or request.POST.get(SEEN) == there.key:
        return False
    ask_about(form, there)
    return True


def _refused(request: SignedInRequest, form: Answered, draw: Draw, refused: Exception) -> HttpResponse:
    """Show the form again with why nothing was done; what the first press did already is led to."""
    if isinstance(refused, ValidationError):
        take(form, refused)
        return _again(form, draw, 422)
    if not isinstance(refused, SentAlready):
        return _shown_again(form, draw, str(NO_TOKEN))
    if refused.why is None:
        return lead_to_the_first(request, refused)
    return _shown_again(form, draw, _saved_already(refused))


def _again(form: Answered, draw: Draw, status: int) -> HttpResponse:
    """Draw the form anew; what it was asked about stays asked."""
    keep_what_was_asked(form)
    return draw(status)


def _goes_on(request: SignedInRequest, back: str | Callable[[Result], str], is_another: bool, made: Result) -> str:
    """Return where a form leads that is done: to an empty one, to what it made, or to where it was opened."""
    if is_another:
        return another_form(request)
    if callable(back):
        return back(made)
    return back if back == request.path else came_from(request) or back


def _say(request: SignedInRequest, said: str | Promise, is_another: bool) -> None:
    """Say that it is done, unless there is nothing to say."""
    if said:
        messages.success(request, f"{said} {_('Here is an empty form for another one.')}" if is_another else str(said))


def _saved_already(sent: SentAlready) -> str:
    return format_html('{} <a href="{}">{}</a>', sent.why, sent.row.leads_to, _("See what was saved"))


def _shown_again(form: Answered, draw: Draw, why: str) -> HttpResponse:
    """Show what was sent, with a new token: whoever means it presses once more."""
    form.is_valid()
    form.add_error(None, ValidationError(why))
    return _again(form, draw, 409)
