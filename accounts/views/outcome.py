"""How an act on people ends: it is done and said so, or every reason why not stands on a page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.pages.refused import RefusedActPage, reasons_in_rows
from accounts.refusals import Refused
from accounts.sign_in.requests import SignedInRequest
from accounts.views.once import NO_TOKEN, NoToken, SentAlready, act_once, lead_to_the_first, refuse_again


def done_or_refused(
    request: SignedInRequest, act: Callable[[], object], *, done: str, then: str, back: str
) -> HttpResponse:
    """Do one act, say that it is `done` and go on to `then`; refused, answer 409 with the way `back`.

    The same form sent a second time does nothing, and says so.
    """
    try:
        refuse_again(request)
        act_once(request, act, leads_to=lambda _made: then)
    except SentAlready as sent:
        return lead_to_the_first(request, sent)
    except NoToken:
        messages.warning(request, str(NO_TOKEN))
        return redirect(back)
    except Refused as refused:
        page = RefusedActPage(reasons_in_rows(refused.reasons), back)
        return render(request, "accounts/refused.html", vars(page), status=409)
    messages.success(request, done)
    return redirect(then)
