"""A one-time door: to join, or to choose a new password after two people allowed it."""

import datetime as dt
import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.address import FoldedAddressField
from accounts.models.person import User

LASTS = dt.timedelta(hours=72)


def three_days_from_now() -> dt.datetime:
    return timezone.now() + LASTS


def token_digest(token: str) -> str:
    """What is stored of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def to_join(self) -> "InvitationQuerySet":
        """Those that make a new account, open or too old, and that nobody used or withdrew."""
        return self.filter(accepted_at=None, withdrawn_at=None, person=None)

    def open(self, at: dt.datetime | None = None) -> "InvitationQuerySet":
        """Those that somebody may still use."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at or timezone.now())


class Invitation(models.Model):
    """Who may choose a password here, once, within three days. With a person: a reset; without: a new account."""

    username = models.CharField(_("sign-in name"), max_length=60)
    name = models.CharField(_("name shown to colleagues"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_folded = FoldedAddressField(of="email")
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=three_days_from_now)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    is_reset = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="a_reset_names_its_person",
                condition=Q(is_reset=False) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="used_or_withdrawn_not_both",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="one_address_is_invited_once",
                fields=["email_folded"],
                condition=Q(accepted_at=None, withdrawn_at=None, person=None) & ~Q(email_folded=""),
            ),
        ]

    def __str__(self) -> str:
        return self.username
