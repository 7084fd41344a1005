"""What the packet holds and a text does not print, each with why: asked of the text itself, so nothing can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from casework.disclosing.printed_fields import DISCLOSES, STAGE_DISCLOSES, right_items
from casework.models import Ask
from papers.composing.asked import asked_in, same_person
from papers.composing.judging import NOT_TRANSLATED
from papers.composing.kept_back import LeftOut
from papers.composing.marks import found_in, reading
from papers.composing.packet import MOST_ASKS, Packet
from papers.composing.parts import ask_line
from papers.composing.stages import STAGES, stages_of, without_stages

NO_PLACE = "no-place"
EDITED_OUT = "edited-out"
NO_FONT = "no-font"


@dataclass(frozen=True)
class Holding:
    """One thing of a packet: how it would stand in a text, or the mark of its claim; and why it may not, if so."""

    what: str
    said: str = ""
    label: str = ""
    why: str = ""
    items: frozenset[str] = field(default_factory=frozenset)

    def stands_in(self, plain: str, labels: list[str]) -> bool:
        """Say whether a text prints it."""
        lines = list(filter(None, map(_folded, self.said.splitlines())))
        return self.label in labels if self.label else bool(lines) and all(line in plain for line in lines)


def left_out(packet: Packet, text: str, *, before: list[LeftOut] | None = None) -> list[LeftOut]:
    """Return every claim, charge, right, ask and field of the packet that this text does not print, with why.

    The reason noted while the text was composed stands; `before` holds those of an earlier composing, and what is
    missing now without one was taken out by an editor. A gap is asked about anew: whoever reads the packet notes it.
    """
    plain, labels = _folded(reading(text).plain), found_in(without_stages(packet, text))
    case = packet.case.reference
    earlier = [row for row in before or () if row.why != "missing"]
    noted = {row.what: row for row in [*earlier, *packet.withheld] if row.case == case}
    everything = holdings(packet)
    missing = [holding for holding in everything if not holding.stands_in(plain, labels)]
    rows = [noted.get(one.what) or _row(one, case, NO_PLACE if before is None else EDITED_OUT) for one in missing]
    held = {holding.what for holding in everything}
    return [*rows, *(row for what, row in noted.items() if what not in held)]


def holdings(packet: Packet) -> list[Holding]:
    """Return everything of the packet that a text of some kind prints: fields, stages, claims, charges, rights, asks."""
    return [*_fields(packet), *_stages(packet), *_claims(packet), *_charges(packet), *_rights(packet), *_asks(packet)]


def _fields(packet: Packet) -> Iterator[Holding]:
    for what, said in packet.field_lines().items():
        if said:
            yield _field(packet, what, said, DISCLOSES[what], what)
    for what, original in packet.untranslated.items():
        yield _untranslated(_field(packet, what, original, DISCLOSES[what], what))
    for row in packet.unprintable_names():
        shut = _field(packet, f"name:{row.script}", str(row.value), DISCLOSES["name"], "name")
        yield shut if shut.why else replace(shut, why=NO_FONT)


def _stages(packet: Packet) -> Iterator[Holding]:
    """Return the stages together: they print in one line or list, or not at all."""
    if known := stages_of(packet):
        items = frozenset[str]().union(*(STAGE_DISCLOSES[stage.name] for stage in known))
        yield _field(packet, STAGES, "\n".join(stage.said for stage in known), items, STAGES)


def _claims(packet: Packet) -> Iterator[Holding]:
    for judged in packet.judged:
        items = judged.items if judged.why == "no-consent" else frozenset[str]()
        number = judged.claim.number
        yield Holding(f"claim:{number}", label=f"{packet.letter}{number}", why=judged.why, items=items)


def _charges(packet: Packet) -> Iterator[Holding]:
    for row, (what, said) in zip(packet.rows.charges, packet.charge_lines(), strict=True):
        found = _field(packet, what, said, DISCLOSES["charge"], "charge")
        yield _untranslated(found) if packet.lacks_charge(row) else found


def _rights(packet: Packet) -> Iterator[Holding]:
    for row in packet.rows.rights:
        yield _field(packet, f"right:{row.right}", packet.right_line(row), right_items(row), "right")


def _field(packet: Packet, what: str, said: str, items: frozenset[str], kind: str) -> Holding:
    """Return a thing that is no claim, with why it may not stand in the text, if so."""
    return Holding(what, said, why=packet.why_shut(items, kind), items=items - packet.consented)


def _untranslated(holding: Holding) -> Holding:
    """Return what nobody has translated; what may not stand in the text anyway keeps that reason."""
    return holding if holding.why else replace(holding, why=NOT_TRANSLATED)


def _asks(packet: Packet) -> Iterator[Holding]:
    fitting = packet.ask_rows()
    for number, row in enumerate(packet.rows.asks, start=1):
        why = why_no_ask(packet, row, fitting)
        if not why and packet.choice:
            why = packet.choice.why_not(str(row.pk))
        if not why and len(fitting) > MOST_ASKS:
            why = "two-at-most"
        yield Holding(f"ask:{number}", f"- {ask_line(asked_in(row, packet.wording), packet.language)}", why=why)


def why_no_ask(packet: Packet, row: Ask, fitting: list[Ask]) -> str:
    """Return why this ask has no place in a text of this audience and addressee, whatever is chosen; else empty."""
    if row.pk not in {one.pk for one in fitting}:
        return "other-audience"
    if packet.addressee and not same_person(row.to, packet.addressee):
        return "other-addressee"
    return NOT_TRANSLATED if packet.wording.lacks(row, "to", "text") else ""


def _row(holding: Holding, case: str, otherwise: str) -> LeftOut:
    return LeftOut(holding.what, holding.why or otherwise, case, sorted(holding.items))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
