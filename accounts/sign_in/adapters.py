"""How allauth behaves here: nobody signs up alone, no address is kept, no secret lies in clear."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import get_user_by_username
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.sign_in import devices
from sealing import keys
from sealing.errors import DecryptionError

OF_A_FACTOR = "accounts.factor\0"


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, without sign-up, without network addresses."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The sign-in name and the password do not fit together."),
        "too_many_login_attempts": _("That was tried too often. Wait one minute, then sign in."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody: people are invited."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not asked by allauth, which takes a password for it: accounts.sign_in.freshness asks for the second factor."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address: behind Tor all share one, and a stolen table of sessions must not say where people are."""
        return "0.0.0.0"  # noqa: S104

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count on the account and the device, however the name is spelled; a name that nobody has counts by itself."""
        name = credentials.get("username") or ""
        person = get_user_by_username(name)
        return devices.counter_of(request, person) if person else f"nobody:{name.casefold()}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(self.get_logout_redirect_url(request))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Ours go through accounts.notify, which says less."""


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted under the master key, and marked as such.

    Pages show them to their owner, so nothing else under that key (a case's data key) may ever be opened here.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit, or was used already. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return keys.master_encrypt(OF_A_FACTOR + text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open the secret of a factor; refuses what was encrypted for a column. Only secrets from before carry no mark."""
        plain = keys.master_decrypt(encrypted_text).removeprefix(OF_A_FACTOR)
        if "\0" in plain:
            raise DecryptionError("The secret of a second factor holds a value that was encrypted for a column.")
        return plain

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return "Amparo"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never by oneself: a factor is replaced, or reset by two people."""
        return False
