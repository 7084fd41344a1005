"""`grant_role USER ROLE --as A`: give an office role, or propose it where it needs a second person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import add_actor, person_named, telling_refusals
from accounts.roles import GIVEN_BY_TWO, OfficeRole


class Command(BaseCommand):
    help = "Gives the role of auditor. Every other role is only proposed: second_act confirms it, and one that signs waits 24 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user")
        parser.add_argument("role", choices=OfficeRole.values)
        parser.add_argument("--reason", default="")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor, whom, role = person_named(options["actor"]), person_named(options["user"]), options["role"]
        with telling_refusals():
            if role not in GIVEN_BY_TWO:
                actions.give_role(actor=actor, person=whom, role=role)
                self.stdout.write(_("The role is given."))
                return
            act = actions.propose_role(actor=actor, person=whom, role=role, reason=options["reason"])
        words = _("Proposed as act %(id)d. Somebody else confirms it: ./run manage second_act %(id)d --as USERNAME")
        self.stdout.write(words % {"id": act.pk})
