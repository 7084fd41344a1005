"""What was examined, one cell a subject of the gate's conditions, in an order that reviewers learn.

A cell is green only when no condition of it refuses; what each condition belongs to is said by its own record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from materials.audiences import ASSESSED_DISCLOSURES
from materials.models import Material
from safety.conditions.record import ReviewCell
from safety.conditions.registry import by_code
from safety.models import LeakScan, Posture, RiskAssessment


class CellLook(Enum):
    """The mark and the tone of a cell."""

    OK = ("ring-full", "ok")
    CARE = ("ring-half", "care")
    STOP = ("ring-slash", "stop")
    NOT_ASKED = ("ring-empty", "")


@dataclass(frozen=True)
class ExaminedCell:
    """One cell: its label, what was found, how it looks, and the panel of the page that tells more."""

    label: str
    figure: str
    look: CellLook
    href: str = ""

    @property
    def mark(self) -> str:
        """Return the picture of the mark."""
        return self.look.value[0]

    @property
    def tone(self) -> str:
        """Return the colour of the cell: ok, care, stop or none."""
        return self.look.value[1]


@dataclass(frozen=True)
class Count:
    """How many of all may stand as they are."""

    part: int
    whole: int


@dataclass(frozen=True)
class Beforehand:
    """What a scan would find in a draft now: words to answer, and whether something could not be checked."""

    found: int
    cannot_check: bool


"""The cells that are drawn only when a condition of them refuses, in the words of the condition."""
FURTHER: dict[ReviewCell, str | Promise] = {
    ReviewCell.TEXT: gettext_lazy("Text"),
    ReviewCell.FAMILY: gettext_lazy("Family"),
    ReviewCell.EMERGENCY: gettext_lazy("Emergency"),
    ReviewCell.RECIPIENT: gettext_lazy("Recipient"),
    ReviewCell.PERSON: gettext_lazy("The person"),
}
DECISION = "#decision-h"
ON_BOTH_PAGES = frozenset({"#claims-h", "#consent-h"})
NO_SCAN_YET = "leak-scan-missing"  # sending it to review scans it


def cells(
    material: Material,
    codes: Iterable[str],
    *,
    viewer: User,
    scan: LeakScan | None,
    claims: Count,
    consents: Count,
    assessments: Sequence[RiskAssessment],
    beforehand: Beforehand | None = None,
    is_author: bool = False,
) -> list[ExaminedCell]:
    """Return claims, consent, assessment, leak scan, posture and four eyes, and each other cell of which a condition refuses.

    `is_author`: in the words of whoever sends it to review; `beforehand` then says what a scan would find, where none was
    made. Its links lead to what stands on the author's page too.
    """
    refused: dict[ReviewCell, list[str]] = {}
    for code in dict.fromkeys(codes):
        if not (beforehand and code == NO_SCAN_YET):
            refused.setdefault(by_code(code).cell, []).append(code)
    found = [
        ExaminedCell(_("Claims"), _of(claims, _("usable")), _look(ReviewCell.CLAIMS in refused), "#claims-h"),
        ExaminedCell(_("Consent"), _of(consents, _("items")), _look(ReviewCell.CONSENT in refused), "#consent-h"),
        _assessment(material, assessments, is_refused=ReviewCell.ASSESSMENT in refused),
        _unless(refused.get(ReviewCell.SCAN), _beforehand(beforehand) if beforehand else _scan(scan)),
        _posture(material, refused.get(ReviewCell.POSTURE, [])),
        _unless(refused.get(ReviewCell.FOUR_EYES), _somebody_else() if is_author else _four_eyes(material, viewer)),
        *(
            ExaminedCell(str(label), _in_words(refused[cell]), CellLook.STOP, DECISION)
            for cell, label in FURTHER.items()
            if cell in refused
        ),
    ]
    return (
        [replace(cell, href=cell.href if cell.href in ON_BOTH_PAGES else "") for cell in found] if is_author else found
    )


def _look(is_refused: bool) -> CellLook:
    return CellLook.STOP if is_refused else CellLook.OK


def _in_words(codes: Iterable[str]) -> str:
    return " ".join(str(by_code(code).sentence) for code in codes)


def _unless(refused: list[str] | None, shown: ExaminedCell) -> ExaminedCell:
    """Return the cell as its rows say, but never green while a condition of it refuses."""
    if refused and shown.look is CellLook.OK:
        return replace(shown, look=CellLook.STOP, figure=_in_words(refused))
    return shown


def _of(count: Count, what: str) -> str:
    return _("%(part)s of %(whole)s %(what)s") % {"part": count.part, "whole": count.whole, "what": what}


def _assessment(material: Material, assessments: Sequence[RiskAssessment], *, is_refused: bool) -> ExaminedCell:
    if is_refused:
        return ExaminedCell(_("Assessment"), _("does not allow it"), CellLook.STOP, "#assessment-h")
    if material.level != "full" and material.audience not in ASSESSED_DISCLOSURES:
        return ExaminedCell(_("Assessment"), _("not asked for this audience"), CellLook.NOT_ASKED, "#assessment-h")
    levels = " · ".join(row.get_level_display().lower() for row in assessments)
    return ExaminedCell(_("Assessment"), _("in date, %(level)s") % {"level": levels}, CellLook.OK, "#assessment-h")


def _scan(scan: LeakScan | None) -> ExaminedCell:
    if scan is None:
        return ExaminedCell(_("Leak scan"), _("has not run"), CellLook.STOP, "#findings-h")
    found = scan.findings.all()
    waiting = sum(1 for row in found if row.ruled_at is None)
    if scan.verdict == LeakScan.Verdict.CANNOT_CHECK and scan.read_at is None:
        return ExaminedCell(_("Leak scan"), _("cannot check"), CellLook.STOP, "#findings-h")
    if waiting:
        figure = ngettext("%(n)s to answer", "%(n)s to answer", waiting) % {"n": waiting}
        return ExaminedCell(_("Leak scan"), figure, CellLook.CARE, "#findings-h")
    figure = _("every finding answered") if found else _("clean")
    return ExaminedCell(_("Leak scan"), figure, CellLook.OK, "#findings-h")


def _beforehand(seen: Beforehand) -> ExaminedCell:
    """Return what sending it to review would find: nothing is kept of it."""
    if seen.cannot_check:
        return ExaminedCell(_("Leak scan"), _("could not check all of it now"), CellLook.CARE)
    if seen.found:
        figure = ngettext("would find %(n)s word to answer", "would find %(n)s words to answer", seen.found)
        return ExaminedCell(_("Leak scan"), figure % {"n": seen.found}, CellLook.CARE)
    return ExaminedCell(_("Leak scan"), _("would find nothing now"), CellLook.OK)


def _somebody_else() -> ExaminedCell:
    """Return that whoever sends it does not sign it, and so cannot be green yet."""
    return ExaminedCell(_("Four eyes"), _("somebody else reads and signs it"), CellLook.NOT_ASKED)


def _posture(material: Material, refused: list[str]) -> ExaminedCell:
    if material.level != "full" and not refused:
        return ExaminedCell(_("Posture"), _("a hold does not stop this"), CellLook.NOT_ASKED)
    if "on-hold" in refused:
        words = _("on hold")
    elif "paused" in refused:
        words = _("paused")
    else:
        latest = [Posture.objects.filter(case=case).order_by("-number").first() for case in material.cases.all()]
        words = " · ".join(row.get_kind_display().lower() if row else _("silent") for row in latest)
    return ExaminedCell(_("Posture"), words, _look(bool(refused)))


def _four_eyes(material: Material, viewer: User) -> ExaminedCell:
    if viewer.pk == material.author_id:
        return ExaminedCell(_("Four eyes"), _("you are the author"), CellLook.STOP, DECISION)
    if viewer.pk == material.last_editor_id:
        return ExaminedCell(_("Four eyes"), _("you edited it"), CellLook.STOP, DECISION)
    return ExaminedCell(_("Four eyes"), _("you are not the author"), CellLook.OK, DECISION)
