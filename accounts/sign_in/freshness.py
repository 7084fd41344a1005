"""Proof that the person before the screen has just shown the second factor again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

STAYS_FRESH = dt.timedelta(minutes=15)
METHODS = frozenset({Authenticator.Type.TOTP.value, Authenticator.Type.RECOVERY_CODES.value})
RECORDS_BELONG_TO = "account_authentication_methods_user"


@dataclass(frozen=True)
class Proof:
    """Which authenticator was shown, when, and how long ago; signatures store it."""

    method: str
    authenticator_id: int
    at: dt.datetime
    age: dt.timedelta


def has_second_factor(session: SessionBase) -> bool:
    """Whether this session was ever opened, or renewed, with a second factor."""
    return any(record.get("method") == "mfa" for record in _records(session))


def has_fresh_second_factor(session: SessionBase, now: dt.datetime | None = None) -> Proof | None:
    """The proof of a second factor shown again within 15 minutes; None for a password, a sign-in, or an old proof."""
    now = now or timezone.now()
    for record in reversed(_records(session)):
        if record.get("method") != "mfa" or not record.get("reauthenticated") or record.get("type") not in METHODS:
            continue
        at = dt.datetime.fromtimestamp(record["at"], dt.UTC)
        age = now - at
        if -dt.timedelta(minutes=1) < age <= STAYS_FRESH:
            return Proof(str(record["type"]), int(record["id"]), at, max(age, dt.timedelta()))
        return None
    return None


def _records(session: SessionBase) -> list[dict[str, Any]]:
    """allauth's records of this session, if they are about the person who is signed in."""
    if not session.get(SESSION_KEY) or session.get(RECORDS_BELONG_TO) != session.get(SESSION_KEY):
        return []
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    return records if isinstance(records, list) else []


def page_with_the_form(request: HttpRequest) -> str:
    """The page to come back to: for a GET this one; for a POST the page of ours that held the form."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl() or request.path
    return request.path


def fresh_second_factor(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Ask for the second factor again before this page.

    Asked on the GET, so that no form body waits in the session. A POST without proof is refused before the
    form is read, keeps nothing, and leads back to the GET.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        proof = has_fresh_second_factor(request.session)
        if proof is not None:
            request.second_factor_proof = proof  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"}:
            messages.warning(
                request,
                _("This needs your second factor, shown within the last 15 minutes."),
            )
        where = urlencode({"next": page_with_the_form(request)})
        return redirect(f"{reverse('accounts:prove_again')}?{where}")

    return asking
