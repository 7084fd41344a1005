"""`finish_act ID --as A`: do an act that everybody was told of long enough, without a second person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import WRONG_USAGE, add_actor, person_named, telling_refusals
from accounts.models import PendingAct


class Command(BaseCommand):
    help = (
        "Finishes an act without a second person, once everybody was told for its whole time. Everybody is told again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        act = PendingAct.objects.filter(pk=options["id"]).first()
        if act is None:
            raise CommandError(_("There is no act %(id)d.") % {"id": options["id"]}, returncode=WRONG_USAGE)
        with telling_refusals():
            actions.finish_alone(actor=person_named(options["actor"]), act=act)
        self.stdout.write(_("Done. Everybody is told."))
