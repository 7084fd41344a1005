"""The holding line for a journalist who asks: what is known, what we ask, and that we say no more. Three sentences."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from papers.composing import gaps, words
from papers.composing.long_parts import dated_rows, is_public_fact
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import ask_line, lead_of, named, of_each, subject, told, within
from papers.composing.several import head_of
from papers.kinds.kind import Kind, Written

CODE = "HOLDING"


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the line; without a fact that may be said aloud, or an ask, it has a gap."""
    texts = {
        "1": of_each(packets, _known),
        "2": of_each(packets, _asked),
        "3": words.say("holding.silence", packets[0].language),
    }
    return Written(head_of(packets, subject), texts)


def _known(packet: Packet) -> str:
    first = dated_rows(packet, is_public_fact)[:1]
    return "\n".join(within(f"{CODE}.1", [(named(row), told(packet, row)) for row in first], packet))


def _asked(packet: Packet) -> str:
    asks = packet.asks()[:1]
    if not asks:
        packet.keep_back("ask", "missing")
        return ""
    return f"{lead_of(asks[0], packet.language)}\n- {ask_line(asks[0], packet.language)}"


KIND = Kind(
    code=CODE,
    label=_("Holding line"),
    audiences=("AU_MEDIA_BG",),
    write=write,
    chosen=(PacketPart.FACTS, PacketPart.ASKS),
    command="holding",
    gaps=(("1", gaps.FACTS), ("2", gaps.ASK)),
    has_one_reader=True,
    asks="2",
    most_asks=1,
)
