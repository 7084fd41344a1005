"""What is missing in a packet: how far it is answered, how far it serves two forms, and what to ask next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casework.models import Case
from casework.packet_progress import Meter, QuestionLine, meter, packet_meter
from casework.pages.evidence import ListedClaim
from casework.pages.rows import TaskRow
from packet.pages.detention import answer_url
from packet.pages.reader import PacketReader

SHOWN_MISSING = 6


@dataclass(frozen=True)
class MissingPanel:
    """How far the packet is answered, how far it serves the WGAD and the special-procedures forms, and what is missing."""

    whole: Meter
    wgad: Meter
    wgad_note: str
    procedures: Meter
    rows: Sequence[TaskRow]


def missing_panel(
    case: Case, lines: dict[str, QuestionLine], claims: Sequence[ListedClaim], reader: PacketReader
) -> MissingPanel:
    """Return what is missing for this reader, each line with the way to answer it where they may."""
    whole, wgad = packet_meter(lines), meter(lines, "WGAD")
    return MissingPanel(
        whole=whole,
        wgad=wgad,
        wgad_note=_missing_note(wgad),
        procedures=meter(lines, "SP"),
        rows=_missing_rows(case, whole, claims, reader),
    )


def _missing_rows(case: Case, packet: Meter, claims: Sequence[ListedClaim], reader: PacketReader) -> list[TaskRow]:
    """Return what is missing, most needed first: blank questions, then claims that need a second look."""
    blank = sorted(packet.missing, key=lambda line: line.question.sensitivity)
    rows = [
        _missing(line.question.label, _("Blank"), answer_url(case, line) if reader.may_change else "")
        for line in blank[:SHOWN_MISSING]
    ]
    needed = {
        "VS_SINGLE": _("Second source for claim %(number)s"),
        "VS_CONFLICT": _("Ruling on claim %(number)s"),
    }
    rows += [
        _missing(needed[row.status] % {"number": row.number}, _("Needed"), row.url)
        for row in claims
        if row.status in needed
    ][:SHOWN_MISSING]
    return rows


def _missing(label: str, state: str, url: str) -> TaskRow:
    return TaskRow(label, url, state=state, mark="ring-empty", tone="care")


def _missing_note(found: Meter) -> str:
    """Return which questions of a form are blank, and what counts as an answer."""
    blank = [line.question.label for line in found.missing]
    if not blank:
        return _("Every question of this form is answered.")
    named = pgettext("between the items of a list", ", ").join(blank[:SHOWN_MISSING])
    more = len(blank) - SHOWN_MISSING
    words = {"named": named}
    if more > 0:
        words["more"] = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
        return (
            _("Missing: %(named)s, and %(more)s. “Unknown” and “refused to say” count as answers; blank does not.")
            % words
        )
    return _("Missing: %(named)s. “Unknown” and “refused to say” count as answers; blank does not.") % words
