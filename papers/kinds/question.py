"""The question in a house and the speech of one minute, with the facts behind them for the member alone."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.long_parts import address_block, dated_rows, first_and_newest, is_public_fact
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import ask_line, chosen, closed, dated, named, of_each, subject, told, within
from papers.composing.several import head_of
from papers.kinds.kind import Kind, Written

CODE = "QUESTION"
IN_SPEECH = 4
BEHIND = 6


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return question and speech. What is said aloud holds no claim about health, torture, faith, family or the like."""
    texts = {
        "1": _addressee(packets),
        "2": of_each(packets, _question),
        "3": of_each(packets, _speech),
        "4": of_each(packets, _behind),
    }
    return Written(head_of(packets, subject), texts)


def _addressee(packets: list[Packet]) -> str:
    language = packets[0].language
    to = address_block(packets[0])
    days = sorted(ask.by for packet in packets for ask in packet.asks() if ask.by)
    lines = [to] if to else []
    if lines and days:
        lines.append(words.say("question.by", language, date=words.date(days[0], language)))
    return "\n".join(lines)


def _question(packet: Packet) -> str:
    """Return one fact and one ask; without an ask it is a gap."""
    asks = packet.asks()[:1]
    if not asks:
        packet.keep_back("ask", "missing")
        return ""
    newest = dated_rows(packet, is_public_fact)[-1:]
    facts = within(f"{CODE}.2", [(named(row), told(packet, row)) for row in newest], packet)
    asked = ["- " + ask_line(ask, packet.language) for ask in asks]
    return "\n".join([*facts, words.say("question.ask", packet.language), *asked])


def _speech(packet: Packet) -> str:
    """Return what can be read in a minute: whom it is about, facts, and what is asked; without a fact it is a gap."""
    language = packet.language
    kept = first_and_newest(packet, dated_rows(packet, is_public_fact), IN_SPEECH)
    asked = [words.say("speech.ask", language, ask=closed(ask.text)) for ask in packet.asks()[:1]]
    around = [words.say("speech.about", language, label=subject(packet)), *asked, words.say("speech.close", language)]
    said = within(f"{CODE}.3", [(named(row), told(packet, row)) for row in kept], packet, used=" ".join(around))
    return "\n".join([around[0], *said, *around[1:]]) if said else ""


def _behind(packet: Packet) -> str:
    rows = chosen(packet, Claim.Use.FACT, BEHIND)
    return "\n".join(within(f"{CODE}.4", [(named(row), dated(packet, row)) for row in rows], packet))


KIND = Kind(
    code=CODE,
    label=_("Parliamentary question and one-minute speech"),
    audiences=("AU_PARL",),
    write=write,
    chosen=(PacketPart.FACTS, PacketPart.ASKS),
    command="question",
    gaps=(("1", gaps.ADDRESSEE), ("2", gaps.ASK), ("3", gaps.FACTS), ("4", gaps.FACTS)),
    has_sources=True,
    has_one_reader=True,
    is_addressed=True,
    asks="2",
    most_asks=1,
    dated_facts="4",
)
