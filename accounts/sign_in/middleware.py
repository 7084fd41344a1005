"""What stands between a request and any page: the session's limits, the second factor, one's own language."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.middleware.csrf import CsrfViewMiddleware, rotate_token
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from accounts import drafts
from accounts.models import User
from accounts.sign_in.factors import has_factor
from accounts.sign_in.freshness import has_second_factor
from accounts.sign_in.session_store import row_key
from audit.trail import record

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
STAMP_EVERY = dt.timedelta(seconds=60)
JUST_ENDED = "session_has_just_ended"  # of a request
MOST_SECRETS = 5  # of how many ended sessions in a row, of one person in one browser, a page may still send
BEGAN, SEEN, WAS = "accounts.began", "accounts.seen", "accounts.was"

View = Callable[..., HttpResponseBase]


def stamp_begin(session: SessionBase, now: dt.datetime) -> None:
    """Start the clocks of a session: at sign-in."""
    session[BEGAN] = session[SEEN] = now.timestamp()


def forget_the_ended(session: SessionBase, person: User) -> None:
    """Forget whose session this browser held before, unless the same person comes back to their open pages."""
    if (session.get(WAS) or {}).get("person") != person.pk:
        session.pop(WAS, None)


class SessionLimits:
    """Ends a session that was idle for 30 minutes or lasted 12 hours, and keeps the form that came too late.

    A form is kept only if its page was opened before the end: the secret of the cross-site check is drawn anew when a
    session ends, so what such a page sends fails that check and is looked at in `late_form`.
    """

    clock: Callable[[], dt.datetime] = staticmethod(timezone.now)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before any page is found, so that one at an address that leads nowhere is a stranger's too."""
        now = self.clock()
        if request.user.is_authenticated:
            if is_over(request.session, now):
                end_session(request)
            else:
                stamp_seen(request.session, now)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """After the cross-site check, before anything reads the form."""
        has_just_ended = getattr(request, JUST_ENDED, False) and getattr(view, "login_required", True)
        return send_to_sign_in(request, view, self.clock()) if has_just_ended else None


def late_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Keep what a page sent that was opened before this browser's session ended; refuse every other failed check."""
    now, view = SessionLimits.clock(), request.resolver_match.func if request.resolver_match else None
    person = who_was(request.session, now)
    if view is None or person is None or request.user.pk not in (None, person.pk):
        return csrf_failure(request, reason)
    if not drafts.may_keep(request, view) or not getattr(view, "login_required", True):
        return csrf_failure(request, reason)
    if not any(is_of_a_page_with(secret, request, view) for secret in request.session[WAS].get("secrets", ())):
        return csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return send_to_sign_in(request, view, now)
    return send_to_kept(request, person, now) or csrf_failure(request, reason)


def is_of_a_page_with(secret: str, request: HttpRequest, view: View) -> bool:
    """Whether this form passes Django's cross-site check by the secret that the browser held before."""
    earlier = copy.copy(request)
    earlier.COOKIES = request.COOKIES | {settings.CSRF_COOKIE_NAME: secret}
    earlier.resolver_match = None  # so that late_form refuses what fails here, and does not look again
    return CsrfViewMiddleware(csrf_failure).process_view(earlier, view, (), {}) is None


def end_session(request: HttpRequest) -> None:
    """End the session. Its cookie may keep forms for its person a while, and does nothing else in their name."""
    person, session = User.objects.get(pk=request.user.pk or 0), request.session
    record(actor=None, verb="accounts.session.ended_by_limit", about=person)
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    was = {
        "person": person.pk,
        "seen": session.get(SEEN),
        "hash": session.get(HASH_SESSION_KEY),
        "row": row_key(session.session_key or ""),
        "secrets": [*([secret] if secret else []), *(session.get(WAS) or {}).get("secrets", [])][:MOST_SECRETS],
    }
    session.flush()
    session[WAS] = was
    request.user = AnonymousUser()
    rotate_token(request)
    setattr(request, JUST_ENDED, True)


def send_to_sign_in(request: HttpRequest, view: View, now: dt.datetime) -> HttpResponseBase:
    """Lead to the sign-in page, and from there to what was asked for or to the form that is kept."""
    then = request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
    words = _("You were away for a while, so the session has ended. Sign in to go on.")
    if drafts.may_keep(request, view):
        person = who_was(request.session, now)
        kept = person and drafts.keep_for(
            person=person,
            ended_session=request.session[WAS]["row"],
            request_path=request.get_full_path(),
            fields=drafts.fields_of(request),
            now=now,
        )
        words = _("The session had ended, and what you sent could not be kept. Go back, copy it, and sign in.")
        if kept:
            then = reverse("accounts:draft", args=[kept.pk])
            words = _("The session had ended. What you wrote is kept: sign in to find it and send it.")
    messages.warning(request, words)
    return to_sign_in(then)


def send_to_kept(request: HttpRequest, person: User, now: dt.datetime) -> HttpResponseBase | None:
    """Keep a form of a page from before this person signed in again, and lead to it; None for one without words."""
    fields = drafts.fields_of(request)
    kept = drafts.keep_draft(person=person, request_path=request.get_full_path(), fields=fields, now=now)
    if kept is None:
        return None
    messages.warning(
        request, _("That page was opened before you signed in again. What you wrote is kept: send it from here.")
    )
    return redirect("accounts:draft", kept.pk)


def who_was(session: SessionBase, now: dt.datetime) -> User | None:
    """Return whose session this cookie was, while it may keep forms for them: as long as a session lasts after its last
    sign of life, and not after a new password, the end of all sessions, a closed account or signing out.
    """
    was = session.get(WAS)
    if not isinstance(was, dict) or not was.get("seen") or now.timestamp() - was["seen"] > LONGEST.total_seconds():
        return None
    person = User.objects.filter(pk=was["person"], is_active=True).first()
    is_same = person is not None and constant_time_compare(was["hash"] or "", person.get_session_auth_hash())
    return person if is_same else None


def to_sign_in(then: str) -> HttpResponseRedirect:
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': then})}")


def is_over(session: SessionBase, now: dt.datetime) -> bool:
    """Whether this session was idle for too long or has lasted too long."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return False
    moment = now.timestamp()
    return bool(moment - seen > IDLE.total_seconds() or moment - began > LONGEST.total_seconds())


def stamp_seen(session: SessionBase, now: dt.datetime) -> None:
    """Note that somebody is there, at most once a minute."""
    if BEGAN not in session:
        stamp_begin(session, now)
    elif now.timestamp() - session.get(SEEN, 0) > STAMP_EVERY.total_seconds():
        session[SEEN] = now.timestamp()


class SecondFactorRequired:
    """Lets nobody past with a password alone: who has no second factor sets one up, who has one shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Before any page that wants somebody signed in, except setting up and leaving."""
        if not request.user.is_authenticated or has_second_factor(request.session):
            return None
        if not getattr(view, "login_required", True) or getattr(view, "open_without_factor", False):
            return None
        if not has_factor(request.user):
            return redirect("accounts:factor")
        logout(request)
        return to_sign_in(request.get_full_path() if request.method == "GET" else "/")


def open_without_factor(view: View) -> View:
    """Say of a view that somebody may reach it before they have a second factor."""
    view.open_without_factor = True  # type: ignore[attr-defined]
    return view


class OwnLanguage:
    """Speaks the language that a signed-in person chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
