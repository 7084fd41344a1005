"""A form that was sent and did what it says: its one-use token, so that a second press makes nothing a second time."""

import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import User
from sealing.fields import HardenedTextField


class SentForm(models.Model):
    """One token of one person, claimed in the transaction of what it made, and where that stands.

    Token and words are kept as HMACs: the row tells that something was sent, not from which page and not what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_mac = models.BinaryField(max_length=32)
    body_mac = models.BinaryField(max_length=32, db_index=True)
    repeat_mac = models.BinaryField(max_length=32, default=b"", help_text=_("The page that sent the same words again."))
    leads_to = HardenedTextField(label="accounts.sentform.leads_to")
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [models.UniqueConstraint(name="a_form_is_claimed_once", fields=["token_mac"])]

    def __str__(self) -> str:
        return str(self.pk)


def forget_sent_forms(now: dt.datetime, *, after: dt.timedelta) -> int:
    """Forget what was sent longer ago than a session can last: its page cannot be sent by anybody any more."""
    return SentForm.objects.filter(sent_at__lte=now - after).delete()[0]
