"""`demo_code USERNAME`: a second-factor code of a demo person. On a practice site only."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.acting import REFUSED, WRONG_USAGE, person_named
from accounts.sign_in import factors


class Command(BaseCommand):
    help = "Prints a code that nobody used yet, waiting for the next one if it must. Practice sites only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            raise CommandError(_("This is no practice site: nobody gets another's code."), returncode=REFUSED)
        whom = person_named(options["username"])
        if not factors.has_factor(whom):
            words = _("%(name)s has no second factor yet.") % {"name": whom.username}
            raise CommandError(words, returncode=WRONG_USAGE)
        self.stdout.write(factors.current_code(whom))
