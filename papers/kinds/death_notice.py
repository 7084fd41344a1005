"""After a death: quiet and exact. Who died, where, when, as stated by whom; what we ask; what the authorities say."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from casework.models.aims import DEAD
from papers.composing import gaps, words
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import (
    authorities,
    chosen,
    contact,
    dated,
    named,
    of_each,
    subject,
    within,
)
from papers.composing.several import asks_of_all, head_of
from papers.kinds.kind import Kind, Written

CODE = "DEATH_NOTICE"
MOST_SENTENCES = 4


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the notice. What is said of the death are claims of that use, each with its source; else it is a gap."""
    language = packets[0].language
    texts = {
        "1": words.say("handling.brief", language) + " " + words.say("handling.return", language),
        "2": of_each(packets, _the_death),
        "3": asks_of_all(packets),
        "4": of_each(packets, authorities),
        "5": contact(packets),
    }
    return Written(head_of(packets, subject), texts)


def _the_death(packet: Packet) -> str:
    rows = chosen(packet, Claim.Use.DEATH, MOST_SENTENCES)
    return "\n".join(within(f"{CODE}.2", [(named(row), dated(packet, row)) for row in rows], packet))


KIND = Kind(
    code=CODE,
    label=_("Notice after a death"),
    audiences=("AU_DIPLO", "AU_OWNGOV"),
    made_for=frozenset({DEAD}),
    is_only_for=True,
    write=write,
    chosen=(PacketPart.ASKS,),
    command="death",
    gaps=(("2", gaps.DEATH), ("3", gaps.ASK), ("4", gaps.AUTHORITIES)),
    authorities="4",
    contact="5",
    sourced=("2", "4"),
    has_sources=True,
    has_one_reader=True,
    handling="1",
    asks="3",
    dated_facts="2",
)
