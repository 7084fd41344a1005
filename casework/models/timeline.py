"""What happened, and when as far as it is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.rows import CaseRow
from sealing.fields import SealedNotedField, SealedTextField


class TimelineEvent(CaseRow):
    """One event on the timeline. The date is EDTF and may be a month, a year, about, or a span."""

    on = SealedNotedField(_("date"), label="casework.timelineevent.on", null=True)
    event = SealedTextField(_("what happened"), label="casework.timelineevent.event", multiline=True, null=True)
    is_expected = models.BooleanField(_("expected, has not happened yet"), default=False)
    claim = models.ForeignKey(
        "casework.Claim",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("claim that proves it"),
    )
