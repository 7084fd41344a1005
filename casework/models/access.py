"""Who is on a case, in which role, since when and by whom."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models.case import Case
from casework.models.rows import CaseRowQuerySet

ASKS_TO_JOIN = Q(ended_at=None, seconded_at=None, is_opening=False, user=F("granted_by"))


class MembershipQuerySet(CaseRowQuerySet):
    """Roles on cases by what they ask of somebody now."""

    def asking_to_join(self) -> Self:
        """Return those that people gave themselves and that no second person has agreed to."""
        return self.filter(ASKS_TO_JOIN)


class Membership(models.Model):
    """One role of one person on one case. Adding oneself counts for nothing until a second person agrees."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        RESEARCHER = "researcher", _("Researcher")
        COMMUNICATIONS = "communications", _("Communications")
        REVIEWER = "reviewer", _("Reviewer")
        DIRECTOR = "director", _("Director")
        LIAISON = "liaison", _("Family liaison")
        LEGAL = "legal", _("Legal officer")
        READER = "reader", _("Reader")
        OUTSIDE_REVIEWER = "outside_reviewer", _("Outside reviewer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    is_opening = models.BooleanField(default=False)
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["granted_at"], name="people_who_ask_to_join", condition=ASKS_TO_JOIN)]
        constraints = [
            models.UniqueConstraint(
                name="a_person_holds_a_role_on_a_case_once", fields=["case", "user", "role"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="a_second_person_is_another_person", condition=Q(seconded_by=None) | ~Q(seconded_by=F("user"))
            ),
            models.CheckConstraint(
                name="opening_a_case_makes_its_opener_coordinator",
                condition=Q(is_opening=False) | Q(user=F("granted_by"), role="coordinator"),
            ),
        ]

    @property
    def is_at_own_request(self) -> bool:
        """Say whether the person added themself to a case that others opened."""
        return self.user_id == self.granted_by_id and not self.is_opening

    @property
    def is_in_force(self) -> bool:
        """Say whether the role counts: not ended, and seconded where the person asked for it themself."""
        return self.ended_at is None and not (self.is_at_own_request and self.seconded_at is None)
