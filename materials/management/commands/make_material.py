"""`make_material REF --kind minister --language en --format pdf --out FILE --as USER`: a draft, or the signed bytes of a copy."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.acting import REFUSED, WRONG_USAGE, add_actor, person_named
from accounts.models import User
from audit.trail import record
from casework.access import require
from casework.models import Case
from materials import drafting
from materials.actions import dispatches, materials
from materials.leaving.frozen_text import draft_of
from materials.leaving.staleness import is_stale
from papers.composing.words import languages
from papers.formats.names import PaperFormat
from papers.formats.registry import draw
from papers.kinds import registry
from papers.pdf.rendering import CannotPrint
from safety import gate
from safety.conditions.registry import by_code


class Command(BaseCommand):
    help = (
        "Writes a draft as PDF, DOCX or plain text: every page says DRAFT, NOT CLEARED, and it has no copy number. With --cleared, the signed"
        " bytes of the latest copy of this format that was made. A draft whose facts changed says so; --compose-again takes its words anew"
        " from the packet. Exit status: 0 done, 1 refused (every reason on standard error), 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REF", help="the case, such as K7QF-29MD")
        kinds = sorted(registry.by_command())
        parser.add_argument("--kind", required=True, choices=kinds, help=" or ".join(kinds))
        known = [audience for kind in registry.composed() for audience in kind.audiences]
        parser.add_argument(
            "--audience", default="", help=f"{', '.join(known[:-1])} or {known[-1]}; by kind when left out"
        )
        parser.add_argument("--language", default="en", choices=[code for code, _name in languages()])
        parser.add_argument(
            "--format", default=PaperFormat.PDF.value, choices=PaperFormat.values, help="pdf when left out"
        )
        parser.add_argument("--out", required=True, metavar="FILE", help="where to write; /dev/stdout prints")
        parser.add_argument("--cleared", action="store_true", help="the signed bytes of a copy, never a draft")
        parser.add_argument(
            "--compose-again", action="store_true", help="take the words of the draft anew; what was edited is replaced"
        )
        parser.add_argument("--json", action="store_true", help="say in JSON what was written")
        add_actor(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = person_named(options["actor"])
        kind = registry.by_command()[options["kind"]]
        audience = options["audience"] or kind.audiences[0]
        if audience not in kind.audiences:
            raise CommandError(_("This kind of text is not written for this audience."), returncode=WRONG_USAGE)
        case = Case.objects.visible_to(actor).filter(reference=options["reference"]).first()
        if case is None:
            raise CommandError(_("There is no such case for this person."), returncode=REFUSED)
        if drafting.leads_to(case, options["out"]):
            words = _(
                "The name of the file holds the reference or the codename. Whoever gets it sees it: choose another."
            )
            raise CommandError(words, returncode=WRONG_USAGE)
        what = (actor, case, kind.code, audience, options["language"])
        try:
            as_file, again = options["format"], options["compose_again"]
            data, said = (
                self._cleared(*what, as_file=as_file)
                if options["cleared"]
                else self._draft(*what, as_file=as_file, compose_again=again)
            )
        except PermissionDenied as refused:
            raise CommandError(str(refused), returncode=REFUSED) from None
        except (CannotPrint, ValidationError) as refused:
            raise CommandError("\n".join(getattr(refused, "messages", [str(refused)])), returncode=REFUSED) from None
        self._write(options, data, {**said, "reference": case.reference, "bytes": len(data), "out": options["out"]})

    def _draft(
        self, actor: User, case: Case, kind: str, audience: str, language: str, *, as_file: str, compose_again: bool
    ) -> tuple[bytes, dict[str, Any]]:
        require(actor, "write_material", case)
        row = drafting.existing(actor, case, kind, audience, language)
        if row is not None and compose_again:
            row = materials.compose_again(actor=actor, material=row, version=row.version)
        row = row or materials.write(actor=actor, cases=[case], kind=kind, audience=audience, language=language)
        data = draw(as_file, draft_of(row), None)
        record(actor=actor, verb="materials.material.printed", case=case, about=row, revision=row.revision)
        return data, {"material": str(row.pk), "revision": row.revision, "is_draft": True, "is_stale": is_stale(row)}

    def _cleared(
        self, actor: User, case: Case, kind: str, audience: str, language: str, *, as_file: str
    ) -> tuple[bytes, dict[str, Any]]:
        copy = drafting.latest_copy(actor, case, kind, audience, language, as_file=as_file)
        if copy is None:
            raise ValidationError(
                [f"{code}: {why}" for code, why in drafting.why_not_cleared(actor, case, kind, audience, language)]
            )
        reasons = [f"{refusal.code}: {refusal.sentence}" for refusal in gate.still_open(copy.dispatch).refusals]
        if not dispatches.is_authentic(copy.dispatch, to=[copy]) or not dispatches.is_whole(copy):
            reasons.append(f"not-authentic: {by_code('not-authentic').sentence}")
        if reasons:
            raise ValidationError(reasons)
        dispatches.note_download(actor=actor, copy=copy)
        said = {"copy": copy.number, "paper": copy.paper_number, "revision": copy.revision, "is_draft": False}
        return bytes(copy.file or b""), said

    def _write(self, options: dict[str, Any], data: bytes, said: dict[str, Any]) -> None:
        try:
            drafting.write_bytes(options["out"], data, sys.stdout)
        except OSError as fault:
            words = _("The file cannot be written: %(reason)s.") % {"reason": fault.strerror or fault}
            raise CommandError(words, returncode=WRONG_USAGE) from None
        stream = self.stderr if options["out"] in drafting.STANDARD_OUTPUT else self.stdout
        if options["json"]:
            stream.write(json.dumps(said))
        elif said["is_draft"]:
            stream.write(_("A draft of revision %(revision)s was written. It is not cleared.") % said)
            if said["is_stale"]:
                stream.write(
                    _("Facts changed since revision %(revision)s. With --compose-again its words are taken anew.")
                    % said
                )
        else:
            stream.write(_("Copy %(copy)s of revision %(revision)s was written, paper %(paper)s.") % said)
