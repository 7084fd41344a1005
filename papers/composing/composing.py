"""One document from the packets of its cases: consent and audience decide what is printed, the rest is listed with why."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.models import Case
from casework.translating.wording import wording_of
from papers.composing import words
from papers.composing.asked import same_person
from papers.composing.kept_back import LeftOut
from papers.composing.left_out import left_out
from papers.composing.marks import found_in
from papers.composing.overtaken import why_not_composed, why_not_this_kind
from papers.composing.packet import Packet
from papers.composing.parts import list_of_sources, with_signs
from papers.composing.reader import reader_of
from papers.composing.sections import SOURCES, is_sources
from papers.composing.wishes import Wishes
from papers.kinds import registry
from papers.kinds.kind import Kind


@dataclass(frozen=True)
class Composed:
    """The words of a draft, what was kept back and why, and which items its fields disclose, by case."""

    title: str
    body: list[dict[str, str]]
    withheld: list[LeftOut]
    items: dict[uuid.UUID, frozenset[str]]
    fields: list[dict[str, Any]]


def letters_of(cases: list[Case]) -> dict[uuid.UUID, str]:
    """Return the letter that stands before claim numbers, by case: none for one case, A, B, C for several."""
    ordered = sorted(cases, key=lambda case: str(case.pk))
    return {case.pk: chr(ord("A") + place) if len(cases) > 1 else "" for place, case in enumerate(ordered)}


def compose(
    cases: list[Case],
    *,
    kind: str,
    audience: str,
    language: str,
    stop_on: dt.date | None = None,
    today: dt.date | None = None,
    wishes: Wishes | None = None,
) -> Composed:
    """Compose a document. Nothing without consent for this audience is printed; a kind that is not composed raises KeyError.

    Of a case with a choice prints what was chosen. A kind with one reader carries the asks of one addressee: of the one
    wished for, or of the first whom the packet names.
    Raises ValidationError with a sentence for each ask that makes no sense after what happened to the person.
    """
    known = registry.find(kind)
    if known.write is None:
        raise KeyError(kind)
    packets = packets_of(cases, known, audience, language, today=today, wishes=wishes)
    if reasons := [*why_not_this_kind(packets, known), *(why_not_composed(packets) if known.asks else [])]:
        raise ValidationError(reasons)
    written = known.write(packets, stop_on)
    texts = {known.section_code(place): text for place, text in written.texts.items()}
    texts |= {code: with_signs(texts[code], language) for code in map(known.section_code, known.sourced)}
    if known.has_sources:
        texts[known.section_code(SOURCES)] = _sources(texts, packets)
    body = [
        {"code": code, "heading": words.heading(code, language), "text": texts[code]} for code in known.section_codes
    ]
    everything = whole_text(written.title, body)
    return Composed(
        title=written.title,
        body=body,
        withheld=[row for packet in packets for row in left_out(packet, everything)],
        items={packet.case.pk: frozenset(packet.items) for packet in packets},
        fields=[row for packet in packets for row in packet.fields],
    )


def packets_of(
    cases: list[Case],
    kind: Kind,
    audience: str,
    language: str,
    *,
    today: dt.date | None = None,
    wishes: Wishes | None = None,
) -> list[Packet]:
    """Return the packets of these cases in their order, as this audience may read them."""
    letters = letters_of(cases)
    ordered = sorted(cases, key=lambda case: str(case.pk))
    level = kind.least_level(audience)
    day = today or timezone.localdate()
    wished = wishes or Wishes()
    read_by = reader_of(wished.reader, today=day)
    wording = wording_of(ordered, language)
    packets = [
        Packet(
            case,
            audience,
            level,
            language,
            letters[case.pk],
            day,
            written_to=read_by,
            naming=wished.naming,
            last_left=wished.last_left.get(case.pk),
            choice=wished.choices.get(case.pk),
            said=wording,
        )
        for case in ordered
    ]
    if kind.has_one_reader:
        named = [row.to or "" for packet in packets for row in packet.ask_rows()]
        of_reader = [to for to in named if read_by and same_person(to, read_by.name)]
        reader = wished.addressee or next(iter([*of_reader, *named]), "")
        for packet in packets:
            packet.addressee = reader
    return packets


def whole_text(title: str, body: list[dict[str, str]]) -> str:
    """Return everything that is read, marks included, without the list of sources."""
    return "\n".join([title, *(section["text"] for section in body if not is_sources(section["code"]))])


def _sources(texts: dict[str, str], packets: list[Packet]) -> str:
    """Return the sources of the claims that stand in the text."""
    everything = "\n".join(text for code, text in texts.items() if not is_sources(code))
    used = found_in(everything)
    rows = {f"{packet.letter}{row.claim.number}": row.claim for packet in packets for row in packet.judged}
    return list_of_sources([(label, rows[label]) for label in used], packets[0].wording, text=everything)
