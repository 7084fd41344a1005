"""The second factor of a person: one authenticator application, and recovery codes."""

import time
from collections.abc import Callable

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from sealing import keys

LEAST_SECONDS_LEFT = 3
ENCRYPTED = ("secret", "seed")  # what allauth keeps encrypted: of an application, and of recovery codes


def has_factor(user: User) -> bool:
    """Whether this person has an authenticator; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def give_factor(user: User, secret: str | None = None) -> Authenticator:
    """Set up a second factor in place of any before; recovery codes stay, or are made."""
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    authenticator = TOTP.activate(user, secret or generate_totp_secret()).instance
    RecoveryCodes.activate(user)
    return authenticator


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes; those before stop working."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def recovery_codes_left(user: User) -> list[str]:
    """The recovery codes that were not used yet."""
    held = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(held).get_unused_codes() if held else []


def take_away(user: User) -> int:
    """Remove every factor of a person: they set up a new one at the next sign-in."""
    taken, _of_each_kind = Authenticator.objects.filter(user_id=user.pk).delete()
    return int(taken)


def current_code(
    user: User,
    *,
    now: Callable[[], float] = time.time,
    wait: Callable[[float], None] = time.sleep,
) -> str:
    """A code of this person that nobody used yet and that lasts some seconds; waits for the next one if it must."""
    held = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
    secret, period = decrypt(held.data["secret"]), app_settings.TOTP_PERIOD
    while True:
        moment = now()
        code: str = format_hotp_value(hotp_value(secret, int(moment) // period))
        left = period - moment % period
        if left > LEAST_SECONDS_LEFT and not cache.get(used_key(user, code)):
            return code
        wait(left)


def used_key(user: User, code: str) -> str:
    """Where allauth keeps that a code was used."""
    return str(TOTP(Authenticator(user_id=user.pk))._get_used_cache_key(code))


def wrap_secrets_anew() -> int:
    """Wrap the secrets of all second factors under the first master key; return how many were under another one.

    Raises DecryptionError when one opens under none of the keys set now. Safe to run again.
    """
    return sum(_wrap_one(pk) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _wrap_one(pk: int) -> int:
    held = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        return 0
    tokens = {name: held.data[name] for name in ENCRYPTED if isinstance(held.data.get(name), str)}
    old = {name: token for name, token in tokens.items() if not keys.is_under_first_master(token)}
    if old:
        held.data |= {name: keys.master_rewrap(token) for name, token in old.items()}
        held.save(update_fields=["data"])
    return len(old)
