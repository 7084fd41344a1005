"""The one way to put a form before a person: ask, do the verb, go on; a refusal stands in the form."""

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

    Else `draw` is asked for the page with everything typed: status 200, or 422 where the form or the verb refused.
    """
    if request.method == "POST" and form.is_valid():
        try:
            result = act()
        except ValidationError as refusal:
            take(form, refusal)
        else:
            if said := done(result) if callable(done) else done:
                messages.success(request, str(said))
            return redirect(back(result) if callable(back) else back)
    return draw(422 if form.is_bound and form.errors else 200)
