"""Receivers of sign-ins: the only signals this app listens to."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.account.signals import user_logged_in as came_in
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.actions.closing import end_sessions
from accounts.models import User
from accounts.notify import post
from accounts.sign_in.devices import digest_of, remember_device
from accounts.sign_in.freshness import has_second_factor
from accounts.sign_in.middleware import (
    SessionLimits,
    forget_the_ended,
    stamp_begin,
)
from accounts.sign_in.own_sessions import note_session, sessions_of
from audit.trail import record


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Start the session's clocks and record who came in."""
    if request is not None:
        stamp_begin(request.session, SessionLimits.clock())
        forget_the_ended(request.session, user)
    record(actor=user, verb="accounts.sign_in.done")


@receiver(came_in, dispatch_uid="accounts.session_noted")
def session_noted(request: HttpRequest, user: User, response: HttpResponseBase | None = None, **kwargs: Any) -> None:
    """Forget which of their sessions ended, and note this one: allauth has settled its key by now.

    The device is known from now on, if the second factor was shown.
    """
    sessions_of(user)
    note_session(request, user)
    if response is not None and has_second_factor(request.session):
        remember_device(request, response, user)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(actor=user, verb="accounts.sign_out.done")


@receiver(user_login_failed, dispatch_uid="accounts.refused")
def record_refused_password(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a wrong password for somebody who exists; a name that nobody has is not written down."""
    person = User.objects.filter(username__iexact=credentials.get("username") or "").first()
    if person is not None:
        record(actor=None, verb="accounts.sign_in.refused", about=person)


@receiver(authentication_failed, dispatch_uid="accounts.factor_refused")
def factor_refused(user: User, **kwargs: Any) -> None:
    record(actor=None, verb="accounts.factor.refused", about=user)


@receiver(authenticator_used, dispatch_uid="accounts.factor_shown")
def factor_shown(user: User, authenticator: Any, reauthenticated: bool = False, **kwargs: Any) -> None:
    """Record each use: which kind, and whether it was shown again for an act."""
    if reauthenticated:
        record(actor=user, verb="accounts.factor.shown", kind=authenticator.type)


@receiver(password_changed, dispatch_uid="accounts.password_changed")
def own_password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A changed password ends every session, this one included, and every device but this one is forgotten: who changed
    it signs in here next, and gets a new id then.
    """
    end_sessions(user, but_device=digest_of(request))
    record(actor=user, verb="accounts.password.changed")
    text = _("Your password was changed. If it was not you, tell a colleague at once.")
    post([user.email], subject=_("Your password was changed"), text=text)
