"""A role that a person holds in the office."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.office_role import SIGNING_ROLES, OfficeRole
from accounts.models.person import User
from sealing.constraints import is_known
from sealing.queries import now

SIGNING = sorted(SIGNING_ROLES)


class PersonRoleQuerySet(models.QuerySet["PersonRole"]):
    """Which roles."""

    def live(self) -> "PersonRoleQuerySet":
        """HasRight and not ended, whether or not the first day has passed."""
        return self.filter(ended_at=None)

    def in_effect(self, at: dt.datetime | None = None) -> "PersonRoleQuerySet":
        """Those that count at this time."""
        at = at or now()
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), effective_at__lte=at)

    def signing(self) -> "PersonRoleQuerySet":
        """Those that let somebody sign."""
        return self.filter(role__in=SIGNING)


class PersonRole(models.Model):
    """Who holds which office role, who gave it, who confirmed it, from when. Ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="office_roles")
    role = models.CharField(_("role"), max_length=20, choices=OfficeRole)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seconded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    effective_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    is_founding = models.BooleanField(default=False)
    recovery = models.ForeignKey("accounts.PendingAct", models.PROTECT, null=True, related_name="+")

    objects = PersonRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("office role of a person")
        verbose_name_plural = _("office roles of people")
        constraints = [
            is_known("office_role_is_known", role=OfficeRole.values),
            models.CheckConstraint(
                name="four_eyes_give_a_signing_role",
                condition=~Q(role__in=SIGNING)
                | Q(is_founding=True)
                | Q(recovery__isnull=False, granted_by__isnull=False, seconded_by=None)
                | (
                    Q(granted_by__isnull=False, seconded_by__isnull=False)
                    & ~Q(seconded_by=F("granted_by"))
                    & ~Q(seconded_by=F("user"))
                ),
            ),
            models.CheckConstraint(
                name="founders_confirm_each_other",
                condition=Q(is_founding=False)
                | (Q(granted_by=None, seconded_by__isnull=False) & ~Q(seconded_by=F("user"))),
            ),
            models.CheckConstraint(
                name="somebody_gives_every_later_role",
                condition=Q(is_founding=True) | Q(granted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="role_ends_whole",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_live_role_of_each_kind",
                fields=["user", "role"],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"
