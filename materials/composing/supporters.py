"""The supporters' page: one page, plain and polite, with a date after which nobody writes any more."""

import datetime as dt

from casework.models import Claim
from materials.composing import words
from materials.composing.judging import sentence
from materials.composing.marks import mark
from materials.composing.minister import of_each
from materials.composing.packet import Packet
from materials.composing.parts import authorities, closed, list_of_asks, within

KIND = "SUPPORTER"
MOST_SENTENCES = 4


def title(packets: list[Packet]) -> str:
    """Return the head line: name or safe label, and the country."""
    packet = packets[0]
    label = packet.label()
    return (
        label
        if packet.country() in label
        else words.say("subject.parts", packet.language, name=label, what=packet.country())
    )


def sections(packets: list[Packet], stop_on: dt.date | None) -> dict[str, str]:
    """Return the text of each section by its code."""
    language = packets[0].language
    return {
        f"{KIND}.1": title(packets),
        f"{KIND}.2": of_each(packets, _story),
        f"{KIND}.3": of_each(packets, list_of_asks),
        f"{KIND}.4": _what_to_do(packets, stop_on),
        f"{KIND}.5": _model(packets),
        f"{KIND}.6": "\n".join("- " + words.say(f"donot.{what}", language) for what in ("insult", "tag", "prison")),
        f"{KIND}.7": _until(packets, stop_on),
    }


def _story(packet: Packet) -> str:
    rows = packet.claims(Claim.Use.FACT)
    for left in rows[MOST_SENTENCES:]:
        packet.keep_back(f"claim:{left.claim.number}", "no-room")
    lines = [
        (row, sentence(row, packet.language) + " " + mark(row.claim.number, packet.letter))
        for row in rows[:MOST_SENTENCES]
    ]
    told = " ".join(within(f"{KIND}.2", lines, packet))
    where = packet.place()
    return "\n\n".join(part for part in (told, where, authorities(packet)) if part)


def _what_to_do(packets: list[Packet], stop_on: dt.date | None) -> str:
    language = packets[0].language
    addressees = list(dict.fromkeys((ask.to or "").strip() for packet in packets for ask in packet.asks()))
    lines = [words.say("do.write", language, to=to) for to in addressees if to] or [
        words.say("do.write_nobody", language)
    ]
    if stop_on:
        lines.append(words.say("do.by", language, date=words.day(stop_on, language)))
    return "\n".join(lines)


def _model(packets: list[Packet]) -> str:
    language = packets[0].language
    lines = [words.say("model.open", language, label=packet.label()) for packet in packets]
    lines += [words.say("model.ask", language, ask=closed(ask.text)) for packet in packets for ask in packet.asks()]
    return " ".join([*lines, words.say("model.close", language)])


def _until(packets: list[Packet], stop_on: dt.date | None) -> str:
    language = packets[0].language
    check = words.say("until.check", language)
    return f"{words.say('until.date', language, date=words.day(stop_on, language))} {check}" if stop_on else check
