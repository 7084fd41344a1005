"""What is missing in a packet: how far it is answered, how far it serves two forms, and what to ask next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.pages.addresses import address_of
from casework.models import Case, Claim
from casework.packet_progress import Meter, QuestionLine, meter, packet_meter
from casework.pages.rows import TaskRow
from packet.pages.reader import PacketReader

SHOWN_MISSING = 6


@dataclass(frozen=True)
class MissingPanel:
    """How far the packet is answered, how far it serves the WGAD and the special-procedures forms, and what is missing."""

    whole: Meter
    wgad: Meter
    procedures: Meter
    rows: Sequence[TaskRow]


def blank_in_order(lines: Mapping[str, QuestionLine]) -> list[QuestionLine]:
    """Return the questions that nobody answered, most needed first."""
    return sorted(packet_meter(dict(lines)).missing, key=lambda line: line.question.sensitivity)


def missing_panel(
    case: Case, lines: dict[str, QuestionLine], claims: Iterable[Claim], reader: PacketReader
) -> MissingPanel:
    """Return what is missing for this reader, each line with the way to its place in the story."""
    return MissingPanel(
        whole=packet_meter(lines),
        wgad=meter(lines, "WGAD"),
        procedures=meter(lines, "SP"),
        rows=_missing_rows(case, lines, claims, reader),
    )


def _missing_rows(
    case: Case, lines: Mapping[str, QuestionLine], claims: Iterable[Claim], reader: PacketReader
) -> list[TaskRow]:
    """Return what is missing, most needed first: blank questions, then claims that need a second look."""
    rows = [
        _missing(line.question.label, _("Blank"), _place(line) if reader.may_change else "")
        for line in blank_in_order(lines)[:SHOWN_MISSING]
    ]
    needed = {
        Claim.Status.SINGLE: _("Second source for claim %(number)s"),
        Claim.Status.CONFLICT: _("Ruling on claim %(number)s"),
    }
    waiting = [claim for claim in claims if claim.status in needed][:SHOWN_MISSING]
    return rows + [
        _missing(
            needed[Claim.Status(claim.status)] % {"number": claim.number},
            _("Needed"),
            address_of("casework:claim", case.reference, claim.pk),
        )
        for claim in waiting
    ]


def _place(line: QuestionLine) -> str:
    return f"?answer={line.question.code}#a-{line.question.code}"


def _missing(label: str, state: str, url: str) -> TaskRow:
    return TaskRow(label, url, state=state, mark="ring-empty", tone="care")
