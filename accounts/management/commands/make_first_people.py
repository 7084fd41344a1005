"""`make_first_people FIRST SECOND`: the first two people of an office, who confirm each other."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import telling_refusals
from accounts.actions.founding import Founder
from accounts.actions.joining import link
from accounts.roles import SECONDING_ROLES


def founder(text: str) -> Founder:
    """`username:name:e-mail:role`."""
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 4 or not parts[0] or parts[3] not in SECONDING_ROLES:
        raise ArgumentTypeError(_("Write username:name:e-mail:role; the role is reviewer or director."))
    return Founder(*parts)


class Command(BaseCommand):
    help = "Makes the first two people, each administrator and signer, and prints a one-time address for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=founder, metavar="USERNAME:NAME:EMAIL:ROLE")
        parser.add_argument("second", type=founder, metavar="USERNAME:NAME:EMAIL:ROLE")

    def handle(self, *args: Any, **options: Any) -> None:
        with telling_refusals():
            made = actions.make_first_people(options["first"], options["second"])
        for person, _door, token in made:
            self.stdout.write(f"{person.username}: {link(token)}")
        self.stdout.write(_("Each opens their own address within 72 hours, alone."))
