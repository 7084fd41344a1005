"""`verify_audit`: is the trail whole?"""

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.models import Entry
from audit.trail import verify


def head(text: str) -> tuple[int, bytes]:
    """`SEQUENCE:MAC` as it stands in the daily message."""
    try:
        sequence, mac = text.split(":")
        return int(sequence), bytes.fromhex(mac)
    except ValueError:
        raise ArgumentTypeError(_("A head reads NUMBER:SEAL, as in the daily message.")) from None


class Command(BaseCommand):
    help = "Reads the whole trail again. Exit status 0: whole; 1: touched, every place on standard error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--head", type=head, action="append", default=[], metavar="NUMBER:SEAL")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = verify(tuple(options["head"]))
        count = Entry.objects.count()
        if options["json"]:
            found = [{"sequence": f.sequence, "code": f.code, "sentence": f.sentence} for f in faults]
            self.stdout.write(json.dumps({"entries": count, "faults": found}))
        elif not faults:
            self.stdout.write(_("The trail is whole: %(count)d entries.") % {"count": count})
        if faults:
            raise CommandError("\n".join(fault.sentence for fault in faults), returncode=1)
