"""Devices that an account knows: a stranger at the sign-in page fills the account's counter, and never a device's own.

The cookie holds a random id, signed, and names nobody. It opens nothing: it only says whose attempts these may be.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import KnownDevice, User
from accounts.models.known_device import LASTS

MOST = 10  # devices of one account; the one unused for longest makes room
SALT = "accounts.device"


def digest_of(request: HttpRequest) -> str:
    """What the row of this browser is called; empty where it holds no cookie of ours, or a forged or an old one."""
    try:
        held = TimestampSigner(salt=SALT).unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), max_age=LASTS)
    except BadSignature:
        return ""
    return _digest(held)


def counter_of(request: HttpRequest, person: Any) -> str:
    """Where attempts on this account are counted: at a device that it knows apart, everywhere else together."""
    digest = digest_of(request)
    is_known = bool(digest) and KnownDevice.objects.known().filter(user_id=person.pk, digest=digest).exists()
    return f"account:{person.pk}:device:{digest}" if is_known else f"account:{person.pk}"


@transaction.atomic
def remember_device(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Know this browser after a sign-in with both factors, under a new id: a copy of the old cookie says nothing.

    Somebody else who signs in here stays known. An account knows so many devices and no more.
    """
    now, old, new = timezone.now(), digest_of(request), secrets.token_urlsafe(32)
    User.objects.select_for_update().get(pk=person.pk)
    if old:
        KnownDevice.objects.filter(digest=old).update(digest=_digest(new))
    KnownDevice.objects.update_or_create(user=person, digest=_digest(new), defaults={"used_at": now})
    kept = KnownDevice.objects.known(now).filter(user=person).order_by("-used_at", "-pk").values_list("pk", flat=True)
    KnownDevice.objects.filter(user=person).exclude(pk__in=list(kept[:MOST])).delete()
    response.set_cookie(  # type: ignore[attr-defined]  # every answer of a sign-in has cookies
        settings.DEVICE_COOKIE_NAME,
        TimestampSigner(salt=SALT).sign(new),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_devices(person: User, *, but: str = "") -> None:
    """Forget every device of this account, but for the one whose row is called so."""
    KnownDevice.objects.filter(user_id=person.pk).exclude(digest=but or None).delete()


def _digest(device_id: str) -> str:
    return salted_hmac(SALT, device_id, algorithm="sha256").hexdigest()
