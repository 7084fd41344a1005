"""An update: what changed since the last paper left, what we ask now, and that earlier papers are not acted on any more."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim, Detention, Place
from casework.models.aims import AWAY, FREE, OUT_FOR_A_TIME, RESTRICTED
from directory.dates import sort_key
from papers.composing import gaps, words
from papers.composing.last_left import LastLeft
from papers.composing.offered import PacketPart
from papers.composing.packet import LEGAL, WHO, Packet
from papers.composing.parts import dated, named, of_each, subject, within
from papers.composing.several import asks_of_all, head_of
from papers.kinds.kind import Kind, Written

CODE = "UPDATE"
NEWEST = 2
OTHER_USES = frozenset({*WHO, *LEGAL, Claim.Use.AUTHORITIES})


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the update: what changed since the last paper left; where none left, the newest facts. With neither it is a gap."""
    language = packets[0].language
    texts = {
        "1": of_each(packets, _what_changed),
        "2": asks_of_all(packets),
        "3": words.say("update.stop", language),
    }
    return Written(head_of(packets, subject), texts)


def _what_changed(packet: Packet) -> str:
    if packet.last_left:
        return _since(packet, packet.last_left)
    rows = packet.claims(Claim.Use.FACT)
    newest = rows if packet.choice else rows[-NEWEST:]
    for row in rows:
        if row not in newest:
            packet.keep_back(named(row), "no-room")
    return "\n".join(within(f"{CODE}.1", [(named(row), dated(packet, row)) for row in newest], packet))


def _since(packet: Packet, left: LastLeft) -> str:
    """Return the claims and the other rows that are new or say something else now; nothing printable is a gap."""
    rows = packet.claims(Claim.Use.FACT, keep=lambda row: bool(packet.choice) or str(row.claim.pk) in left.claims)
    rows += [row for row in packet.judged if row.claim.use in OTHER_USES and str(row.claim.pk) in left.claims]
    printed = [row for row in rows if row.is_printed]
    if not packet.choice:
        printed.sort(key=lambda row: sort_key(row.claim.on))
    facts = within(f"{CODE}.1", [(named(row), dated(packet, row)) for row in printed[::-1]], packet)[::-1]
    said = [*facts, *_custody(packet, left), *_charges(packet, left)]
    if not said:
        return ""
    return "\n".join([words.say("since.paper", packet.language, date=words.day(left.day, packet.language)), *said])


def _custody(packet: Packet, left: LastLeft) -> list[str]:
    """Return since when and where the person is or was held, where a time or a place of detention changed."""
    spells = Detention.objects.present().filter(case=packet.case, pk__in=left.rows).exists()
    places = Place.objects.present().filter(case=packet.case, pk__in=left.rows).exists()
    return list(filter(None, [packet.held() if spells else "", packet.place() if places else ""]))


def _charges(packet: Packet, left: LastLeft) -> list[str]:
    pairs = zip(packet.rows.charges, packet.charge_lines(), strict=True)
    changed = [line for row, line in pairs if str(row.pk) in left.rows]
    return list(filter(None, (packet.opened("charge", said, what=what) for what, said in changed)))


KIND = Kind(
    code=CODE,
    label=_("Update"),
    audiences=("AU_DIPLO", "AU_OWNGOV", "AU_SUPPORT", "AU_PUBLIC"),
    made_for=frozenset({FREE, AWAY, OUT_FOR_A_TIME, RESTRICTED}),
    why_not_first=_("it tells of somebody who is alive and not where they were"),
    write=write,
    chosen=(PacketPart.FACTS, PacketPart.ASKS),
    command="update",
    gaps=(("1", gaps.NOTHING_NEW), ("2", gaps.ASK)),
    sourced=("1",),
    has_sources=True,
    follows="any",
    asks="2",
    dated_facts="1",
)
