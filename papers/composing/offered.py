"""What an author may choose from a packet for a text, part by part, with what keeps a thing from printing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from casework.disclosing.printed_fields import DISCLOSES, right_items
from casework.models import Claim
from papers.composing import words
from papers.composing.asked import asked_in
from papers.composing.judging import NOT_TRANSLATED, Judged, sentence
from papers.composing.left_out import why_no_ask
from papers.composing.marks import found_in, reading
from papers.composing.packet import LEGAL, WHO, Packet
from papers.composing.parts import ask_line


class PacketPart(StrEnum):
    """A part of the packet that a text chooses from."""

    WHO = "who"
    FACTS = "facts"
    CHARGES = "charges"
    RIGHTS = "rights"
    FINDINGS = "findings"
    ASKS = "asks"


@dataclass(frozen=True)
class Offered:
    """One row that may be chosen: its words, and why it may not print, if so. `place` is where it stands, or 0."""

    part: PacketPart
    key: str
    what: str
    said: str
    why: str = ""
    items: frozenset[str] = field(default_factory=frozenset)
    place: int = 0
    when: str = ""
    state: str = ""
    """How far it was checked, in the language of the page."""


def offered(packet: Packet, parts: Iterable[str], text: str) -> list[Offered]:
    """Return what this packet offers for these parts, what stands in the text first and in its order there."""
    makers = {
        PacketPart.WHO: lambda: _claims(packet, PacketPart.WHO, WHO, text),
        PacketPart.FACTS: lambda: _claims(packet, PacketPart.FACTS, (Claim.Use.FACT,), text),
        PacketPart.CHARGES: lambda: _charges(packet, text),
        PacketPart.RIGHTS: lambda: _rights(packet, text),
        PacketPart.FINDINGS: lambda: _claims(packet, PacketPart.FINDINGS, LEGAL, text),
        PacketPart.ASKS: lambda: _asks(packet, text),
    }
    return [row for part in parts for row in _in_order(makers[PacketPart(part)]())]


def _in_order(rows: list[Offered]) -> list[Offered]:
    return sorted(rows, key=lambda row: (bool(row.why), row.place == 0, row.place))


def _claims(packet: Packet, part: PacketPart, uses: Iterable[str], text: str) -> list[Offered]:
    labels = found_in(text)
    return [_claim(packet, part, row, labels) for row in packet.judged if row.claim.use in uses]


def _claim(packet: Packet, part: PacketPart, row: Judged, labels: list[str]) -> Offered:
    label = f"{packet.letter}{row.claim.number}"
    return Offered(
        part,
        str(row.claim.pk),
        f"claim:{row.claim.number}",
        sentence(row, packet.language) if row.is_printed else (row.claim.text or ""),
        why=row.why,
        items=row.items if row.why == "no-consent" else frozenset(),
        place=labels.index(label) + 1 if label in labels else 0,
        when=words.date(row.claim.on, packet.language),
        state=str(row.claim.get_status_display()),
    )


def _charges(packet: Packet, text: str) -> list[Offered]:
    items = DISCLOSES["charge"]
    why, shut = packet.why_shut(items, "charge"), items - packet.consented
    pairs = zip(packet.rows.charges, packet.charge_lines(), strict=True)
    return [
        Offered(
            PacketPart.CHARGES,
            str(row.pk),
            what,
            said,
            why=why or (NOT_TRANSLATED if packet.lacks_charge(row) else ""),
            items=shut,
            place=_place(said, text),
        )
        for row, (what, said) in pairs
    ]


def _rights(packet: Packet, text: str) -> list[Offered]:
    found = []
    for row in packet.rows.rights:
        shut, said = right_items(row) - packet.consented, packet.right_line(row)
        why = packet.why_shut(right_items(row), "right")
        place = _place(said, text)
        found.append(
            Offered(PacketPart.RIGHTS, str(row.pk), f"right:{row.right}", said, why=why, items=shut, place=place)
        )
    return found


def _asks(packet: Packet, text: str) -> list[Offered]:
    fitting = packet.ask_rows()
    return [
        Offered(
            PacketPart.ASKS,
            str(row.pk),
            "ask",
            ask_line(asked_in(row, packet.wording), packet.language),
            why=why_no_ask(packet, row, fitting),
            place=_place(ask_line(asked_in(row, packet.wording), packet.language), text),
        )
        for row in fitting
    ]


def _place(said: str, text: str) -> int:
    """Return where these words begin in the text as it is read, counted from one; 0 where they do not stand."""
    plain, wanted = " ".join(reading(text).plain.split()), " ".join(said.split())
    return plain.find(wanted) + 1 if wanted else 0
