"""What stands between a request and any page: the session's limits, the second factor, one's own language."""

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
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import drafts
from accounts.models import User
from accounts.sign_in.factors import has_factor
from accounts.sign_in.freshness import has_second_factor
from accounts.sign_in.session_store import row_key
from audit.trail import record

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
STAMP_EVERY = dt.timedelta(seconds=60)
BEGAN, SEEN, WAS = "accounts.began", "accounts.seen", "accounts.was"

View = Callable[..., HttpResponseBase]


def stamp_begin(session: SessionBase, now: dt.datetime) -> None:
    """Start the clocks of a session: at sign-in."""
    session[BEGAN] = session[SEEN] = now.timestamp()
    session.pop(WAS, None)


class SessionLimits:
    """Ends a session that was idle for 30 minutes or lasted 12 hours, and keeps the form that came too late."""

    clock: Callable[[], dt.datetime] = staticmethod(timezone.now)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """After the cross-site check, before anything reads the form."""
        now = self.clock()
        if request.user.is_authenticated:
            if not is_over(request.session, now):
                stamp_seen(request.session, now)
                return None
            self._end(request)
        elif not drafts.may_keep(request, view) or who_was(request.session, now) is None:
            return None
        if not getattr(view, "login_required", True):
            return None
        return self._send_to_sign_in(request, view, who_was(request.session, now), now)

    def _end(self, request: HttpRequest) -> None:
        """End the session. Its cookie may keep forms for its person a while, and does nothing else in their name."""
        person, session = User.objects.get(pk=request.user.pk or 0), request.session
        record(actor=None, verb="accounts.session.ended_by_limit", about=person)
        was = {
            "person": person.pk,
            "seen": session.get(SEEN),
            "hash": session.get(HASH_SESSION_KEY),
            "row": row_key(session.session_key or ""),
        }
        session.flush()
        session[WAS] = was
        request.user = AnonymousUser()

    def _send_to_sign_in(
        self, request: HttpRequest, view: View, person: User | None, now: dt.datetime
    ) -> HttpResponseBase:
        then = request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
        words = _("You were away for a while, so the session has ended. Sign in to go on.")
        if drafts.may_keep(request, view):
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
