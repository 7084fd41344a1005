"""What several kinds of document have in common: the asks, the authorities' position, the graded list of sources."""

from collections.abc import Callable
from dataclasses import dataclass

from casework.models import Claim, NoStatement, Source
from casework.translating.wording import Wording
from papers.composing import words
from papers.composing.asked import AskWords
from papers.composing.judging import Judged, grade, name_outside, sentence, sources_of
from papers.composing.marks import HEAD_ROW, found_in, mark
from papers.composing.named_contact import named_contact
from papers.composing.packet import Packet
from papers.composing.sections import find
from papers.composing.small_words import inside

POSITION = "position"
ON_THE_RECORD = "AT_RECORD"
ENDS = (".", "!", "?", "؟", "…", "。", "۔")
CLOSING = '»”"’)\u00a0'  # a sentence that is quoted whole ends before them


def of_each(packets: list[Packet], write: Callable[[Packet], str]) -> str:
    """Return what is written of each case, under its label where there are several."""
    texts = [(packet, write(packet)) for packet in packets]
    if len(packets) == 1:
        return texts[0][1]
    led = ((words.say("case.lead", packet.language, label=packet.label()), text) for packet, text in texts if text)
    return "\n\n".join(f"{lead}\n{text}" for lead, text in led)


def list_of_asks(packet: Packet) -> str:
    """Return at most two asks: who is asked, what, by when."""
    asks = packet.asks()
    if not asks:
        packet.keep_back("ask", "missing")
    lines: list[str] = []
    for position, ask in enumerate(asks):
        if position == 0 or ask.to != asks[position - 1].to:
            lines.append(lead_of(ask, packet.language))
        lines.append("- " + ask_line(ask, packet.language))
    return "\n".join(lines)


def lead_of(ask: AskWords, language: str) -> str:
    """Return the line that leads what one addressee is asked."""
    return words.say("ask.to", language, to=inside((ask.to or "").strip(), language))


def ask_line(ask: AskWords, language: str) -> str:
    """Return one ask with its date."""
    text = closed(ask.text)
    return f"{text} {words.say('ask.by', language, date=words.date(ask.by, language))}" if ask.by else text


def closed(text: str | None) -> str:
    """Return a sentence with its full stop, whether it was typed or not."""
    said = (text or "").strip()
    return said if not said or said.rstrip(CLOSING).endswith(ENDS) else said + "."


def with_capital(text: str) -> str:
    """Return words as a line begins: with a capital."""
    return text[:1].upper() + text[1:]


def authorities(packet: Packet) -> str:
    """Return what the authorities say, or that a named person knows of no statement; with neither it is a gap.

    The gap refuses at sending to review. Nothing of ours stands in it: a position that is kept back is listed beside.
    """
    said = position(packet)
    if not said:
        packet.keep_back(POSITION, "missing")
    return "\n".join(said)


def position(packet: Packet) -> list[str]:
    """Return what the authorities say, line by line, or that a named person knows of no statement; else nothing."""
    rows = packet.claims(Claim.Use.AUTHORITIES)
    said = [told_with_date(packet, row) for row in rows]
    if said and (packet.case.authorities_say or "").strip():
        packet.keep_back("authorities", "in-a-claim")
    elif opened := packet.opened("authorities", packet.wording.of(packet.case, "authorities_say")):
        said.append(opened)
    if not said and not packet.has_a_position():
        found = NoStatement.objects.present().filter(case=packet.case).first()
        if day := words.date(found.as_of, packet.language) if found else "":
            said.append(words.say("authorities.no_statement", packet.language, date=day))
    return said


def told(packet: Packet, judged: Judged) -> str:
    """Return a claim as a sentence that ends with its number."""
    return sentence(judged, packet.language) + " " + mark(judged.claim.number, packet.letter)


def told_with_date(packet: Packet, judged: Judged) -> str:
    """Return a claim as a paragraph that begins with its date, where it bears one."""
    when = words.date(judged.claim.on, packet.language)
    said = told(packet, judged)
    return words.say("told.dated", packet.language, date=when, what=said) if when else said


def named(judged: Judged) -> str:
    """Return how a claim is called among what was left out."""
    return f"claim:{judged.claim.number}"


def chosen(packet: Packet, use: str, most: int) -> list[Judged]:
    """Return the claims of this use that the author chose; unasked at most so many by their date, the first and the newest.

    The others are noted.
    """
    rows = packet.claims(use)
    kept = rows if len(rows) <= most or packet.choice else [rows[0], *rows[len(rows) - most + 1 :]]
    for row in rows:
        if row not in kept:
            packet.keep_back(named(row), "no-room")
    return kept


def within(code: str, lines: list[tuple[str, str]], packet: Packet, *, used: str = "") -> list[str]:
    """Return the lines that fit the words of the section, at least one; the others are noted as left out for room.

    Each line comes with what it is called among what was left out; words that stand there already take their room.
    """
    section = find(code)
    room = (section.words if section and section.words else 10_000) - len(used.split())
    kept: list[str] = []
    for what, line in lines:
        room -= len(line.split())
        if room < 0 and kept:
            packet.keep_back(what, "no-room")
        else:
            kept.append(line)
    return kept


def first_and_newest_within(code: str, lines: list[tuple[str, str]], packet: Packet, *, used: str = "") -> list[str]:
    """Return the lines that fit the words of the section, in their order: the first, then the newest; or what was chosen first."""
    kept = within(code, lines if packet.choice else [*lines[:1], *lines[:0:-1]], packet, used=used)
    return [line for _what, line in lines if line in kept]


def cited(packet: Packet, *uses: str) -> list[tuple[str, str]]:
    """Return the claims of these uses as sentences with their numbers, each with what it is called among what was left out."""
    return [(named(row), told(packet, row)) for use in uses for row in packet.claims(use)]


def cited_with_dates(
    packet: Packet, *uses: str, keep: Callable[[Judged], bool] = lambda _judged: True
) -> list[tuple[str, str]]:
    """Return the claims of these uses as `cited` does, each beginning with its date where it bears one."""
    return [(named(row), told_with_date(packet, row)) for use in uses for row in packet.claims(use, keep=keep)]


@dataclass(frozen=True)
class LegalLines:
    """The claims of a legal section that fit into it: why the person is held, what is said against it, what bodies found."""

    grounds: list[str]
    against: list[str]
    findings: list[str]


def legal_lines(
    code: str, packet: Packet, *, used: str = "", keep: Callable[[Judged], bool] = lambda _judged: True
) -> LegalLines:
    """Return the legal claims that fit the words of the section. Where room is short, the ground and the newest finding stay.

    `keep` says which findings belong here; words that stand in the section already take their room.
    """
    grounds = cited_with_dates(packet, Claim.Use.GROUND)
    against = cited_with_dates(packet, Claim.Use.CHARACTER, Claim.Use.DISPUTE)
    findings = cited_with_dates(packet, Claim.Use.LAW, keep=keep)
    weighed = [*grounds, *findings[-1:], *against, *findings[-2::-1]]
    room = set(within(code, [*grounds, *against, *findings] if packet.choice else weighed, packet, used=used))
    return LegalLines(*([line for _what, line in lines if line in room] for lines in (grounds, against, findings)))


def charges_that_fit(code: str, packet: Packet) -> list[str]:
    """Return the charges that fit the words of the section: by the author's order, unasked the newest, oldest first."""
    charges = packet.charges()
    if packet.choice:
        return within(code, charges, packet)
    return within(code, charges[::-1], packet)[::-1]


def subject(packet: Packet) -> str:
    """Return the head line of a paper: name or safe label, and the country."""
    name, country = packet.label(), packet.country()
    return name if country in name else words.say("subject.parts", packet.language, name=name, what=country)


def head_line(packet: Packet, *, has_country: bool = True) -> str:
    """Return name or label, what the person does, and the country, which its own authorities need not be told."""
    name, country = packet.label(), packet.country()
    job = packet.opened("occupation", packet.occupation())
    joined = name
    for part in filter(None, [job, country if has_country and country not in name else ""]):
        joined = words.say("subject.parts", packet.language, name=joined, what=part)
    return joined


def dated(packet: Packet, judged: Judged) -> str:
    """Return a claim as a bullet that begins with its date and ends with its number."""
    when = words.date(judged.claim.on, packet.language)
    said = sentence(judged, packet.language) + " " + mark(judged.claim.number, packet.letter)
    return "- " + (words.say("told.dated", packet.language, date=when, what=said) if when else said)


def contact(packets: list[Packet]) -> str:
    """Return whom of the office to answer, in which languages, and by when where an ask names a day.

    Where nobody signs for the office it is a gap, which refuses at sending to review.
    """
    language, dates = packets[0].language, sorted(ask.by for packet in packets for ask in packet.asks() if ask.by)
    by = [words.say("contact.by", language, date=words.date(dates[0], language))] if dates else []
    named = named_contact(language)
    return " ".join([named, *by]) if named else ""


def signed(line: str, language: str) -> str:
    """Return a line of our own with its sign, where the lines around it are none."""
    return line + words.say("ours.mark", language)


def with_signs(text: str, language: str) -> str:
    """Return the lines of a sourced section: one without the number of a claim bears the sign that it is ours.

    A line that leads a list, ending with a colon, says nothing of its own, and no more does the head of a table.
    """
    sign = words.say("ours.mark", language)
    lines = [line.rstrip().removesuffix(sign).rstrip() for line in text.split("\n")]
    is_bare = [not line or line.endswith(":") or line.startswith(HEAD_ROW) or found_in(line) for line in lines]
    return "\n".join(line if bare else line + sign for line, bare in zip(lines, is_bare, strict=True))


def list_of_sources(pairs: list[tuple[str, Claim]], wording: Wording, *, text: str) -> str:
    """Return the graded list of the sources, and what the sign of our own lines means where the text bears it."""
    language = wording.language
    sign = words.say("ours.mark", language)
    ours = words.say("ours.key", language) if sign in text else ""
    return "\n".join(filter(None, [_sources_of_claims(pairs, wording), ours]))


def _where(source: Source, language: str) -> str:
    """Return where a source can be read and when it was seen there: only of one that is named on the record."""
    if source.secrecy != ON_THE_RECORD or not source.attribution or not source.link:
        return ""
    if seen := words.date(source.seen_on, language):
        return words.say("source.seen", language, link=source.link, date=seen)
    return words.say("source.link", language, link=source.link)


def _sources_of_claims(pairs: list[tuple[str, Claim]], wording: Wording) -> str:
    """Return the graded list of the sources behind these claims (mark label, claim), numbered afresh, best first."""
    carried: dict[str, tuple[Source, list[tuple[str, Claim]]]] = {}
    for label, claim in pairs:
        for source in sources_of(claim):
            carried.setdefault(str(source.pk), (source, []))[1].append((label, claim))
    lines, language = [], wording.language
    for source, claims in carried.values():
        said = words.say(
            "source.line",
            language,
            name=with_capital(name_outside(source, wording)) + _where(source, language),
            grade=grade(source, [claim for _label, claim in claims]),
        )
        lines.append(f"- {said} " + "".join(f"[{label}]" for label, _claim in claims))
    return "\n".join([*lines, words.say("source.key", language)]) if lines else ""
