"""Mail of the office: it says that there is something to read, and never what."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def test_mail(address: str) -> EmailMessage:
    """Return a mail that only proves that mail goes out."""
    text = render_to_string("mail/test.txt", {"link": settings.SITE.url})
    return EmailMessage(_("Mail from Amparo works"), text, None, [address])


def sender_domain() -> str:
    """Return what stands behind the @ of our sender."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
