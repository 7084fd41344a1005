"""Ways to be signed in for a test: quickly, or through the pages."""

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.sign_in import factors
from accounts.sign_in.freshness import RECORDS_BELONG_TO

PASSWORD = "seven green kettles on the stairs"


def sign_in(client: Client, person: User, *, fresh: bool = False) -> Client:
    """Signed in with password and second factor; `fresh`: the second factor was shown again just now."""
    if not factors.has_factor(person):
        factors.give_factor(person)
    client.force_login(person)
    record_factor(client, person, reauthenticated=False)
    if fresh:
        prove_again(client, person)
    return client


def prove_again(client: Client, person: User, *, seconds_ago: float = 0, method: str = "totp") -> None:
    """Put a renewed proof into the session, as the page for it would."""
    record_factor(client, person, reauthenticated=True, seconds_ago=seconds_ago, method=method)


def record_factor(client: Client, person: User, **record: Any) -> None:
    held = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    session = client.session
    records = list(session.get(AUTHENTICATION_METHODS_SESSION_KEY, []))
    at = time.time() - record.pop("seconds_ago", 0)
    kind = record.pop("method", "totp")
    records.append({"method": "mfa", "at": at, "id": held.pk if held else 0, "type": kind, **record})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[RECORDS_BELONG_TO] = str(person.pk)
    session.save()


def unused_code(person: User) -> str:
    """The code of this moment; that it was used already is forgotten for this person alone.

    Near the end of its half minute the next one is waited for: a clock that stands still there would wait for ever.
    """
    forget_used(person)
    began = time.time()

    def wait(seconds: float) -> None:
        assert time.time() != began, "The clock of this test stands still at the end of a code's half minute."
        forget_used(person)

    return factors.current_code(person, now=lambda: time.time(), wait=wait)


def forget_used(person: User) -> None:
    """Forget the used code of one person."""
    held = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    for code in codes_around(held):
        cache.delete(factors.used_key(person, code))


def codes_around(held: Authenticator) -> list[str]:
    secret = factors.decrypt(held.data["secret"])
    now = int(time.time()) // 30
    return [factors.format_hotp_value(factors.hotp_value(secret, now + step)) for step in (-1, 0, 1)]
