"""An update: what changed, what we ask now, and that earlier papers are not acted on any more. Half a page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from casework.models.aims import AWAY, FREE, OUT_FOR_A_TIME, RESTRICTED
from papers.composing import gaps, words
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import dated, list_of_asks, named, of_each, subject, within
from papers.kinds.kind import Kind, Written

CODE = "UPDATE"
NEWEST = 2


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the update: the newest facts that may print. Without any it has a gap."""
    language = packets[0].language
    texts = {
        "1": of_each(packets, _what_changed),
        "2": of_each(packets, list_of_asks),
        "3": words.say("update.stop", language),
    }
    return Written(subject(packets[0]), texts)


def _what_changed(packet: Packet) -> str:
    rows = packet.claims(Claim.Use.FACT)
    newest = rows if packet.choice else rows[-NEWEST:]
    for row in rows:
        if row not in newest:
            packet.keep_back(named(row), "no-room")
    return "\n".join(within(f"{CODE}.1", [(named(row), dated(packet, row)) for row in newest], packet))


KIND = Kind(
    code=CODE,
    label=_("Update"),
    audiences=("AU_DIPLO", "AU_OWNGOV", "AU_SUPPORT", "AU_PUBLIC"),
    made_for=frozenset({FREE, AWAY, OUT_FOR_A_TIME, RESTRICTED}),
    why_not_first=_("it tells of somebody who is alive and not where they were"),
    write=write,
    chosen=(PacketPart.FACTS, PacketPart.ASKS),
    command="update",
    gaps=(("1", gaps.FACTS), ("2", gaps.ASK)),
    sourced=("1",),
    has_sources=True,
    asks="2",
    dated_facts="1",
)
