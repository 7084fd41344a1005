"""`export_cases --format json --as USER --out FILE`: the list of cases this person may see, without identity.

With `--with-identity --case REF --reason WORDS` it writes the whole packets of these cases, as `import_cases` reads them.
"""

import json
import os
import stat
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from casework.models import Case
from exchange import amparo
from exchange.faults import FileRefused
from exchange.listing import as_json, listed, note_export
from exchange.profiles import why_no_export
from exchange.telling.handing_out import hand_out

WRONG_USAGE = 2
STANDARD_OUTPUT = {"-", "/dev/stdout"}


class Command(BaseCommand):
    help = (
        "Writes the list of cases a person may see, without identity; or the whole packets of the cases that are named."
        " Exit status: 0 done, 1 refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", default="json", help="json (others come later)")
        parser.add_argument(
            "--as", dest="username", metavar="USER", required=True, help="whose rights decide what is listed"
        )
        parser.add_argument("--out", metavar="FILE", required=True, help="where to write; /dev/stdout prints")

        parser.add_argument("--with-identity", action="store_true", help="whole packets, with who the people are")
        parser.add_argument(
            "--case",
            dest="cases",
            metavar="REF",
            action="append",
            default=[],
            help="of which case; may stand repeatedly",
        )
        parser.add_argument("--reason", default="", help="for whom the file is, and why; it goes into the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        if refusal := why_no_export(options["format"]) or _why_wrong(options):
            raise CommandError(refusal, returncode=WRONG_USAGE)
        actor = User.objects.filter(username=options["username"], is_active=True).first()
        if actor is None:
            raise CommandError(_("Nobody here has this sign-in name."), returncode=WRONG_USAGE)
        try:
            pieces = self._packets(actor, options) if options["with_identity"] else _list(actor, options["format"])
        except (Refused, PermissionDenied) as refused:
            raise CommandError(str(refused)) from None
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self._write(options["out"], pieces)

    def _packets(self, actor: User, options: dict[str, Any]) -> Iterator[str]:
        """Return the file of whole packets; what an import of it would refuse is told at once."""
        told = hand_out(actor=actor, cases=_named(actor, options["cases"]), reason=options["reason"])
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        try:
            amparo.read(json.loads(text))
        except FileRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            self.stderr.write(_("An import refuses the file until this is mended in it, or in the case."))
        return iter([text])

    def _write(self, out: str, pieces: Iterator[str]) -> None:
        if out in STANDARD_OUTPUT:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            write_whole(Path(out), pieces)
        except OSError as fault:
            words = _("The file cannot be written: %(reason)s.") % {"reason": fault.strerror or fault}
            raise CommandError(words, returncode=WRONG_USAGE) from None


def _why_wrong(options: dict[str, Any]) -> str:
    """Return why these options do not go together: whole packets are asked for case by case, and with a reason."""
    if options["with_identity"] and not (options["cases"] and options["reason"].strip()):
        return _("Name each case (--case REF) and write for whom the file is (--reason WORDS).")
    if not options["with_identity"] and (options["cases"] or options["reason"]):
        return _("The list holds every case that the person may see. Use --with-identity for whole packets.")
    return ""


def _named(actor: User, references: list[str]) -> list[Case]:
    """Return the cases of these references; one that is hidden is refused in the words of one that does not exist."""
    found = {case.reference: case for case in Case.objects.visible_to(actor).filter(reference__in=references)}
    if missing := sorted(set(references) - set(found)):
        raise CommandError(_("There is no case %(references)s that you may see.") % {"references": ", ".join(missing)})
    return [found[reference] for reference in dict.fromkeys(references)]


def _list(actor: User, name: str) -> Iterator[str]:
    note_export(actor=actor, name=name)
    return as_json(listed(actor))


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
