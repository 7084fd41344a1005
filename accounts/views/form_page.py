"""The one way to put a form before a person: ask, do the verb once, go on; a refusal stands in the form."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from accounts.forms.faults import take
from accounts.forms.together import Answered
from accounts.sign_in.requests import SignedInRequest
from accounts.views.once import ALTERED, NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again

Result = TypeVar("Result")


def answer_form(
    request: SignedInRequest,
    form: Answered,
    *,
    act: Callable[[], Result],
    done: str | Promise | Callable[[Result], str],
    back: str | Callable[[Result], str],
    draw: Callable[[int], HttpResponse],
) -> HttpResponse:
    """When the form is sent and whole, do the verb, say that it is `done` (unless that is empty) and go `back`.

    Else `draw` is asked for the page with everything typed: status 200, or 422 where the form or the verb refused. A form
    that was sent before does nothing: it leads to what the first press made, or, altered since, is shown again (409).
    """
    if request.method != "POST":
        return draw(422 if form.is_bound and form.errors else 200)
    try:
        refuse_again(request)
        if not form.is_valid():
            return draw(422 if form.is_bound else 200)
        result = act_once(request, act, leads_to=lambda made: back(made) if callable(back) else back)
    except ValidationError as refusal:
        take(form, refusal)
        return draw(422)
    except NoToken:
        return _shown_again(form, draw, NO_TOKEN)
    except SentAlready as sent:
        return _shown_again(form, draw, ALTERED) if sent.is_altered else lead_to_the_first(request, sent)
    if said := done(result) if callable(done) else done:
        messages.success(request, str(said))
    return redirect(back(result) if callable(back) else back)


def _shown_again(form: Answered, draw: Callable[[int], HttpResponse], why: Promise) -> HttpResponse:
    """Show what was sent, with a new token: whoever means it presses once more."""
    form.is_valid()
    form.add_error(None, ValidationError(str(why)))
    return draw(409)
