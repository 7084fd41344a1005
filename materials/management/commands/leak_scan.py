"""`leak_scan REF [--audience public] < text`: what of the case stands in a text. Stores nothing."""

import json
import sys
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.acting import REFUSED, WRONG_USAGE, add_actor, person_named
from audit.trail import record
from casework.access import rights_on
from casework.consent_codes import least_level
from casework.consent_rule import ledgers_of
from casework.models import Case
from directory.vocabulary import terms
from papers.composing.allowed import items_allowed
from safety.leaks import Look, look, third_persons
from safety.leaks.terms import opened_by_contacts
from safety.leaks.twins import cases_beside
from sealing.letters.scripts import in_words

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
        " opens it for the audience, and the name of everybody else. Exit status: 0 clean, 1 findings, cannot check or refused, 2 wrong usage."
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
        opened = _opened(case, audience) if audience else {case.pk: set()}
        beside = [row for row in cases_beside([case]) if Case.objects.visible_to(actor).filter(pk=row.case.pk).exists()]
        seen = look([case], {"text": text}, opened, beside=beside, by_right=third_persons.Accounted())
        record(
            actor=actor,
            verb="materials.text.scanned",
            case=case,
            about=case,
            verdict=seen.verdict,
            findings=len(seen.hits),
        )
        self._tell(options["json"], seen)
        if seen.verdict != "clean":
            sys.exit(REFUSED)

    def _tell(self, is_json: bool, seen: Look) -> None:
        if is_json:
            rows = [{"field": hit.field, "start": hit.start, "end": hit.end, "words": hit.words} for hit in seen.hits]
            told = {"verdict": seen.verdict, "findings": rows, "scripts_without_a_name": seen.blind}
            told["scripts_without_capitals"] = list(seen.untold)
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for hit in seen.hits:
            self.stdout.write(f"{hit.start}-{hit.end} {hit.field} “{hit.words}”")
        for script, count in seen.blind.items():
            told_of = {"script": in_words(script), "n": count}
            self.stdout.write(
                ngettext(
                    "%(script)s: %(n)d protected person has no stored name in this script. There the scan sees nothing.",
                    "%(script)s: %(n)d protected people have no stored name in this script. There the scan sees nothing.",
                    count,
                )
                % told_of
            )
        for script in seen.untold:
            told_of = {"script": in_words(script)}
            self.stdout.write(_("%(script)s: names of other people cannot be told from other words.") % told_of)
        self.stdout.write(seen.verdict)


def _opened(case: Case, audience: str) -> dict[uuid.UUID, set[str]]:
    """Return what consent opens to the audience: of the prisoner by the case, of somebody around by their own row."""
    level = least_level(audience)
    own = {case.pk: set(items_allowed(case, audience, level))}
    return own | opened_by_contacts(ledgers_of([case]).values(), audience, level)
