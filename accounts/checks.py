"""Refuses to deploy what would make the second factor weaker."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

ONE_PROCESS = ("LocMemCache", "DummyCache", "FileBasedCache")


@register(Tags.security, deploy=True)
def second_factor_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No code that always works, no tolerance, and a cache that all processes share."""
    faults: list[CheckMessage] = []
    if getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None):
        faults.append(
            Error(
                "MFA_TOTP_INSECURE_BYPASS_CODE is set: one code opens every account.",
                id="accounts.E001",
            )
        )
    if getattr(settings, "MFA_TOTP_TOLERANCE", 0) != 0:
        faults.append(
            Error(
                "MFA_TOTP_TOLERANCE must stay 0: else a code can be used twice.",
                id="accounts.E002",
            )
        )
    if settings.CACHES["default"]["BACKEND"].endswith(ONE_PROCESS):
        faults.append(
            Error(
                "The cache is not shared: used codes and rate limits are forgotten.",
                id="accounts.E003",
            )
        )
    return faults
