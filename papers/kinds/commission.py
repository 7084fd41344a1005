"""The commission's briefing: four to twelve pages, paragraphs numbered, a table of what happened, notes that lead both ways."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.judging import Judged
from papers.composing.long_parts import (
    chronology,
    counts_of_sources,
    dated_rows,
    first_and_newest,
    of_timeline,
    paragraphs,
    told_with_date,
)
from papers.composing.offered import PacketPart
from papers.composing.packet import WHO, Packet
from papers.composing.parts import (
    authorities,
    charges_that_fit,
    cited,
    closed,
    contact,
    lead_of,
    list_of_asks,
    named,
    of_each,
    subject,
    within,
)
from papers.kinds.kind import Kind, Written

CODE = "COMM_BRIEF"
IN_SUMMARY = 3
EVERY_RIGHT = 99


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the briefing. Context, analysis beyond the articles, and annexes are the author's, each sentence with its claim."""
    language = packets[0].language
    texts = {
        "1": _cover(packets),
        "2": of_each(packets, _summary),
        "3": _method(packets),
        "4": of_each(packets, _person),
        "5": of_each(packets, _chronology),
        "6": of_each(packets, _detention),
        "7": of_each(packets, _law),
        "8": of_each(packets, lambda packet: "\n".join(packet.rights(EVERY_RIGHT))),
        "9": of_each(packets, authorities),
        "10": of_each(packets, _ahead),
        "11": "",
        "12": of_each(packets, _requests),
        "13": _confidence(language),
        "14": "",
    }
    return Written(subject(packets[0]), texts)


def _cover(packets: list[Packet]) -> str:
    language, today = packets[0].language, packets[0].today
    said = [
        words.say("cover.readers", language) + " " + words.say("handling.return", language),
        words.say("cover.day", language, date=words.day(today, language)),
        words.say("cover.order", language),
        contact(packets),
    ]
    return "\n".join(filter(None, said))


def _summary(packet: Packet) -> str:
    rows = [told_with_date(packet, row) for row in first_and_newest(packet, dated_rows(packet), IN_SUMMARY)]
    asks = [f"{lead_of(ask, packet.language)} {closed(ask.text)}" for ask in packet.asks()]
    return "\n".join([*rows, *asks])


def _method(packets: list[Packet]) -> str:
    language, counts = packets[0].language, counts_of_sources(packets)
    day = words.day(packets[0].today, language)
    counted = [words.say("method.counts", language, date=day, counts=counts)] if counts else []
    return "\n".join(
        [*counted, *(words.say(f"method.{what}", language) for what in ("attributed", "dates", "consent"))]
    )


def _person(packet: Packet) -> str:
    language = packet.language
    lines = [words.say("person.name", language, name=packet.label())]
    if job := packet.opened("occupation", packet.occupation()):
        lines.append(words.say("person.occupation", language, what=job))
    if who := packet.who():
        lines.append(who)
    return "\n".join([*lines, *within(f"{CODE}.4", cited(packet, *WHO), packet, used=" ".join(lines))])


def _facts(packet: Packet, *, has_date: bool) -> list[Judged]:
    ahead = of_timeline(packet)
    rows = packet.claims(Claim.Use.FACT, keep=lambda row: row.claim.pk not in ahead)
    return [row for row in rows if bool(words.date(row.claim.on, packet.language)) is has_date]


def _chronology(packet: Packet) -> str:
    return chronology(f"{CODE}.5", _facts(packet, has_date=True), packet)


def _detention(packet: Packet) -> str:
    lines = list(filter(None, [packet.held(), packet.place()]))
    return "\n".join([*lines, *paragraphs(f"{CODE}.6", _facts(packet, has_date=False), packet, used=" ".join(lines))])


def _law(packet: Packet) -> str:
    """Return the ground of detention, each charge, how it is characterised and what is said against it, then findings."""
    charges = charges_that_fit(f"{CODE}.7", packet)
    ahead = of_timeline(packet)
    ground = cited(packet, Claim.Use.GROUND)
    against = cited(packet, Claim.Use.CHARACTER, Claim.Use.DISPUTE)
    rows = packet.claims(Claim.Use.LAW, keep=lambda row: row.claim.pk not in ahead)
    findings = [(named(row), told_with_date(packet, row)) for row in rows]
    room = set(within(f"{CODE}.7", [*ground, *against, *findings], packet, used=" ".join(charges)))
    fits = [[line for _what, line in lines if line in room] for lines in (ground, against, findings)]
    return "\n".join([*fits[0], *charges, *fits[1], *fits[2]])


def _ahead(packet: Packet) -> str:
    """Return what the timeline expects, by the claims that say so."""
    ahead = of_timeline(packet)
    uses = (Claim.Use.FACT, Claim.Use.LAW)
    rows = [row for use in uses for row in packet.claims(use, keep=lambda row: row.claim.pk in ahead)]
    return "\n".join(paragraphs(f"{CODE}.10", rows, packet))


def _requests(packet: Packet) -> str:
    asked = list_of_asks(packet)
    if not asked:
        return ""
    leading = [closed(text) for text in packet.leading_demands()]
    measures = [words.say("request.measure", packet.language, demand=text) for text in leading]
    return "\n".join([asked, *measures])


def _confidence(language: str) -> str:
    bullets = ("- " + words.say(f"donot.{what}", language) for what in ("family", "us", "publish"))
    return "\n".join([words.say("handling.brief", language), words.say("confidence.lead", language), *bullets])


KIND = Kind(
    code=CODE,
    label=_("Commission's briefing"),
    audiences=("AU_PARL", "AU_UN"),
    write=write,
    chosen=(
        PacketPart.WHO,
        PacketPart.FACTS,
        PacketPart.CHARGES,
        PacketPart.FINDINGS,
        PacketPart.RIGHTS,
        PacketPart.ASKS,
    ),
    command="commission",
    gaps=(("2", gaps.FACTS), ("5", gaps.DATED_FACTS), ("9", gaps.AUTHORITIES), ("12", gaps.ASK)),
    authorities="9",
    sourced=("4", "5", "6", "7", "8", "9", "10"),
    has_sources=True,
    is_long=True,
    has_one_reader=True,
    handling="1",
    asks="12",
    contact="1",
)
