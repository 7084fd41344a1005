"""Answers that are not facts: unknown, refused to say, not needed. Blank is none of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.rows import CaseRow
from sealing.fields import SealedTextField


class PacketAnswer(CaseRow):
    """For one field of the packet: who was asked, when, and why there is no fact."""

    class Answer(models.TextChoices):
        UNKNOWN = "unknown", _("Unknown")
        REFUSED = "refused", _("Refused to say")
        NOT_NEEDED = "not_needed", _("Not needed")

    field = models.CharField(_("question"), max_length=40)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    asked = SealedTextField(_("who was asked, and when"), label="casework.packetanswer.asked", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_question_has_one_answer", fields=["case", "field"], condition=models.Q(removed_at=None)
            )
        ]
