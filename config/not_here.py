"""Commands of Django that one person alone must not have: each is replaced by one that says what to do instead."""

from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise

REFUSED = 1


class NotHere(BaseCommand):
    """Refuses whatever it is given, with exit status 1 and the way that takes two people."""

    instead: str | Promise = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(str(self.instead), returncode=REFUSED)
