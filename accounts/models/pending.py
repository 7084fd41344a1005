"""An act that two people must do."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.office_role import OfficeRole
from accounts.models.person import User
from sealing.constraints import is_known

WAITS = dt.timedelta(days=7)
NOTICE = dt.timedelta(hours=24)  # to everybody, before one person alone shuts out one of the last who confirm
RECOVERY_NOTICE = dt.timedelta(hours=72)  # to everybody, before a command does what nobody here could confirm
OF_A_ROLE = ["end_role", "grant_role"]
SHUTS_OUT = ["deactivate", "end_role"]


def a_week_from_now() -> dt.datetime:
    return timezone.now() + WAITS


class PendingActQuerySet(models.QuerySet["PendingAct"]):
    """Which acts."""

    def waiting(self, at: dt.datetime | None = None) -> "PendingActQuerySet":
        """Proposed, and still waiting for a second person."""
        return self.undecided().filter(expires_at__gt=at or timezone.now())

    def undecided(self) -> "PendingActQuerySet":
        """Neither done nor taken back, however old."""
        return self.filter(seconded_at=None, withdrawn_at=None, finished_at=None)

    def for_second_person(self, user: User, at: dt.datetime | None = None) -> "PendingActQuerySet":
        """Those that this person neither proposed nor would gain from."""
        return self.waiting(at).exclude(proposed_by=user).exclude(beneficiary=user)


class PendingAct(models.Model):
    """What one person proposed about a beneficiary; it is done when a second person confirms it.

    One that everybody was told of (`alone_at`) may be finished without a second person from then on.
    """

    class Kind(models.TextChoices):
        GRANT_ROLE = "grant_role", _("Give an office role")
        RESET_PASSWORD = "reset_password", _("Reset the password")
        RESET_FACTOR = "reset_factor", _("Reset the second factor")
        REACTIVATE = "reactivate", _("Let sign in again")
        DEACTIVATE = "deactivate", _("Close the account")
        END_ROLE = "end_role", _("End an office role")

    kind = models.CharField(_("act"), max_length=20, choices=Kind)
    role = models.CharField(_("role"), max_length=20, choices=OfficeRole, blank=True)
    beneficiary = models.ForeignKey(User, models.PROTECT, related_name="acts_about")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="acts_proposed")
    proposed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=a_week_from_now)
    seconded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    alone_at = models.DateTimeField(null=True)
    is_recovery = models.BooleanField(default=False)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects = PendingActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act that waits for a second person")
        verbose_name_plural = _("acts that wait for a second person")
        constraints = [
            is_known(
                "act_is_known",
                kind=[
                    "grant_role",
                    "reset_password",
                    "reset_factor",
                    "reactivate",
                    "deactivate",
                    "end_role",
                ],
            ),
            models.CheckConstraint(
                name="only_a_grant_or_an_end_names_a_role",
                condition=(Q(kind__in=OF_A_ROLE) & ~Q(role="")) | (~Q(kind__in=OF_A_ROLE) & Q(role="")),
            ),
            models.CheckConstraint(
                name="only_a_recovery_or_what_shuts_out_is_done_alone",
                condition=Q(alone_at=None, is_recovery=False)
                | (Q(alone_at__isnull=False) & (Q(is_recovery=True) | Q(kind__in=SHUTS_OUT))),
            ),
            models.CheckConstraint(
                name="an_act_done_alone_is_whole_and_was_announced",
                condition=Q(finished_by=None, finished_at=None)
                | Q(
                    finished_by__isnull=False,
                    alone_at__isnull=False,
                    finished_at__gte=F("alone_at"),
                    seconded_at=None,
                    withdrawn_at=None,
                ),
            ),
            models.CheckConstraint(
                name="four_eyes_need_another_than_the_proposer",
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="four_eyes_need_another_than_the_beneficiary",
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("beneficiary")),
            ),
            models.CheckConstraint(
                name="second_signature_is_whole",
                condition=Q(seconded_by=None, seconded_at=None)
                | Q(
                    seconded_by__isnull=False,
                    seconded_at__isnull=False,
                    withdrawn_at=None,
                ),
            ),
            models.UniqueConstraint(
                name="an_act_waits_once",
                fields=["kind", "role", "beneficiary"],
                condition=Q(seconded_at=None, withdrawn_at=None, finished_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
