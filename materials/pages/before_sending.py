"""What the author sees before a text is sent: the cells of the review page, asked of the draft, and what else to mend.

They are made by the same function from the same answers of the gate. Where the reviewer's cell speaks of a scan that
was kept and of a person who signs, the author's speaks of what a scan would find now, and of who will read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.models import Case
from materials.audiences import PUBLISHED_AUDIENCES
from materials.disclosures import items_of
from materials.models import Material
from materials.pages.review_page.evidence import ConsentRow, ReviewedClaimRow, assessment_rows
from materials.pages.review_page.examined import Beforehand, CellLook, Count, ExaminedCell, cells
from materials.review.refusals import as_read
from materials.text_as_read import parts_as_read
from papers.composing.length import Length, length_of
from papers.kinds import registry
from papers.pdf.fonts import letters_without_font
from safety import gate
from safety.leaks import Look, latest_scan, look, third_persons
from safety.leaks.terms import opened_by_consent
from safety.leaks.twins import cases_beside

READY, LENGTH = "#ready-h", "#length-h"


@dataclass(frozen=True)
class BeforeSending:
    """What was examined in a draft, and where it is longer than its kind (materials/materials/_before_sending.html)."""

    cells: list[ExaminedCell]
    length: Length


def before_sending(
    material: Material,
    cases: list[Case],
    viewer: User,
    *,
    claims: Sequence[ReviewedClaimRow],
    consents: Sequence[ConsentRow],
    not_ready: Sequence[str],
) -> BeforeSending:
    """Return what the gate and a scan say of the words as they are now. Nothing is kept, and nothing moves."""
    scan = latest_scan(material)
    verdict = gate.examine(gate.Leaving.of(material), moment="review", viewer=viewer)
    codes = [row.code for row in as_read(verdict.refusals, material=material, cases=cases, viewer=viewer)]
    found = cells(
        material,
        codes,
        viewer=viewer,
        scan=scan,
        claims=Count(sum(1 for row in claims if row.is_usable), len(claims)),
        consents=Count(sum(1 for row in consents if row.is_open), len(consents)),
        assessments=[shown.row for shown in assessment_rows(cases, viewer) if shown.row],
        beforehand=None if scan else _beforehand(material, cases),
        is_author=True,
    )
    length = length_of(registry.find(material.kind), material.body)
    return BeforeSending([*found, _ready(not_ready), _length(length), *_letters(material)], length)


def _beforehand(material: Material, cases: list[Case]) -> Beforehand:
    """Return what a scan of these words would find now in their own cases; of another case nothing is counted."""
    disclosed = {case: set(items) for case, items in items_of(material).items()}
    opened = opened_by_consent(cases, material, disclosed)
    seen: Look = look(
        cases,
        parts_as_read(material.title, material.body),
        opened,
        by_right=third_persons.by_right(material),
        beside=cases_beside(cases),
    )
    own = {case.pk for case in cases}
    return Beforehand(sum(1 for hit in seen.hits if hit.case_id in own), bool(seen.blind or seen.untold))


def _ready(not_ready: Sequence[str]) -> ExaminedCell:
    if not_ready:
        figure = ngettext("%(n)s thing to do", "%(n)s things to do", len(not_ready)) % {"n": len(not_ready)}
        return ExaminedCell(_("Ready"), figure, CellLook.STOP, READY)
    return ExaminedCell(_("Ready"), _("nothing is missing in it"), CellLook.OK)


def _length(length: Length) -> ExaminedCell:
    said = {"words": length.words, "pages": length.most_pages}
    if length.is_too_long:
        figure = ngettext(
            "too long: %(words)s words, for %(pages)s page",
            "too long: %(words)s words, for %(pages)s pages",
            length.most_pages,
        )
        return ExaminedCell(_("Length"), figure % said, CellLook.CARE, LENGTH)
    figure = ngettext("%(words)s words, for %(pages)s page", "%(words)s words, for %(pages)s pages", length.most_pages)
    return ExaminedCell(_("Length"), figure % said, CellLook.OK)


def _letters(material: Material) -> list[ExaminedCell]:
    """Return whether each letter can be printed; a text that is published asks for no font of ours."""
    if material.audience in PUBLISHED_AUDIENCES:
        return []
    missing = letters_without_font("".join(parts_as_read(material.title, material.body).values()))
    if missing:
        return [
            ExaminedCell(
                _("Letters"), _("no font for %(letters)s") % {"letters": " ".join(missing[:5])}, CellLook.STOP, READY
            )
        ]
    return [ExaminedCell(_("Letters"), _("each can be printed"), CellLook.OK)]
