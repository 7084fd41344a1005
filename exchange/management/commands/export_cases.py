"""`export_cases --format json --as USER --out FILE`: the list of cases this person may see, without identity."""

import os
import stat
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from exchange.listing import as_json, listed, note_export
from exchange.profiles import why_no_export

WRONG_USAGE = 2
STANDARD_OUTPUT = {"-", "/dev/stdout"}


class Command(BaseCommand):
    help = "Writes the list of cases a person may see, without identity. Exit status: 0 done, 1 refused, 2 wrong usage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", default="json", help="json (others come later)")
        parser.add_argument(
            "--as", dest="username", metavar="USER", required=True, help="whose rights decide what is listed"
        )
        parser.add_argument("--out", metavar="FILE", required=True, help="where to write; /dev/stdout prints")

    def handle(self, *args: Any, **options: Any) -> None:
        if refusal := why_no_export(options["format"]):
            raise CommandError(refusal, returncode=WRONG_USAGE)
        actor = User.objects.filter(username=options["username"], is_active=True).first()
        if actor is None:
            raise CommandError(_("Nobody here has this sign-in name."), returncode=WRONG_USAGE)
        try:
            note_export(actor=actor, name=options["format"])
        except Refused as refused:
            raise CommandError(str(refused)) from None
        pieces = as_json(listed(actor))
        if options["out"] in STANDARD_OUTPUT:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            write_whole(Path(options["out"]), pieces)
        except OSError as fault:
            words = _("The file cannot be written: %(reason)s.") % {"reason": fault.strerror or fault}
            raise CommandError(words, returncode=WRONG_USAGE) from None


def write_whole(path: Path, pieces: Iterator[str]) -> None:
    """Write a file for its owner alone: whole, or not at all. What is no plain file (a pipe) is written as it is."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        with path.open("w", encoding="utf-8") as out:
            out.writelines(pieces)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.writelines(pieces)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
