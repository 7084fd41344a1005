"""The private address under which a calendar program reads the dates of one person, without signing in."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """Which addresses."""

    def live(self) -> Self:
        """Return those that nobody revoked, of people whose account is open."""
        return self.filter(revoked_at=None, user__is_active=True)


class CalendarAddress(models.Model):
    """One address of one person. The row holds the hash of its secret: whoever reads the table cannot open it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_addresses")
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("private calendar address")
        verbose_name_plural = _("private calendar addresses")
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_calendar_address", fields=["user"], condition=Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.token_sha256[:8]}"
