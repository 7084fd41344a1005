"""`create_invitation USERNAME NAME --as A`: invite somebody, and print the one-time address."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import add_actor, person_named, telling_refusals
from accounts.actions.joining import link


class Command(BaseCommand):
    help = "Invites a person for 72 hours. The address works once; hand it over in a safe way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("--email", default="", help=_("Sends the address there too."))
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with telling_refusals():
            _invitation, token = actions.invite(
                actor=person_named(options["actor"]),
                username=options["username"],
                name=options["name"],
                email=options["email"],
            )
        self.stdout.write(link(token))
