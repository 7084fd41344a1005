"""The one way to put a form before a person: ask, do the verb once, go on; a refusal stands in the form."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.forms.doubles import SEEN, Double, ask_about, keep_what_was_asked
from accounts.forms.faults import take
from accounts.forms.together import Answered
from accounts.sign_in.requests import SignedInRequest
from accounts.views.came_from import ANOTHER, another_form, came_from
from accounts.views.once import NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again

Result = TypeVar("Result")


def answer_form(
    request: SignedInRequest,
    form: Answered,
    *,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str],
    back: str | Callable[[Result], str],
    draw: Callable[[int], HttpResponse],
    may_repeat: bool = False,
    offers_another: bool = False,
    double: Callable[[], Double | None] | None = None,
) -> HttpResponse:
    """When the form is sent and whole, do the verb, say that it is `done` (unless that is empty) and go `back`.

    Else `draw` is asked for the page with everything typed: status 200, or 422 where the form or the verb refused. A form
    that was sent before does nothing: it leads to what the first press made, or, altered since or opened anew, is shown
    again (409). Only what protects or looks up, and does no harm when it is done twice, `may_repeat` without that question.

    A form that was opened from another page goes back there, unless it leads to what it made. One that `offers_another`
    is shown anew, and empty, when that button was pressed. What is a `double` of a row that is there is shown again with
    the way to that row (409), and saved when it is sent once more.
    """

    def goes_on(made: Result) -> str:
        if offers_another and ANOTHER in request.POST:
            return another_form(request)
        if callable(back):
            return back(made)
        return back if back == request.path else came_from(request) or back

    def again(status: int) -> HttpResponse:
        keep_what_was_asked(form)
        return draw(status)

    if request.method != "POST":
        return draw(422 if form.is_bound and form.errors else 200)
    try:
        refuse_again(request, may_repeat=may_repeat)
        if not form.is_valid():
            return again(422 if form.is_bound else 200)
        if double and (there := double()) and request.POST.get(SEEN) != there.key:
            ask_about(form, there)
            return again(409)
        result = act_once(request, act, leads_to=goes_on)
    except ValidationError as refusal:
        take(form, refusal)
        return again(422)
    except NoToken:
        return _shown_again(form, again, str(NO_TOKEN))
    except SentAlready as sent:
        if sent.why is None:
            return lead_to_the_first(request, sent)
        return _shown_again(
            form, again, format_html('{} <a href="{}">{}</a>', sent.why, sent.row.leads_to, _("See what was saved"))
        )
    if said := done(result) if callable(done) else done:
        is_another = offers_another and ANOTHER in request.POST
        messages.success(request, f"{said} {_('Here is an empty form for another one.')}" if is_another else str(said))
    return redirect(goes_on(result))


def _shown_again(form: Answered, draw: Callable[[int], HttpResponse], why: str) -> HttpResponse:
    """Show what was sent, with a new token: whoever means it presses once more."""
    form.is_valid()
    form.add_error(None, ValidationError(why))
    return draw(409)
