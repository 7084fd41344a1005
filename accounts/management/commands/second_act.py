"""`second_act ID --as B`: confirm a proposed act as second person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts import actions
from accounts.acting import WRONG_USAGE, add_actor, person_named, telling_refusals
from accounts.models import PendingAct
from accounts.models.pending import SHUTS_OUT


class Command(BaseCommand):
    help = "Confirms an act that somebody else proposed, about a third person. All who sign are told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        act = PendingAct.objects.filter(pk=options["id"]).first()
        if act is None:
            raise CommandError(_("There is no act %(id)d.") % {"id": options["id"]}, returncode=WRONG_USAGE)
        with telling_refusals():
            actions.second(actor=person_named(options["actor"]), act=act)
        is_closing = act.kind in SHUTS_OUT
        self.stdout.write(
            _("Confirmed. All who sign are told.")
            if is_closing
            else _("Confirmed. The person does not sign for 24 hours.")
        )
