"""The stop notice to those who hold a copy: which paper, what we ask, by when. No reason, and nothing of the case."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models.aims import Situation
from papers.composing import gaps, words
from papers.composing.packet import Packet
from papers.kinds.kind import Kind, Written

CODE = "WITHDRAWAL"


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the notice on the papers that left last. Where nothing left it has a gap: there is nothing to stop."""
    language = packets[0].language
    when = (
        words.say("withdrawal.by", language, date=words.day(stop_on, language))
        if stop_on
        else words.say("withdrawal.when", language)
    )
    texts = {
        "1": _papers(packets),
        "2": words.say("withdrawal.ask", language),
        "3": f"{when} {words.say('withdrawal.tell', language)}",
    }
    return Written(words.say("kind.WITHDRAWAL", language), texts)


def _papers(packets: list[Packet]) -> str:
    language = packets[0].language
    left = dict.fromkeys(
        (packet.last_left.kind, packet.last_left.revision, packet.last_left.day)
        for packet in packets
        if packet.last_left
    )
    return "\n".join(
        words.say(
            "withdrawal.paper",
            language,
            kind=words.say(f"kind.{kind}", language),
            revision=revision,
            date=words.day(day, language),
        )
        for kind, revision, day in left
    )


KIND = Kind(
    code=CODE,
    label=_("Stop notice to holders of a copy"),
    audiences=("AU_DIPLO", "AU_OWNGOV", "AU_PARL", "AU_UN", "AU_HOLDER", "AU_SUPPORT", "AU_MEDIA_BG"),
    made_for=frozenset(Situation),
    write=write,
    command="withdrawal",
    follows="any",
    is_stop_notice=True,
    gaps=(("1", gaps.NOTHING_LEFT),),
)
