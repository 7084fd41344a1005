"""What the office decided about emergencies, and the alarm that reaches every signer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sealing.fields import MarkedModel, MarkField


class OfficeSafety(MarkedModel, models.Model):
    """The office's own settings for the gate; one row. Changed by a director with a reason that is recorded."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    emergency_wait_minutes = models.PositiveSmallIntegerField(
        _("minutes to wait for a signer; empty is never alone"), null=True, blank=True, default=30
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days a public page stays after consent or assessment expired"), default=14
    )
    contact_line = models.CharField(_("our contact, as printed on notices"), max_length=200, blank=True)
    mark = MarkField(covers=("emergency_wait_minutes", "grace_days", "contact_line"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_row_of_office_safety", condition=Q(id=1)),
            models.CheckConstraint(
                name="the_wait_is_at_most_120_minutes",
                condition=Q(emergency_wait_minutes=None) | Q(emergency_wait_minutes__lte=120),
            ),
            models.CheckConstraint(name="the_grace_is_at_most_30_days", condition=Q(grace_days__lte=30)),
        ]

    @classmethod
    def current(cls) -> "OfficeSafety":
        """Return the office's row, or the defaults when nobody has changed them.

        Of a row that was changed outside the program nothing is obeyed: nobody sends alone, nothing has days of grace.
        """
        row = cls.objects.filter(pk=1).first() or cls()
        return row if row._state.adding or row.carries_mark() else cls(emergency_wait_minutes=None, grace_days=0)


class SignerAlarm(MarkedModel, models.Model):
    """One signer was called for one revision of a protective notice, and whether they answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material_id = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    alarmed_at = models.DateTimeField(default=timezone.now)
    alone_from = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    mark = MarkField(covers=("material_id", "revision", "signer", "alarmed_at", "alone_from", "answered_at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_signer_is_alarmed_once_a_revision", fields=["material_id", "revision", "signer"]
            ),
            models.CheckConstraint(
                name="nobody_is_alone_before_the_alarm",
                condition=Q(alone_from=None) | Q(alone_from__gte=models.F("alarmed_at")),
            ),
        ]
