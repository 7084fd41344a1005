"""The paper on the desk: the text as its audience reads it, with claim numbers and findings in their places."""

from typing import Any

from materials.composing.marks import blocks
from materials.composing.sections import is_sources
from materials.composing.words import direction
from materials.kinds import registry
from materials.text_as_read import HEADING


def shown_paper(material: Any, scan: Any = None) -> dict[str, Any]:
    """Return title and sections cut into blocks; a finding is marked where it was found, also in a heading."""
    places: dict[str, list[tuple[int, int, str]]] = {}
    for row in scan.findings.all() if scan else ():
        places.setdefault(row.part, []).append((row.start, row.end, str(row.pk)))
    return {
        "language": material.language,
        "direction": direction(material.language),
        "title": blocks(material.title or "", places.get("title", ())),
        "sections": [
            {
                "code": row["code"],
                "is_sources": is_sources(row["code"]),
                "heading": blocks(row["heading"], places.get(row["code"] + HEADING, ())),
                "blocks": blocks(row["text"], places.get(row["code"], ())),
            }
            for row in material.body or []
            if row["text"].strip() and not registry.is_title(row["code"])
        ],
    }
