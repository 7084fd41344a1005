"""What the longer kinds have in common: facts as a table or as paragraphs, the timeline, the count of sources by grade."""

from collections import Counter
from collections.abc import Callable, Iterable

from casework.models import Claim, TimelineEvent
from papers.composing import words
from papers.composing.judging import Judged, sources_of
from papers.composing.marks import row
from papers.composing.packet import Packet
from papers.composing.parts import first_and_newest_within, named, told, told_with_date, with_capital, within


def dated_rows(packet: Packet, keep: Callable[[Judged], bool] = lambda _judged: True) -> list[Judged]:
    """Return the facts by their date, so that the last is the newest; those without a date only where none bears one."""
    rows = packet.claims(Claim.Use.FACT, keep=keep)
    return (not packet.choice and [row for row in rows if words.date(row.claim.on, packet.language)]) or rows


def first_and_newest(packet: Packet, rows: list[Judged], most: int) -> list[Judged]:
    """Return at most so many of these rows: the first, and then the newest; or all that the author chose."""
    return rows if len(rows) <= most or packet.choice else [rows[0], *rows[len(rows) - most + 1 :]]


def address_block(packet: Packet) -> str:
    """Return to whom a paper is written: the lines of the directory, else the addressee of its ask with a capital.

    Nobody is an empty text.
    """
    if packet.written_to is not None:
        return "\n".join(packet.written_to.lines)
    return with_capital(packet.reader().strip())


def salutation(packet: Packet) -> str:
    """Return how the reader is addressed, as the directory has it; empty where it says nothing, since nobody guesses."""
    return packet.written_to.salutation if packet.written_to is not None else ""


def paragraphs(code: str, rows: Iterable[Judged], packet: Packet, *, used: str = "") -> list[str]:
    """Return the claims that fit the words of this section, a paragraph each, dated."""
    return within(code, [(named(one), told_with_date(packet, one)) for one in rows], packet, used=used)


def chronology(code: str, rows: list[Judged], packet: Packet) -> str:
    """Return the dated claims as a table of date, event and source. Where room is short, the first and the newest stay, or what was chosen first."""
    lines = [(named(one), row(words.date(one.claim.on, packet.language), told(packet, one))) for one in rows]
    kept = first_and_newest_within(code, lines, packet)
    if not kept:
        return ""
    columns = [words.say(f"table.{column}", packet.language) for column in ("when", "event", "source")]
    return "\n".join([row(*columns, is_head=True), *kept])


def of_timeline(packet: Packet) -> frozenset[object]:
    """Return the claims that prove an event which is expected; an event that no claim proves is noted as left out.

    The event itself never prints: what stands in a paper is its claim, which has sources and consent items.
    """
    events = list(TimelineEvent.objects.present().filter(case=packet.case).order_by("created_at"))
    known = {judged.claim.pk for judged in packet.judged}
    for number, event in enumerate(events, start=1):
        if event.claim_id not in known:
            packet.keep_back(f"event:{number}", "no-claim")
    return frozenset(event.claim_id for event in events if event.is_expected and event.claim_id in known)


def counts_of_sources(packets: list[Packet]) -> str:
    """Return how many sources of each reliability carry the claims that may print, such as "A 2, C 1"; none is empty."""
    language = packets[0].language
    sources = {
        source.pk: source.reliability
        for packet in packets
        for judged in packet.judged
        if judged.is_printed
        for source in sources_of(judged.claim)
    }
    counted = sorted(Counter(sources.values()).items())
    said = [words.say("method.count", language, grade=grade, n=number) for grade, number in counted]
    return words.say("date.comma", language).join(said)


def is_public_fact(judged: Judged) -> bool:
    """Say whether a claim may be said aloud in a house: it tells nothing of health, torture, faith, family or the like."""
    return not {item.item for item in judged.claim.items.all()} - {"CI_NAME", "CI_BIO", "CI_DOCS"}
