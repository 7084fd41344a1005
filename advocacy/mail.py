"""Mails about dates. They carry a verb, a date and a link; never a reference, a title, a codename or a name."""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.models import Reminder
from work.mail import sender_domain


def message_id(reminder_id: uuid.UUID) -> str:
    """Return the Message-ID of a reminder: the same whenever it goes again, so that a mailbox shows it once."""
    return f"<reminder.{reminder_id}@{sender_domain()}>"


def reminder_mail(reminder: Reminder) -> EmailMessage:
    """Return the mail of one reminder in its owner's language."""
    with override(reminder.owner.language or settings.LANGUAGE_CODE):
        subject = _("A step is due on %(day)s") % {"day": date_format(timezone.localtime(reminder.due_at), "j F Y")}
        link = settings.SITE.url + reverse("advocacy:step", args=[reminder.milestone_id])
        text = render_to_string("mail/reminder.txt", {"reminder": reminder, "link": link})
    headers = {"Message-ID": message_id(reminder.pk), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, None, [reminder.owner.email], headers=headers)
