"""The urgent appeal: a headline, two lines of danger, whom to write to, a model letter, background, and until when."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from casework.models import Claim
from papers.composing import gaps, words
from papers.composing.long_parts import address_block, dated_rows, first_and_newest, salutation
from papers.composing.offered import PacketPart
from papers.composing.packet import LEGAL, WHO, Packet
from papers.composing.parts import (
    ask_line,
    authorities,
    charges_that_fit,
    cited,
    named,
    of_each,
    subject,
    told,
    told_with_date,
    within,
)
from papers.composing.several import head_of
from papers.kinds.kind import Kind, Written

CODE = "URGENT_ACTION"
IN_SUMMARY = 2
IN_LETTER = 3
MOST_RIGHTS = 3


def write(packets: list[Packet], stop_on: dt.date | None) -> Written:
    """Return the appeal. The pronoun is a gap, and the salutation where the directory has none: nobody guesses either."""
    language = packets[0].language
    head = words.say("urgent.headline", language, subject=head_of(packets, subject))
    texts = {
        "1": head,
        "2": of_each(packets, _danger),
        "3": address_block(packets[0]),
        "11": salutation(packets[0]),
        "12": "",
        "4": _model(packets),
        "10": of_each(packets, authorities),
        "5": of_each(packets, _background),
        "6": words.say("urgent.language", language),
        "7": _until(stop_on, language),
        "8": "",
        "9": _earlier(packets),
    }
    return Written(head, texts)


def _danger(packet: Packet) -> str:
    """Return why it cannot wait, or else the newest facts, in two lines."""
    lines = [opened] if (opened := packet.opened("why_now", packet.wording.of(packet.case, "why_now"))) else []
    rows = dated_rows(packet)
    newest = [(named(row), told(packet, row)) for row in rows[::-1][: IN_SUMMARY - len(lines)]]
    return "\n".join([*lines, *within(f"{CODE}.2", newest, packet, used=" ".join(lines))])


def _model(packets: list[Packet]) -> str:
    """Return the letter: whom it is about, facts, and what is asked as requests; without an ask there is none."""
    language = packets[0].language
    asks = [ask for packet in packets for ask in packet.asks()]
    if not asks:
        packets[0].keep_back("ask", "missing")
        return ""
    lines = [words.say("model.open", language, label=subject(packet)) for packet in packets]
    for packet in packets:
        rows = first_and_newest(packet, dated_rows(packet), IN_LETTER)
        lines += within(f"{CODE}.4", [(named(row), told(packet, row)) for row in rows], packet)
    lines.append(words.say("urgent.request", language))
    lines += ["- " + ask_line(ask, language) for ask in asks]
    return "\n".join([*lines, words.say("model.close", language)])


def _background(packet: Packet) -> str:
    """Return who the person is, since when and where held, what happened, charges and what is said of them, rights."""
    held = list(filter(None, [packet.who(), packet.held(), packet.place()]))
    charges = charges_that_fit(f"{CODE}.5", packet)
    rights = packet.rights(MOST_RIGHTS)
    lines = [words.say("rights.lead", packet.language), *(f"- {right}" for right in rights)] if rights else []
    facts = [(named(row), told_with_date(packet, row)) for row in packet.claims(Claim.Use.FACT)]
    who, law = cited(packet, *WHO), cited(packet, *LEGAL)
    room = set(within(f"{CODE}.5", [*who, *law, *facts], packet, used=" ".join([*held, *charges, *lines])))
    fits = [[line for _what, line in part if line in room] for part in (who, facts, law)]
    return "\n".join([*held, *fits[0], *fits[1], *charges, *fits[2], *lines])


def _until(stop_on: dt.date | None, language: str) -> str:
    if stop_on is None:
        return ""
    date = words.say("until.date", language, date=words.day(stop_on, language))
    return f"{date} {words.say('until.check', language)}"


def _earlier(packets: list[Packet]) -> str:
    """Return which action of ours this one takes up, where one left before."""
    language = packets[0].language
    days = sorted({packet.last_left.day for packet in packets if packet.last_left})
    return "\n".join(words.say("urgent.earlier", language, date=words.day(day, language)) for day in days)


KIND = Kind(
    code=CODE,
    label=_("Urgent appeal"),
    audiences=("AU_SUPPORT", "AU_PUBLIC"),
    write=write,
    chosen=(
        PacketPart.FACTS,
        PacketPart.ASKS,
        PacketPart.WHO,
        PacketPart.CHARGES,
        PacketPart.FINDINGS,
        PacketPart.RIGHTS,
    ),
    command="urgent",
    missing_stop_date=_("An urgent appeal needs a day after which nobody writes any more."),
    gaps=(
        ("2", gaps.FACTS),
        ("3", gaps.ADDRESSEE),
        ("11", gaps.SALUTATION),
        ("4", gaps.ASK),
        ("10", gaps.AUTHORITIES),
        ("7", gaps.STOP_DATE),
        ("8", gaps.PRONOUN),
    ),
    authorities="10",
    sourced=("2", "5", "10"),
    has_sources=True,
    has_one_reader=True,
    is_addressed=True,
    title="1",
    asks="4",
    follows="own",
)
