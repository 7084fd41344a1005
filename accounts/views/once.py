"""One press, one row: a form that is sent a second time makes nothing, and leads to what it made the first time.

The one-use token of a form is the token of its cross-site check as it stands in the page: drawn at random each time a
page is shown, bound by the cookie to this browser's sign-in, checked before any view, and in every form that posts.

*Back* fetches the page anew, with a new token, and the browser puts the old words into it: what was saved at this
address in the last hour, word for word, is shown with the offer to save it once more.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.drafts import KEPT
from accounts.forms.doubles import SEEN
from accounts.models import SentForm
from accounts.views import came_from
from accounts.views.came_from import address_without_it
from sealing import keys
from sealing.queries import BYTES, MOMENT, written_once

Result = TypeVar("Result")
View = Callable[..., HttpResponse]

FIELD = "csrfmiddlewaretoken"
NOT_WORDS = frozenset({FIELD, came_from.FIELD, came_from.ANOTHER, SEEN, KEPT})
MASKED = 64  # letters of a token as a page holds it; a cookie's 32, or a header alone, is no token of one page
ALTERED: Promise = gettext_lazy(
    "This form was saved already, and nothing was saved a second time. What stands in it now is not what was saved: "
    "to save it beside the first, send it once more."
)
REPEATED: Promise = gettext_lazy(
    "The very same was saved a short while ago, and nothing was saved a second time. If you mean a second one beside the "
    "first, send it once more."
)
ASKED_FOR = dt.timedelta(hours=1)
NO_TOKEN: Promise = gettext_lazy(
    "This did not come from a page that was just opened. Nothing was saved: look at it, and send it once more."
)


class SentAlready(Exception):
    """This very form was sent before and did what it says; `row` says where that stands.

    `why` is what to say when whoever sent it may mean another one: it was altered since, or comes from a page opened anew.
    """

    def __init__(self, row: SentForm, why: Promise | None = None) -> None:
        self.row, self.why = row, why
        super().__init__("sent already")


class NoToken(Exception):
    """The form carries no token of a page: a script's, or an old one's. A page that is shown anew has one."""


def refuse_again(request: HttpRequest, *, may_repeat: bool = True) -> None:
    """Raise SentAlready for a form that did what it says before, and NoToken for one that was in no page of ours.

    Unless it `may_repeat`, the same words from a page that was opened anew are asked about too, once for each saving.
    """
    token_mac = _token_mac(request)
    if not token_mac:
        return
    body_mac = _body_mac(request)
    row = _of_token.first(token_mac=token_mac)
    if row is not None:
        raise SentAlready(row, ALTERED if bytes(row.body_mac) != body_mac else None)
    if not may_repeat:
        _ask_about_the_same_words(token_mac, body_mac)


def _ask_about_the_same_words(token_mac: bytes, body_mac: bytes) -> None:
    """Raise SentAlready where these words were saved within the hour and nobody asked yet whether a second one is meant.

    The page that is asked about is kept in the row: a double press of it is asked about both times.
    """
    row = _of_words.first(body_mac=body_mac, since=timezone.now() - ASKED_FOR)
    if row is None or bytes(row.repeat_mac) not in (b"", token_mac):
        return
    SentForm.objects.filter(pk=row.pk).update(repeat_mac=token_mac)
    raise SentAlready(row, REPEATED)


@written_once(token_mac=BYTES)
def _of_token(*, token_mac: bytes) -> QuerySet[SentForm]:
    return SentForm.objects.filter(token_mac=token_mac)[:1]


@written_once(body_mac=BYTES, since=MOMENT)
def _of_words(*, body_mac: bytes, since: dt.datetime) -> QuerySet[SentForm]:
    return SentForm.objects.filter(body_mac=body_mac, sent_at__gt=since).order_by("-sent_at")[:1]


def act_once(request: HttpRequest, act: Callable[[], Result], leads_to: Callable[[Result], str]) -> Result:
    """Do the act and claim the form's token together. Raises SentAlready where another press did it, now or before.

    What the act refuses is raised as it is, and the token is free again: a faulty form may be mended and sent.
    """
    token_mac = _token_mac(request)
    if not token_mac:
        return act()
    refusal: Exception | None = None
    with transaction.atomic():
        row = _claim(request, token_mac)
        try:
            result = act()
        except DatabaseError:
            raise
        except Exception as refused:  # what it wrote beside the refused verb stays, as it does without a token
            row.delete()
            refusal = refused
        else:
            row.leads_to = leads_to(result)
            row.save(update_fields=["leads_to"])
    if refusal is not None:
        raise refusal
    return result


def lead_to_the_first(request: HttpRequest, sent: SentAlready) -> HttpResponse:
    """Say that it is saved already, and go where the first press went."""
    if sent.why:
        messages.warning(request, str(sent.why))
    else:
        messages.info(request, _("This was already saved. The second press changed nothing."))
    return redirect(sent.row.leads_to)


def button_once(view: View) -> View:
    """Have a view of one button, which calls act_once, lead to what the first press did when it is pressed again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refuse_again(request)
            return view(request, *args, **kwargs)
        except SentAlready as sent:
            return lead_to_the_first(request, sent)
        except NoToken:
            messages.warning(request, str(NO_TOKEN))
            return redirect(settings.LOGIN_REDIRECT_URL)

    return guarded


def _claim(request: HttpRequest, token_mac: bytes) -> SentForm:
    """Insert the row of this token; where another press holds it, wait for that one, and raise SentAlready if it went through."""
    row = SentForm(user_id=request.user.pk or 0, token_mac=token_mac, body_mac=_body_mac(request), leads_to="/")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        refuse_again(request)
        raise
    return row


def _token_mac(request: HttpRequest) -> bytes:
    """Return the HMAC of person, address and token; empty for a request that no browser can have sent.

    No view of ours is exempt from the cross-site check, which lets nothing pass that has a token neither in its form nor
    in its header. So what has neither comes from a test's client, for which the check is off.
    """
    token = request.POST.get(FIELD, "")
    if not request.user.is_authenticated or (not token and settings.CSRF_HEADER_NAME not in request.META):
        return b""
    if len(token) != MASKED:
        raise NoToken
    return keys.token_mac("sent form", f"{request.user.pk}\0{address_without_it(request)}\0{token}")


def _body_mac(request: HttpRequest) -> bytes:
    """Return the HMAC of person, address and everything in the form but its token and where it leads to."""
    fields = [(name, values) for name, values in sorted(request.POST.lists()) if name not in NOT_WORDS]
    files = [(name, [(one.name, one.size) for one in request.FILES.getlist(name)]) for name in sorted(request.FILES)]
    return keys.token_mac("sent form body", repr((request.user.pk, address_without_it(request), fields, files)))
