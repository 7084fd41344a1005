"""The supporters' page: one page, plain and polite, with a date after which nobody writes any more."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.judging import sentence
from papers.composing.marks import mark
from papers.composing.offered import PacketPart
from papers.composing.packet import Packet
from papers.composing.parts import authorities, chosen, cited, closed, named, of_each, subject, within
from papers.composing.several import asks_of_all, head_of
from papers.kinds.kind import Kind, Written

CODE = "SUPPORTER"
MOST_SENTENCES = 4


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the page; without a stop date or an addressee it has a gap, and asks nobody to write."""
    language = packets[0].language
    head = head_of(packets, subject)
    texts = {
        "1": head,
        "2": of_each(packets, _story),
        "8": of_each(packets, authorities),
        "3": asks_of_all(packets),
        "4": _what_to_do(packets, stop_on),
        "5": _model(packets),
        "6": "\n".join("- " + words.say(f"donot.{what}", language) for what in ("insult", "tag", "prison")),
        "7": _until(packets, stop_on),
    }
    return Written(head, texts)


def _story(packet: Packet) -> str:
    facts = [
        (named(row), sentence(row, packet.language) + " " + mark(row.claim.number, packet.letter))
        for row in chosen(packet, Claim.Use.FACT, MOST_SENTENCES)
    ]
    told = " ".join(
        within(f"{CODE}.2", [*cited(packet, Claim.Use.WHY_TAKEN), *facts, *cited(packet, Claim.Use.WEIGHT)], packet)
    )
    where = packet.place()
    return "\n\n".join(part for part in (told, where) if part)


def _what_to_do(packets: list[Packet], stop_on: dt.date | None) -> str:
    language = packets[0].language
    addressees = list(dict.fromkeys((ask.to or "").strip() for packet in packets for ask in packet.asks()))
    lines = [words.say("do.write", language, to=to) for to in addressees if to]
    if lines and stop_on:
        lines.append(words.say("do.by", language, date=words.day(stop_on, language)))
    return "\n".join(lines)


def _model(packets: list[Packet]) -> str:
    """Return one letter for each addressee, with that addressee's asks and no other's."""
    language = packets[0].language
    asked: dict[str, list[tuple[Packet, str]]] = {}
    for packet in packets:
        for ask in packet.asks():
            if to := (ask.to or "").strip():
                asked.setdefault(to, []).append((packet, closed(ask.text)))
    return "\n\n".join(_letter(to, told, language) for to, told in asked.items())


def _letter(to: str, told: list[tuple[Packet, str]], language: str) -> str:
    about = dict.fromkeys(packet.label() for packet, _ask in told)
    lines = [words.say("model.open", language, label=label) for label in about]
    lines += [words.say("model.ask", language, ask=ask) for _packet, ask in told]
    lines.append(words.say("model.close", language))
    return words.say("model.to", language, to=to) + "\n" + " ".join(lines)


def _until(packets: list[Packet], stop_on: dt.date | None) -> str:
    language = packets[0].language
    if stop_on is None:
        return ""
    return (
        f"{words.say('until.date', language, date=words.day(stop_on, language))} {words.say('until.check', language)}"
    )


KIND = Kind(
    code=CODE,
    label=_("Supporters' page"),
    audiences=("AU_SUPPORT", "AU_PUBLIC"),
    write=write,
    chosen=(PacketPart.WHO, PacketPart.FACTS, PacketPart.ASKS),
    command="supporters",
    missing_stop_date=_("A supporters’ page needs a day after which nobody writes any more."),
    gaps=(("3", gaps.ASK), ("4", gaps.ADDRESSEE), ("7", gaps.STOP_DATE), ("8", gaps.AUTHORITIES)),
    authorities="8",
    title="1",
    asks="3",
)
