"""A form that arrived too late, kept for the person who wrote it."""

import datetime as dt
import json
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User
from sealing.fields import HardenedTextField

KEPT = dt.timedelta(days=7)


def a_week_from_now() -> dt.datetime:
    return timezone.now() + KEPT


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def of(self, user: User, at: dt.datetime | None = None) -> "DraftQuerySet":
        """Those of one person that are still kept. Nobody sees another's."""
        return self.filter(user_id=user.pk, expires_at__gt=at or timezone.now()).order_by("-created_at")

    def expired(self, at: dt.datetime | None = None) -> "DraftQuerySet":
        """Those that nobody sent within a week."""
        return self.filter(expires_at__lte=at or timezone.now())


class Draft(models.Model):
    """The fields of one form, sealed; never a password, a code or a file.

    What a browser sent whose session had ended is not confirmed: nobody knows who wrote it until its person sends it.
    What a page kept by itself is only begun: it goes back into its form, and is sent from there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=500)
    body = HardenedTextField(label="accounts.draft.body")
    is_confirmed = models.BooleanField(default=True)
    is_begun = models.BooleanField(default=False)
    ended_session = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=a_week_from_now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        indexes = [models.Index(fields=["user", "-created_at"], name="drafts_of_a_person")]

    def __str__(self) -> str:
        return str(self.pk)

    def fields(self) -> list[tuple[str, str]]:
        """Name and value of each field, in the order in which they were sent."""
        return [(name, value) for name, value in json.loads(self.body)]
