"""`recover_office KIND PERSON --as A`: do in three days, before everybody's eyes, what nobody here can confirm any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import add_actor, person_named, telling_refusals
from accounts.models import PendingAct
from accounts.roles import GIVEN_BY_TWO


class Command(BaseCommand):
    help = (
        "Starts a recovery where there are not two people who could do it in the usual way. Everybody is told at once, "
        "anybody who may propose can take it back, and after 72 hours it is finished by finish_act."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=PendingAct.Kind.values)
        parser.add_argument("person")
        parser.add_argument("--role", default="", choices=["", *sorted(GIVEN_BY_TWO)])
        parser.add_argument("--reason", required=True, help=_("Everybody reads it."))
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with telling_refusals():
            act = actions.propose_recovery(
                actor=person_named(options["actor"]),
                person=person_named(options["person"]),
                kind=options["kind"],
                role=options["role"],
                reason=options["reason"],
            )
        words = _(
            "Act %(id)d is started, and everybody is told. After %(at)s: ./run manage finish_act %(id)d --as USERNAME"
        )
        self.stdout.write(words % {"id": act.pk, "at": f"{act.alone_at:%Y-%m-%d %H:%M} UTC"})
