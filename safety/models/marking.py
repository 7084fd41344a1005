"""That two people want the gate to obey a row again whose mark is broken."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sealing.fields import HardenedTextField, MarkedModel, MarkField

WAITS = dt.timedelta(hours=24)


class MarkProposal(MarkedModel, models.Model):
    """One row as it was shown to who proposed it. A second person agrees, a day passes, and either of them ends it.

    `shown` binds what the row held; it is no mark: whoever copies it into the row has won nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=60)
    row_id = models.CharField(max_length=40)
    shown = models.BinaryField(max_length=32)
    reason = HardenedTextField(label="safety.markproposal.reason")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    mark = MarkField(
        covers=(
            "table",
            "row_id",
            "shown",
            "proposed_by",
            "proposed_at",
            "seconded_by",
            "seconded_at",
            "withdrawn_at",
            "done_at",
            "withdrawn_by",
        )
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_row_is_marked_anew_by_two_people",
                condition=Q(seconded_by=None, seconded_at=None)
                | (Q(seconded_by__isnull=False, seconded_at__isnull=False) & ~Q(seconded_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="a_row_is_marked_anew_once_and_not_after_withdrawal",
                condition=Q(done_at=None) | Q(seconded_by__isnull=False, withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="a_row_waits_once_for_its_mark",
                fields=["table", "row_id"],
                condition=Q(done_at=None, withdrawn_at=None),
            ),
        ]
