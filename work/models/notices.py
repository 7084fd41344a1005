"""Notices in the app: one line to one person."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by what they are about."""

    def of_the_office(self) -> Self:
        """Return the notices that are about people and their rights, and about no case."""
        return self.filter(case_id=None)


class Notice(models.Model):
    """Something in the app for one person: a verb, who did it, a case they may see or a person. No case content.

    `case_id` is plain, as in the trail: this app stands below the cases and knows none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    case_id = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    dedup = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["user", "read_at", "made_at"], name="unread_notices_of_a_person")]
        constraints = [models.UniqueConstraint(name="a_notice_is_given_once", fields=["user", "dedup"])]
