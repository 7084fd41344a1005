"""`import_cases FILE --as USER`: bring cases in from a file, all or none, and none twice."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from exchange import amparo
from exchange.bringing_in import BroughtCase, bring_in
from exchange.faults import Fault, FileRefused, shown
from exchange.profiles import OURS, why_no_import

WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Brings cases in from a file. --dry-run does it all and takes it back. Exit status: 0 done, 1 refused, 2 wrong usage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--profile", default=OURS, help="what kind of file it is: amparo (others come later)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument(
            "--as",
            dest="username",
            metavar="USER",
            required=True,
            help="sign-in name; the cases will be led by this person",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if refusal := why_no_import(options["profile"]):
            raise CommandError(refusal, returncode=WRONG_USAGE)
        actor = User.objects.filter(username=options["username"], is_active=True).first()
        if actor is None:
            raise CommandError(_("Nobody here has this sign-in name."), returncode=WRONG_USAGE)
        is_dry_run = options["dry_run"]
        try:
            outcomes = bring_in(actor=actor, cases=amparo.read_file(options["file"]), is_dry_run=is_dry_run)
        except OSError as fault:
            words = _("The file cannot be read: %(reason)s.") % {"reason": fault.strerror or fault}
            raise CommandError(words, returncode=WRONG_USAGE) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except FileRefused as refused:
            self._refuse(refused.faults, is_json=options["json"])
        else:
            self._tell(outcomes, is_dry_run=is_dry_run, is_json=options["json"])

    def _tell(self, outcomes: list[BroughtCase], *, is_dry_run: bool, is_json: bool) -> None:
        if is_json:
            rows: list[dict[str, str | int | None]] = [
                {
                    "codename": row.codename,
                    "reference": row.reference,
                    "outcome": row.kind,
                    "translations": row.translations,
                }
                for row in outcomes
            ]
            if is_dry_run:
                rows = [
                    {**row, "reference": None if row["outcome"] == "brought-in" else row["reference"]} for row in rows
                ]
            self.stdout.write(json.dumps({"dry_run": is_dry_run, "cases": rows, "faults": []}, ensure_ascii=False))
            return
        for row in outcomes:
            self.stdout.write(
                _("%(codename)s: would be brought in.") % {"codename": row.codename}
                if is_dry_run and row.kind == "brought-in"
                else row.sentence
            )
            if row.waiting:
                self.stdout.write(row.waiting)
        new = sum(row.kind == "brought-in" for row in outcomes)
        counts = {"new": new, "here": len(outcomes) - new}
        done = _("Dry run: %(new)d would be brought in, %(here)d already here. Nothing was written.")
        self.stdout.write((done if is_dry_run else _("%(new)d brought in, %(here)d already here.")) % counts)

    def _refuse(self, faults: tuple[Fault, ...], *, is_json: bool) -> None:
        if is_json:
            rows = [
                {"case": shown(fault.case), "field": shown(fault.field, most=200), "reason": fault.reason}
                for fault in faults
            ]
            self.stdout.write(json.dumps({"cases": [], "faults": rows}, ensure_ascii=False))
        for fault in faults:
            self.stderr.write(str(fault))
        raise CommandError(_("Nothing was brought in. Faults: %(count)d.") % {"count": len(faults)}, returncode=1)
