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
)
from papers.composing.offered import PacketPart
from papers.composing.packet import WHO, Packet
from papers.composing.parts import (
    authorities,
    charges_that_fit,
    cited,
    closed,
    contact,
    head_line,
    lead_of,
    legal_lines,
    list_of_asks,
    of_each,
    signed,
    told_with_date,
    within,
)
from papers.composing.several import head_of, table_of_cases
from papers.composing.small_words import inside
from papers.composing.stages import as_list, stages
from papers.kinds.kind import Kind, Written

CODE = "COMM_BRIEF"
IN_SUMMARY = 3
EVERY_RIGHT = 99


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the briefing. Context, analysis beyond the articles, and annexes are the author's, each sentence with its claim."""
    language = packets[0].language
    texts = {
        "1": _cover(packets),
        "2": "\n\n".join(filter(None, [table_of_cases(packets), of_each(packets, _summary)])),
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
    return Written(head_of(packets, head_line), texts)


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
    """Return since when the person is held, the first and the newest facts, and what is asked."""
    language = packet.language
    rows = [told_with_date(packet, row) for row in first_and_newest(packet, dated_rows(packet), IN_SUMMARY)]
    held = [signed(line, language) for line in [packet.held()] if line and rows]
    asks = packet.asks()
    said = [closed(ask.text) for ask in asks]
    lead = [lead_of(asks[0], language)] if asks else []
    return "\n".join([*held, *rows, " ".join([*lead, *said])]).rstrip()


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
    """Return since when and where the person is held, the stages one by one, and what bears no date."""
    lines = [*filter(None, [packet.held(), packet.place()]), *as_list(stages(packet), packet.language)]
    return "\n".join([*lines, *paragraphs(f"{CODE}.6", _facts(packet, has_date=False), packet, used=" ".join(lines))])


def _law(packet: Packet) -> str:
    """Return the ground of detention, each charge, how it is characterised and what is said against it, then findings."""
    charges = charges_that_fit(f"{CODE}.7", packet)
    ahead = of_timeline(packet)
    law = legal_lines(f"{CODE}.7", packet, used=" ".join(charges), keep=lambda row: row.claim.pk not in ahead)
    return "\n".join([*law.grounds, *charges, *law.against, *law.findings])


def _ahead(packet: Packet) -> str:
    """Return why this is the time, and what the timeline expects, by the claims that say so."""
    now = packet.opened("why_now", packet.wording.of(packet.case, "why_now"))
    ahead = of_timeline(packet)
    uses = (Claim.Use.FACT, Claim.Use.LAW)
    rows = [row for use in uses for row in packet.claims(use, keep=lambda row: row.claim.pk in ahead)]
    return "\n".join([*filter(None, [now]), *paragraphs(f"{CODE}.10", rows, packet, used=now)])


def _requests(packet: Packet) -> str:
    asked = list_of_asks(packet)
    if not asked:
        return ""
    language = packet.language
    leading = [closed(text) for text in packet.leading_demands()]
    measures = [words.say("request.measure", language, demand=inside(text, language)) for text in leading]
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
    chronology="5",
    contact="1",
)
