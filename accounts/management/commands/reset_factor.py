"""`reset_factor USER --as A`: propose to reset somebody's second factor, or with --password the password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import add_actor, person_named, telling_refusals
from accounts.models import PendingAct


class Command(BaseCommand):
    help = "Proposes a reset; second_act confirms it. Nothing is reset by one person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user")
        parser.add_argument("--password", action="store_true", help=_("Reset the password instead."))
        parser.add_argument("--reason", default="")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        what = PendingAct.Kind.RESET_PASSWORD if options["password"] else PendingAct.Kind.RESET_FACTOR
        with telling_refusals():
            act = actions.propose_reset(
                actor=person_named(options["actor"]),
                person=person_named(options["user"]),
                what=what,
                reason=options["reason"],
            )
        words = _("Proposed as act %(id)d. Somebody else confirms it: ./run manage second_act %(id)d --as USERNAME")
        self.stdout.write(words % {"id": act.pk})
