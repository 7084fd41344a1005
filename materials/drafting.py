"""What the commands about materials need: the material of a case by its kind, and every reason why one is not cleared."""

import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from materials.actions import materials
from materials.actions.dispatches import clearance_of
from materials.leaving.scanning import renew_scan
from materials.models import Copy, Material
from materials.review.refusals import shown
from papers.formats.names import PaperFormat
from safety import gate
from safety.conditions.registry import by_code
from safety.models import RiskAssessment
from safety.verdict import Verdict

STANDARD_OUTPUT = frozenset({"-", "/dev/stdout"})


def leads_to(case: Case, path: str) -> bool:
    """Say whether the name of a file tells reference or codename of the case; a name goes with the paper."""
    words = "|".join(re.escape(word) for word in (case.reference, case.codename) if word)
    return bool(re.search(rf"(?<![^\W_])(?:{words})(?![^\W_])", Path(path).name, re.IGNORECASE))


def existing(actor: User, case: Case, kind: str, audience: str, language: str) -> Material | None:
    """Return the latest material of this kind about the case that the person may know of."""
    rows = Material.objects.visible_to(actor).filter(cases=case, kind=kind, audience=audience, language=language)
    return rows.order_by("-edited_at").first()


def latest_copy(
    actor: User, case: Case, kind: str, audience: str, language: str, *, as_file: str = PaperFormat.PDF
) -> Copy | None:
    """Return the latest copy in this format that has left, of a material of this kind that the person may dispatch."""
    mine = Material.objects.where(actor, may="dispatch").filter(
        cases=case, kind=kind, audience=audience, language=language
    )
    rows = Copy.objects.filter(material__in=mine, format=as_file, dispatched_at__isnull=False, file_mac__isnull=False)
    return (
        rows.select_related("dispatch__clearance__review", "dispatch__material", "material")
        .order_by("-dispatched_at")
        .first()
    )


def why_not_cleared(actor: User, case: Case, kind: str, audience: str, language: str) -> list[tuple[str, str]]:
    """Return every reason, as code and sentence, why nothing of this kind may leave now. Changes nothing.

    Where nothing is written yet, a draft is composed, asked about, and thrown away; one that cannot be composed is told
    with why, and an empty one is asked about. A missing assessment is told also where the audience does not ask for
    one: nobody has looked at the risk.
    """
    in_vain: list[tuple[str, str]] = []
    with transaction.atomic():
        row = existing(actor, case, kind, audience, language)
        if row is None:
            row, in_vain = _draft(actor, case, kind, audience, language)
        verdict = asked(row, actor, moment="insert")
        lines = shown(verdict.refusals, material=row, cases=[case], viewer=actor)
        transaction.set_rollback(True)
    told = in_vain + [(line.code, f"{line.title} {line.text}".rstrip()) for line in lines]
    if "no-assessment" not in verdict.codes and RiskAssessment.objects.latest_of(case) is None:
        told.append(("no-assessment", str(by_code("no-assessment").sentence)))
    return told or [("no-copy", _("It is cleared, but no copy in this form was made yet."))]


def _draft(actor: User, case: Case, kind: str, audience: str, language: str) -> tuple[Material, list[tuple[str, str]]]:
    """Compose a draft, or insert an empty one and say why none can be composed; the caller throws it away."""
    try:
        with transaction.atomic():
            made = materials.write(actor=actor, cases=[case], kind=kind, audience=audience, language=language)
            return made, []
    except ValidationError as refused:
        reasons = [("asks-overtaken-by-fate", sentence) for sentence in refused.messages]
    empty = Material(kind=kind, audience=audience, language=language, title="", body=[])
    return materials.insert(actor=actor, cases=[case], material=empty, claims={}, items={}), reasons


def asked(material: Material, actor: User, *, moment: str) -> Verdict:
    """Return what the gate answers about the present revision, scanned again where protected words changed since.

    So an outdated scan is never the answer: it could tell of a case beside this one that the person may not see.
    """
    renew_scan(material, actor=actor)
    clearance = clearance_of(material)
    leaving = gate.Leaving.of(material, clearance_id=clearance.pk if clearance else None, created_by_id=actor.pk)
    return gate.examine(leaving, moment=moment, viewer=actor)


def write_bytes(path: str, data: bytes, stream: Any) -> None:
    """Write to standard output, or to a file that only its owner may read; an existing file is replaced."""
    if path in STANDARD_OUTPUT:
        getattr(stream, "buffer", stream).write(data)
        return
    part = Path(path).with_name(f".{Path(path).name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
    part.replace(path)
