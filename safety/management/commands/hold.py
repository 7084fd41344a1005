"""Hold all public work of a case from the command line, as one of the people on it."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from safety.actions import hold
from safety.models import Hold
from safety.people import cases_of


class Command(BaseCommand):
    help = "Hold all public work of a case at once: 24 hours, or until two people lift it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REF", help="the case, such as K7QF-29MD")
        parser.add_argument("--reason", required=True, help="why, in one sentence")
        parser.add_argument("--until-lifted", action="store_true", help="until two people lift it, not for 24 hours")
        parser.add_argument(
            "--as", dest="username", metavar="USER", required=True, help="sign-in name of the person who holds"
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = User.objects.filter(username=options["username"], is_active=True).first()
        case = cases_of(actor).filter(reference=options["reference"]).first()
        if actor is None or case is None:
            raise CommandError("There is no such case for this person.")
        kind = Hold.Kind.UNTIL_LIFTED if options["until_lifted"] else Hold.Kind.PRECAUTION
        try:
            order = hold(actor=actor, case=case, reason=options["reason"], kind=kind)
        except ValidationError as reasons:
            raise CommandError(" ".join(reasons.messages)) from None
        ends = order.ends_at.isoformat(timespec="seconds") if order.ends_at else None
        if options["json"]:
            answer = {
                "reference": case.reference,
                "hold": str(order.pk),
                "kind": order.kind,
                "by": actor.username,
                "ends_at": ends,
            }
            self.stdout.write(json.dumps(answer))
            return
        until = f"until {ends} unless confirmed" if ends else "until two people lift it"
        self.stdout.write(f"Public work of {case.reference} is on hold {until}.")
