"""The stages of a case in their order: detention, charge, trial, sentence, each transfer, with date and place as the packet has them.

A stage of which neither day nor place is known is not there, and nothing says that it is missing. The first is called
detention, because a person may be held without an arrest, and an arrest where somebody wrote its place; a place is a transfer only where one stands before it in the
packet, and the end of a detention is told only where another one follows: what the last one ended with is no stage.
A detention that begins on the very day on which another one ended is that one going on elsewhere: who is taken from a
prison into house arrest was not let go, so neither an end nor a new detention is told, but a transfer. Where no day is
known, nothing says so: both are told, and a later detention with its first place, where the packet says that it began there.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casework.custody import is_to_come
from casework.disclosing.printed_fields import DISCLOSES, STAGE_DISCLOSES
from casework.models import Charge, Detention
from directory.dates import is_exact, parse, sort_key
from papers.composing import words
from papers.composing.judging import FACT, NOT_TRANSLATED
from papers.composing.marks import mark, stands_in
from papers.composing.packet import Packet

STAGES = "stages"
FEWEST = 2  # one alone says no more than since when somebody is held
ORDER = ("end", "arrest", "detention", "charge", "trial", "sentence", "transfer")


@dataclass(frozen=True)
class ToldStage:
    """One stage: its name, its words, when it was (EDTF, for the order), whether somebody has still to translate it, and
    the claim that says it.
    """

    name: str
    said: str
    on: str
    is_untranslated: bool = False
    claim: uuid.UUID | None = None
    has_place: bool = False

    @property
    def items(self) -> frozenset[str]:
        """Return the consent items that it discloses."""
        return STAGE_DISCLOSES[self.name] | (STAGE_DISCLOSES["transfer"] if self.has_place else frozenset())


@dataclass(frozen=True)
class StageLine:
    """A stage as it is printed, and the mark of the claim that says it; without one it is ours."""

    said: str
    mark: str = ""


def stages_of(packet: Packet) -> list[ToldStage]:
    """Return every stage that the packet knows, in order; fewer than two are none, unless one says where the arrest was."""
    begun = (row for row in packet.rows.spells if not is_to_come(row.started, packet.today))
    spells = sorted(begun, key=lambda row: sort_key(row.started))
    found = [
        stage
        for before, spell, after in zip([None, *spells], spells, [*spells[1:], None], strict=False)
        for stage in _of_spell(packet, spell, before, after)
    ]
    found += [stage for row in packet.rows.charges for stage in _of_charge(packet, row)]
    found = [stage for stage in found if stage.said]
    ordered = sorted(found, key=lambda stage: (sort_key(stage.on), ORDER.index(stage.name)))
    return ordered if len(ordered) >= FEWEST or any(stage.name == "arrest" for stage in ordered) else []


def stages(packet: Packet) -> list[StageLine]:
    """Return the stages that consent opens to this audience; what is kept back is listed beside the text, once."""
    lines = []
    for stage in stages_of(packet):
        if stage.is_untranslated:
            packet.keep_back(STAGES, packet.why_shut(stage.items) or NOT_TRANSLATED)
        elif opened := packet.opened(STAGES, stage.said, stage.items, what=STAGES):
            lines.append(StageLine(opened, number_of(packet, stage.claim)))
    return lines


def number_of(packet: Packet, claim: uuid.UUID | None) -> str:
    """Return the mark of a claim that prints as fact, to stand behind a fact that it says; else nothing.

    One that prints only with its attribution gives no number: words of ours would seem to be its source's.
    """
    for judged in packet.judged if claim else ():
        is_out = packet.choice and packet.choice.why_not(str(judged.claim.pk))
        if judged.claim.pk == claim and judged.printed_as == FACT and not is_out:
            return mark(judged.claim.number, packet.letter)
    return ""


def in_one_line(lines: list[StageLine], language: str) -> str:
    """Return the stages in one line that ends as a sentence does. Where one bears a number, each other bears our sign."""
    sign = words.say("ours.mark", language) if any(line.mark for line in lines) else ""
    said = [f"{line.said} {line.mark}" if line.mark else line.said + sign for line in lines]
    return words.say("stage.next", language).join(said) + "." if lines else ""


def as_list(lines: list[StageLine], language: str) -> list[str]:
    """Return the stages one beneath the other, under a line that leads them; those without a number bear our sign later."""
    listed = (f"- {line.said}. {line.mark}".rstrip() for line in lines)
    return [words.say("stage.lead", language), *listed] if lines else []


def without_stages(packet: Packet, text: str) -> str:
    """Return a text without the lines that tell stages: a claim whose number alone stands there is not printed by that."""
    known = [stage.said for stage in stages_of(packet)]
    return "\n".join(line for line in text.split("\n") if not any(stands_in(said, line) for said in known))


def _of_spell(
    packet: Packet, spell: Detention, before: Detention | None, after: Detention | None
) -> Iterator[ToldStage]:
    """Return the stages of one detention, between the one before it and the one after it."""
    places = sorted(spell.places.all(), key=lambda row: sort_key(row.since))
    place = packet.wording.of(spell, "taken_at")
    if place and not packet.why_shut(DISCLOSES["taken_at"], "taken_at"):
        said = _said(packet, "arrest", spell.started, place)
        yield ToldStage("arrest", said, spell.started or "", claim=spell.arrest_claim_id)
    elif before and places and places[0].since == spell.started and not packet.why_shut(STAGE_DISCLOSES["transfer"]):
        name = "transfer" if _goes_on(before, spell) else "detention"
        said = _said(packet, name, spell.started, packet.wording.of(places[0], "place"))
        is_untranslated, claim = packet.wording.lacks(places[0], "place"), places[0].claim_id or spell.arrest_claim_id
        yield ToldStage(name, said, spell.started or "", is_untranslated, claim, has_place=True)
    else:
        said = _said(packet, "detention", spell.started)
        yield ToldStage("detention", said, spell.started or "", claim=spell.arrest_claim_id)
    for _before, row in pairwise(places):
        if row.since:
            said = _said(packet, "transfer", row.since, packet.wording.of(row, "place"))
            yield ToldStage("transfer", said, row.since, packet.wording.lacks(row, "place"), row.claim_id)
    if spell.ended and after and not _goes_on(spell, after):
        yield ToldStage("end", _said(packet, "end", spell.ended), spell.ended)


def _goes_on(before: Detention | None, after: Detention) -> bool:
    """Say whether one detention begins on the very day on which the one before it ended."""
    return bool(before and before.ended == after.started and is_exact(after.started))


def _of_charge(packet: Packet, row: Charge) -> Iterator[ToldStage]:
    """Return the stages of one charge; a trial of which the place alone is known stands before its sentence."""
    charge = _said(packet, "charge", row.charged_on)
    yield ToldStage("charge", charge, row.charged_on or "", claim=row.charge_claim_id)
    trial = _said(packet, "trial", row.tried_on, packet.wording.of(row, "trial_place"))
    on = row.tried_on or row.sentenced_on or row.charged_on or ""
    yield ToldStage("trial", trial, on, packet.wording.lacks(row, "trial_place"), row.trial_claim_id)
    if row.sentenced_on:
        said = _said(packet, "sentence", row.sentenced_on, packet.wording.of(row, "sentence"))
        is_untranslated = packet.wording.lacks(row, "sentence")
        yield ToldStage("sentence", said, row.sentenced_on, is_untranslated, row.sentence_claim_id)


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
