"""Mail of the office: it says that there is something to read, and never what."""

import logging
import smtplib
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

OF_THIS_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class Delivery(Enum):
    """What became of a mail: gone, never to be tried again, to be tried later, or nobody there who takes any."""

    SENT = "sent"
    REFUSED_FOR_GOOD = "refused for good"
    LATER = "later"
    NO_SERVER = "no server"

    @property
    def is_over(self) -> bool:
        """Say whether this mail is not tried again."""
        return self in {Delivery.SENT, Delivery.REFUSED_FOR_GOOD}


def deliver(mail: EmailMessage) -> Delivery:
    """Send a mail and say what became of it; only an address that does not exist is given up. Raises nothing of the wire."""
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as fault:
        log.warning("A mail was not sent: %s", type(fault).__name__)
        if _is_refused_for_good(fault):
            return Delivery.REFUSED_FOR_GOOD
        return Delivery.LATER if isinstance(fault, OF_THIS_MAIL) else Delivery.NO_SERVER
    return Delivery.SENT


def _is_refused_for_good(fault: Exception) -> bool:
    """Say whether the address does not exist: the notice in the app stands, and the mail is not tried for ever."""
    return isinstance(fault, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _words in fault.recipients.values()
    )


def test_mail(address: str) -> EmailMessage:
    """Return a mail that only proves that mail goes out."""
    text = render_to_string("mail/test.txt", {"link": settings.SITE.url})
    return EmailMessage(_("Mail from Amparo works"), text, None, [address])


def sender_domain() -> str:
    """Return what stands behind the @ of our sender."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
