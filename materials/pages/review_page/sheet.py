"""The paper as it is reviewed: the text as its audience reads it, with claim numbers and findings in their places."""

from dataclasses import dataclass

from materials.composing.marks import Block, blocks
from materials.composing.sections import is_sources
from materials.composing.words import direction
from materials.kinds import registry
from materials.models import Dispatch, Material
from materials.text_as_read import HEADING
from safety.models import LeakScan


@dataclass(frozen=True)
class PaperSection:
    """One section of the paper, its heading and words cut into blocks."""

    code: str
    is_sources: bool
    heading: list[Block]
    blocks: list[Block]


@dataclass(frozen=True)
class ShownPaper:
    """The text as its audience reads it (materials/_paper.html)."""

    language: str
    direction: str
    title: list[Block]
    sections: list[PaperSection]


def shown_paper(material: Material | Dispatch, scan: LeakScan | None = None) -> ShownPaper:
    """Return title and sections cut into blocks; a finding is marked where it was found, also in a heading."""
    places: dict[str, list[tuple[int, int, str]]] = {}
    for row in scan.findings.all() if scan else ():
        places.setdefault(row.part, []).append((row.start, row.end, str(row.pk)))
    return ShownPaper(
        language=material.language,
        direction=direction(material.language),
        title=blocks(material.title or "", places.get("title", ())),
        sections=[
            PaperSection(
                code=row["code"],
                is_sources=is_sources(row["code"]),
                heading=blocks(row["heading"], places.get(row["code"] + HEADING, ())),
                blocks=blocks(row["text"], places.get(row["code"], ())),
            )
            for row in material.body or []
            if row["text"].strip() and not registry.is_title(row["code"])
        ],
    )
