"""The stages of a case in their order: detention, charge, trial, sentence, each transfer, with date and place as the packet has them.

A stage of which neither day nor place is known is not there, and nothing says that it is missing. The first is called
detention, because a person may be held without an arrest; a place is a transfer only where one stands before it in the
packet, and the end of a detention is told only where another one follows: what the last one ended with is no stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casework.custody import is_to_come
from casework.models import Charge, Detention
from directory.dates import parse, sort_key
from papers.composing import words
from papers.composing.judging import NOT_TRANSLATED
from papers.composing.packet import DISCLOSES, Packet

STAGES = "stages"
FEWEST = 2  # one alone says no more than since when somebody is held
ORDER = ("end", "detention", "charge", "trial", "sentence", "transfer")
ITEMS = {
    **dict.fromkeys(("detention", "end"), DISCLOSES["held"]),
    **dict.fromkeys(("charge", "trial", "sentence"), DISCLOSES["charge"]),
    "transfer": DISCLOSES["place"],
}


@dataclass(frozen=True)
class ToldStage:
    """One stage: its name, its words, when it was (EDTF, for the order), and whether somebody has still to translate it."""

    name: str
    said: str
    on: str
    is_untranslated: bool = False


def stages_of(packet: Packet) -> list[ToldStage]:
    """Return every stage that the packet knows, in order; fewer than two are none."""
    begun = (row for row in packet.rows.spells if not is_to_come(row.started, packet.today))
    spells = sorted(begun, key=lambda row: sort_key(row.started))
    found = [stage for spell in spells for stage in _of_spell(packet, spell, is_last=spell == spells[-1])]
    found += [stage for row in packet.rows.charges for stage in _of_charge(packet, row)]
    found = [stage for stage in found if stage.said]
    ordered = sorted(found, key=lambda stage: (sort_key(stage.on), ORDER.index(stage.name)))
    return ordered if len(ordered) >= FEWEST else []


def stages(packet: Packet) -> list[str]:
    """Return the stages that consent opens to this audience; what is kept back is listed beside the text, once."""
    lines = []
    for stage in stages_of(packet):
        if stage.is_untranslated:
            packet.keep_back(STAGES, packet.why_shut(ITEMS[stage.name]) or NOT_TRANSLATED)
        elif opened := packet.opened(STAGES, stage.said, ITEMS[stage.name], what=STAGES):
            lines.append(opened)
    return lines


def in_one_line(lines: list[str], language: str) -> str:
    """Return the stages in one line that ends as a sentence does."""
    return words.say("stage.next", language).join(lines) + "." if lines else ""


def as_list(lines: list[str], language: str) -> list[str]:
    """Return the stages one beneath the other, under a line that leads them."""
    return [words.say("stage.lead", language), *(f"- {line}." for line in lines)] if lines else []


def _of_spell(packet: Packet, spell: Detention, *, is_last: bool) -> Iterator[ToldStage]:
    yield ToldStage("detention", _said(packet, "detention", spell.started), spell.started or "")
    places = sorted(spell.places.all(), key=lambda row: sort_key(row.since))
    for _before, row in pairwise(places):
        if row.since:
            said = _said(packet, "transfer", row.since, packet.wording.of(row, "place"))
            yield ToldStage("transfer", said, row.since, packet.wording.lacks(row, "place"))
    if spell.ended and not is_last:
        yield ToldStage("end", _said(packet, "end", spell.ended), spell.ended)


def _of_charge(packet: Packet, row: Charge) -> Iterator[ToldStage]:
    """Return the stages of one charge; a trial of which the place alone is known stands before its sentence."""
    yield ToldStage("charge", _said(packet, "charge", row.charged_on), row.charged_on or "")
    trial = _said(packet, "trial", row.tried_on, packet.wording.of(row, "trial_place"))
    on = row.tried_on or row.sentenced_on or row.charged_on or ""
    yield ToldStage("trial", trial, on, packet.wording.lacks(row, "trial_place"))
    if row.sentenced_on:
        said = _said(packet, "sentence", row.sentenced_on, packet.wording.of(row, "sentence"))
        yield ToldStage("sentence", said, row.sentenced_on, packet.wording.lacks(row, "sentence"))


def _said(packet: Packet, name: str, on: str | None, place: str = "") -> str:
    """Return a stage with as much of its day and its place (of a sentence: its length) as is known; nothing without both."""
    language = packet.language
    told = {"date": _day_or_span(on, language), "place": place.strip().rstrip(".")}
    key = "".join(part for part, value in (("day", told["date"]), ("place", told["place"])) if value)
    if not key:
        return ""
    return words.say(f"stage.{key}", language, stage=words.say(f"stage.{name}", language), **told)


def _day_or_span(on: str | None, language: str) -> str:
    """Return a day in words; of something that lasted, from which day to which."""
    told = parse(on)
    said = words.date(on, language)
    if told is None or told.kind != "span" or not (told.first and told.last) or "–" in said:
        return said
    first, last = (on or "").split("/")
    return words.say("stage.span", language, first=words.date(first, language), last=words.date(last, language))
