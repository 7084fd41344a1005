"""Prove that mail goes out."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from work.mail import test_mail


class Command(BaseCommand):
    help = "Send a mail without any content to an address, to see that reminders can go out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["address"])
        except ValidationError as fault:
            raise CommandError("This is not an e-mail address.", returncode=2) from fault
        try:
            test_mail(options["address"]).send()
        except (OSError, smtplib.SMTPException) as fault:
            raise CommandError(
                f"The mail server did not take it: {type(fault).__name__}. Look at AMPARO_EMAIL_URL."
            ) from fault
        self.stdout.write("Sent." if settings.EMAIL_IS_ON else "No mail server is set: the mail was only written down.")
