"""The page on which an author chooses what a text prints, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.caching.open_forms import OpenElsewhere
from casework.models import Case, TimelineEvent
from directory.dates import in_words
from directory.vocabulary import label
from materials.actions.choosing import composed
from materials.actions.saving import choices_of, wishes_of
from materials.forms.choosing import ChoosingForm, Rows
from materials.models import Material
from materials.pages import review_page
from papers.composing.choice import Choice
from papers.composing.composing import packets_of, whole_text
from papers.composing.offered import Offered, PacketPart, offered
from papers.composing.paper_blocks import PaperWords
from papers.composing.reading_back import why_in_words
from papers.composing.sections import is_sources
from papers.kinds import registry
from safety.leaks import latest_scan


@dataclass(frozen=True)
class ChosenRow:
    """One row: its tick and place, or why it cannot print and where that is mended."""

    said: str
    note: str
    tick: BoundField | None = None
    place: BoundField | None = None
    why: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class ChosenPart:
    """One part of the packet of one case, with how many of its rows print."""

    id: str
    title: str
    case: str
    rows: list[ChosenRow]
    printed: int


@dataclass(frozen=True)
class ChoosingPage:
    """What prints, part by part, beside the paper as it stands (materials/materials/choose.html)."""

    case: Case
    material: Material
    form: ChoosingForm
    parts: list[ChosenPart]
    paper: PaperWords
    rewritten: list[str]
    """Headings of sections that people edited: choosing anew within them replaces those words."""
    tab: str = "materials"
    others: Sequence[OpenElsewhere] = ()


def rows_to_choose(material: Material, cases: list[Case]) -> Rows:
    """Return what each packet offers for this text, what stands in the text first; empty for a kind that chooses nothing."""
    kind = registry.find(material.kind)
    text = whole_text(material.title or "", material.body or [])
    packets = packets_of(cases, kind, material.audience, material.language, wishes=wishes_of(material))
    return {packet.case.pk: offered(packet, kind.chosen, text) for packet in packets} if kind.chosen else {}


def choosing_page(material: Material, cases: list[Case], form: ChoosingForm) -> ChoosingPage:
    """Return the page. Whoever calls this has noted that the words are read."""
    return ChoosingPage(
        case=cases[0],
        material=material,
        form=form,
        parts=_parts(material, cases, form),
        paper=review_page.shown_paper(material, latest_scan(material)),
        rewritten=_edited(material, cases, form.rows),
    )


def _edited(material: Material, cases: list[Case], rows: Rows) -> list[str]:
    """Return the headings of the sections that are chosen from and do not stand as they were composed.

    Where nothing can be composed any more (the person is free, the asks are overtaken) saving says so; none is named here.
    """
    nothing = {case: Choice((), tuple(row.key for row in own)) for case, own in rows.items()}
    try:
        now, emptied = composed(material, cases, choices_of(material)), composed(material, cases, nothing)
    except ValidationError:
        return []
    saved = {row["code"]: row["text"] for row in material.body or []}
    return [
        row["heading"]
        for row, without in zip(now.body, emptied.body, strict=True)
        if row["text"] != without["text"] and row["text"] != saved.get(row["code"], "") and not is_sources(row["code"])
    ]


def _parts(material: Material, cases: list[Case], form: ChoosingForm) -> list[ChosenPart]:
    several = len(cases) > 1
    numbers = {case.pk: number for number, case in enumerate(cases, start=1)}
    named = {case.pk: case for case in cases}
    found = []
    for pk, rows in form.rows.items():
        for part in registry.find(material.kind).chosen:
            own = [row for row in rows if row.part == part]
            shown = [_row(row, named[pk], form) for row in own]
            if part == PacketPart.FACTS:
                shown += _events(named[pk])
            if shown:
                printed = sum(bool(row.place) for row in own)
                case = f"{named[pk]} {named[pk].reference}" if several else ""
                found.append(ChosenPart(f"{part}-{numbers[pk]}", _title(part), case, shown, printed))
    return found


def _row(row: Offered, case: Case, form: ChoosingForm) -> ChosenRow:
    said = f"{row.when}: {row.said}" if row.when else row.said
    note, url = _note(row, case)
    if not row.why:
        return ChosenRow(said, note, tick=form[f"tick-{row.key}"], place=form[f"place-{row.key}"])
    items = ", ".join(label("consent_item", item).lower() for item in sorted(row.items))
    why = why_in_words(row.why)
    return ChosenRow(said, note, why=f"{why}: {items}" if items else why, url=url, link=_("Mend it"))


def _note(row: Offered, case: Case) -> tuple[str, str]:
    """Return which row of the packet it is and how far it was checked, and the page where it is mended."""
    number = row.what.partition(":")[2]
    if row.part in {PacketPart.WHO, PacketPart.FACTS, PacketPart.FINDINGS}:
        url = reverse("casework:claim", args=[case.reference, row.key])
        return _("claim %(number)s · %(status)s") % {"number": number, "status": row.state}, url
    if row.part == PacketPart.CHARGES:
        return _("charge %(number)s") % {"number": number}, reverse("casework:case", args=[case.reference])
    return "", reverse("casework:case", args=[case.reference])


def _events(case: Case) -> list[ChosenRow]:
    """Return the events of the timeline that no claim proves: none prints before somebody writes one with its source."""
    rows = TimelineEvent.objects.present().filter(case=case, claim=None, is_expected=False)
    return [
        ChosenRow(
            f"{in_words(row.on)}: {row.event}" if row.on else str(row.event),
            _("event"),
            why=_("no claim yet"),
            link=_("Write it as a claim"),
            url=reverse("casework:add_claim", args=[case.reference]) + f"?event={row.pk}",
        )
        for row in rows
    ]


def _title(part: PacketPart) -> str:
    return {
        PacketPart.WHO: _("Who the person is"),
        PacketPart.FACTS: _("Facts"),
        PacketPart.CHARGES: _("Charges"),
        PacketPart.RIGHTS: _("Rights"),
        PacketPart.FINDINGS: _("Legal position and findings"),
        PacketPart.ASKS: _("Asks"),
    }[part]
