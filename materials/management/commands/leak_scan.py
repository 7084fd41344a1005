"""`leak_scan REF [--audience public] < text`: what of the case stands in a text. Stores nothing."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.acting import REFUSED, WRONG_USAGE, add_actor, person_named
from audit.trail import record
from casework.access import rights_on
from casework.consent_codes import least_level
from casework.models import Case
from directory.vocabulary import terms
from materials.composing.allowed import items_allowed
from safety.leaks import protected_terms
from safety.leaks.scan import hits
from safety.leaks.terms import missing_scripts

SHORT = {
    "public": "AU_PUBLIC",
    "supporters": "AU_SUPPORT",
    "diplomats": "AU_DIPLO",
    "own-government": "AU_OWNGOV",
    "parliament": "AU_PARL",
    "un": "AU_UN",
}
MAY_SCAN = frozenset({"view_identity", "write_material", "sign_review"})


class Command(BaseCommand):
    help = (
        "Reads a text from standard input and names each place where a protected value of the case stands, unless consent"
        " opens it for the audience. Exit status: 0 clean, 1 findings, cannot check or refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REF", help="the case, such as K7QF-29MD")
        parser.add_argument(
            "--audience",
            default="",
            help=", ".join(SHORT) + ", or a code such as AU_DIPLO; without one nothing is open",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = person_named(options["actor"])
        audience = SHORT.get(options["audience"], options["audience"])
        if audience and audience not in terms("consent_audience"):
            raise CommandError(_("There is no such audience."), returncode=WRONG_USAGE)
        case = Case.objects.visible_to(actor).filter(reference=options["reference"]).first()
        if case is None or not rights_on(actor, case) & MAY_SCAN:
            raise CommandError(_("There is no such case for this person."), returncode=REFUSED)
        text = sys.stdin.read()
        opened = {case.pk: set(items_allowed(case, audience, least_level(audience))) if audience else set()}
        found = hits({"text": text}, protected_terms([case], opened), [case.pk])
        blind = missing_scripts([case], text, opened)
        verdict = "cannot_check" if blind else "findings" if found else "clean"
        record(actor=actor, verb="materials.text.scanned", case=case, about=case, verdict=verdict, findings=len(found))
        self._tell(options["json"], verdict, found, blind)
        if verdict != "clean":
            sys.exit(REFUSED)

    def _tell(self, is_json: bool, verdict: str, found: list[Any], blind: list[str]) -> None:
        if is_json:
            rows = [{"field": hit.field, "start": hit.start, "end": hit.end, "words": hit.words} for hit in found]
            self.stdout.write(
                json.dumps({"verdict": verdict, "findings": rows, "scripts_without_a_name": blind}, ensure_ascii=False)
            )
            return
        for hit in found:
            self.stdout.write(f"{hit.start}-{hit.end} {hit.field} “{hit.words}”")
        for script in blind:
            self.stdout.write(
                _("No name is stored in the script %(script)s: there the scan sees nothing.") % {"script": script}
            )
        self.stdout.write(verdict)
