"""The paper as it is reviewed: the blocks that are printed, with claim numbers and findings in their places."""

from materials.models import Dispatch, Material
from papers.composing.paper_blocks import PaperWords, paper_words
from safety.models import LeakScan


def shown_paper(material: Material | Dispatch, scan: LeakScan | None = None) -> PaperWords:
    """Return the words as blocks; a finding is marked where it was found, also in a heading."""
    kind = material.kind if isinstance(material, Material) else material.material.kind
    places: dict[str, list[tuple[int, int, str]]] = {}
    for row in scan.findings.all() if scan else ():
        places.setdefault(row.part, []).append((row.start, row.end, str(row.pk)))
    return paper_words(kind, material.language, material.title, material.body, places)
