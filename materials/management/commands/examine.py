"""`examine MATERIAL --as USER`: what the gate says of a material, every unmet condition on a line of its own."""

import json
import sys
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.acting import REFUSED, WRONG_USAGE, add_actor, person_named
from materials.drafting import asked
from materials.models import Material
from materials.review.refusals import shown


class Command(BaseCommand):
    help = "Asks the gate about a material without changing anything. Exit status: 0 open, 1 refused, 2 wrong usage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("material", metavar="MATERIAL", help="the key of the material, as its address shows it")
        parser.add_argument(
            "--moment", choices=["review", "insert"], default="insert", help="may it be signed, or may it go out now"
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = person_named(options["actor"])
        try:
            key = uuid.UUID(options["material"])
        except ValueError:
            raise CommandError(_("This is not the key of a material."), returncode=WRONG_USAGE) from None
        row = Material.objects.visible_to(actor).filter(pk=key).first()
        if row is None:
            raise CommandError(_("There is no such material for this person."), returncode=REFUSED)
        verdict = asked(row, actor, moment=options["moment"])
        lines = shown(verdict.refusals, material=row, cases=list(row.cases.all()), viewer=actor)
        reasons = [{"code": line.code, "sentence": line.title, "more": line.text, "case": line.case} for line in lines]
        if options["json"]:
            self.stdout.write(
                json.dumps({"is_open": not reasons, "revision": row.revision, "refusals": reasons}, ensure_ascii=False)
            )
        elif not reasons:
            self.stdout.write(_("Nothing refuses revision %(revision)s.") % {"revision": row.revision})
        else:
            self.stderr.write(
                "\n".join(f"{reason['code']}: {reason['sentence']} {reason['more']}".rstrip() for reason in reasons)
            )
        if reasons:
            sys.exit(REFUSED)
