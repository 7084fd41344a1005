"""A browser in which somebody signed in whole before: it counts its own attempts."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User

LASTS = dt.timedelta(days=90)  # without a sign-in


class KnownDeviceQuerySet(models.QuerySet["KnownDevice"]):
    """Which devices."""

    def known(self, at: dt.datetime | None = None) -> "KnownDeviceQuerySet":
        """Those in which somebody signed in lately enough."""
        return self.filter(used_at__gt=(at or timezone.now()) - LASTS)


class KnownDevice(models.Model):
    """That one account signed in with both factors in this browser. The row holds an HMAC of what the cookie names."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64, db_index=True)
    used_at = models.DateTimeField(default=timezone.now)

    objects = KnownDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("known device")
        verbose_name_plural = _("known devices")
        constraints = [
            models.UniqueConstraint(name="a_device_is_known_once_to_an_account", fields=["user", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.digest[:8]}"
