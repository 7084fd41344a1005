"""The minister's or ambassador's briefing: one page, the ask first, five or six dated facts, what the authorities say."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.offered import PacketPart
from papers.composing.packet import WHO, Packet
from papers.composing.parts import (
    authorities,
    charges_that_fit,
    chosen,
    cited,
    closed,
    contact,
    dated,
    first_and_newest_within,
    head_line,
    legal_lines,
    named,
    of_each,
    within,
)
from papers.composing.several import asks_of_all, head_of, table_of_cases
from papers.composing.small_words import inside
from papers.composing.stages import in_one_line, stages
from papers.kinds.kind import Kind, Written

MOST_FACTS = 6
MOST_RIGHTS = 3
CODE = "MIN_BRIEF"


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the briefing; a text about several cases says for each which it is. It asks for an answer, not for a stop."""
    first = packets[0]
    language = first.language
    texts = {
        "1": words.say("handling.brief", language) + " " + words.say("handling.return", language),
        "2": "\n\n".join(
            filter(None, [table_of_cases(packets), of_each(packets, _who if len(packets) > 1 else _person)])
        ),
        "3": asks_of_all(packets),
        "4": of_each(packets, lambda packet: packet.opened("why_now", packet.wording.of(packet.case, "why_now"))),
        "5": of_each(packets, _facts),
        "6": of_each(packets, _law),
        "7": of_each(packets, authorities),
        "8": "\n".join("- " + words.say(f"donot.{what}", language) for what in ("family", "us", "publish")),
        "9": _talking_points(packets),
        "10": contact(packets),
    }
    return Written(head_of(packets, head_line), texts)


def _facts(packet: Packet) -> str:
    """Return the stages of the case in one line, then the facts that fit; without a fact there is nothing to say here."""
    rows = chosen(packet, Claim.Use.FACT, MOST_FACTS)
    if not rows:
        return ""
    line = in_one_line(stages(packet), packet.language)
    facts = [(named(row), dated(packet, row)) for row in rows]
    return "\n".join([*filter(None, [line]), *first_and_newest_within(f"{CODE}.5", facts, packet, used=line)])


def _who(packet: Packet) -> str:
    """Return who it is where since when and where the person is held stand in a table: age, nationality, why taken."""
    around = packet.who()
    return "\n".join(filter(None, [around, *within(f"{CODE}.2", cited(packet, *WHO), packet, used=around)]))


def _person(packet: Packet) -> str:
    """Return who it is: age, nationality, why the person was taken, what others say, since when and where held."""
    around = [packet.who(), packet.held(), packet.place()]
    told = within(f"{CODE}.2", cited(packet, *WHO), packet, used=" ".join(around))
    return "\n".join(filter(None, [around[0], *told, *around[1:]]))


def _law(packet: Packet) -> str:
    """Return the ground of detention, each charge and how it is characterised, what is said against it, rights, findings."""
    charges = charges_that_fit(f"{CODE}.6", packet)
    rights = packet.rights(MOST_RIGHTS)
    lead = [words.say("rights.lead", packet.language), *(f"- {right}" for right in rights)] if rights else []
    law = legal_lines(f"{CODE}.6", packet, used=" ".join([*charges, *lead]))
    return "\n".join([*law.grounds, *charges, *law.against, *lead, *law.findings])


def _talking_points(packets: list[Packet]) -> str:
    language = packets[0].language
    steps = [text for packet in packets for text in packet.leading_demands()][:1]
    points = [
        words.say("talk.news", language),
        *(words.say("talk.step", language, demand=inside(closed(text), language)) for text in steps),
    ]
    return "\n".join(f"- {point}" for point in points)


KIND = Kind(
    code=CODE,
    label=_("Minister's or ambassador's briefing"),
    audiences=("AU_DIPLO", "AU_OWNGOV"),
    write=write,
    command="minister",
    gaps=(("2", gaps.PERSON), ("3", gaps.ASK), ("4", gaps.WHY_NOW), ("5", gaps.FACTS), ("7", gaps.AUTHORITIES)),
    authorities="7",
    sourced=("2", "4", "5", "6", "7"),
    chosen=(
        PacketPart.WHO,
        PacketPart.FACTS,
        PacketPart.ASKS,
        PacketPart.CHARGES,
        PacketPart.RIGHTS,
        PacketPart.FINDINGS,
    ),
    has_sources=True,
    is_briefing=True,
    has_one_reader=True,
    handling="1",
    subject="2",
    asks="3",
    dated_facts="5",
    barred="8",
    contact="10",
    spoken="9",
)
