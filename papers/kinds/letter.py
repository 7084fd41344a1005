"""The letter to an official: courteous, purpose first, dated facts, what the authorities say, one request, an open end."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.letter_parts import opening, subject_line
from papers.composing.long_parts import salutation
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import (
    ask_line,
    chosen,
    contact,
    first_and_newest_within,
    head_line,
    legal_lines,
    named,
    of_each,
    position,
    told_with_date,
    within,
)
from papers.composing.several import head_of
from papers.kinds.kind import Kind, Written

CODE = "OFFICIAL_LETTER"
MOST_FACTS = 4
MOST_RIGHTS = 2  # the grounds of the detention take the room of a third
ONE = 1


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the letter. Where the directory has no salutation there is a gap: a wrong title is worse than none."""
    language = packets[0].language
    texts = {
        "1": opening(packets[0]),
        "8": salutation(packets[0]),
        "2": "\n".join(words.say("letter.purpose", language, label=_about(packet)) for packet in packets),
        "3": of_each(packets, _facts),
        "4": of_each(packets, _law),
        "9": of_each(packets, lambda packet: "\n".join(position(packet))),
        "5": _request(packets),
        "6": words.say("letter.offer", language),
        "7": "\n".join(filter(None, [words.say("letter.close", language), contact(packets)])),
    }
    return Written(subject_line(head_of(packets, _about), language), texts)


def _about(packet: Packet) -> str:
    """Return who it is about; the State's own authorities need not be told which State it is."""
    return head_line(packet, has_country=packet.audience != "AU_HOLDER")


def _facts(packet: Packet) -> str:
    """Return the first and the newest facts, then since when and where the person is held."""
    rows = chosen(packet, Claim.Use.FACT, MOST_FACTS)
    held = list(filter(None, [packet.held(), packet.place()]))
    lines = [(named(row), told_with_date(packet, row)) for row in rows]
    return "\n".join([*first_and_newest_within(f"{CODE}.3", lines, packet), *held])


def _law(packet: Packet) -> str:
    """Return on which ground the person is held, the charge, what is said against both, rights, and findings of bodies."""
    charges = _charges(packet)
    rights = packet.rights(MOST_RIGHTS)
    lead = [words.say("rights.lead", packet.language), *(f"- {right}" for right in rights)] if rights else []
    law = legal_lines(f"{CODE}.4", packet, used=" ".join([*charges, *lead]))
    return "\n".join([*law.grounds, *charges, *law.against, *lead, *law.findings])


def _charges(packet: Packet) -> list[str]:
    """Return the newest charge, or those that the author chose and that fit; the others are noted."""
    charges = packet.charges()
    older = [] if packet.choice else charges[:-ONE]
    for what, _line in older:
        packet.keep_back(what, "no-room")
    return within(f"{CODE}.4", charges[len(older) :], packet)


def _request(packets: list[Packet]) -> str:
    """Return the one request of the letter: the most fitting ask of the first case that has one for this reader."""
    language = packets[0].language
    asks = [ask for packet in packets for ask in packet.asks()][:ONE]
    if not asks:
        packets[0].keep_back("ask", "missing")
        return ""
    return "\n".join([words.say("letter.request", language), *("- " + ask_line(ask, language) for ask in asks)])


KIND = Kind(
    code=CODE,
    label=_("Letter to an official"),
    audiences=("AU_HOLDER", "AU_OWNGOV", "AU_DIPLO"),
    write=write,
    chosen=(PacketPart.FACTS, PacketPart.CHARGES, PacketPart.RIGHTS, PacketPart.FINDINGS, PacketPart.ASKS),
    command="letter",
    gaps=(("1", gaps.ADDRESSEE), ("8", gaps.SALUTATION), ("5", gaps.ASK)),
    is_letter=True,
    is_addressed=True,
    has_one_reader=True,
    opens="1",
    asks="5",
    most_asks=ONE,
    contact="7",
)
