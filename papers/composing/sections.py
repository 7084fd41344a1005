"""Which sections a document has, in which order, how many words each may take (reference/document_templates.csv)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
SOURCES = "S"


@dataclass(frozen=True)
class Section:
    """One section of a template."""

    code: str
    name: str
    words: int | None
    is_required: bool
    rule: str


@cache
def _all() -> dict[str, list[Section]]:
    found: dict[str, list[Section]] = {}
    with (REFERENCE / "document_templates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = int(row["words"]) if row["words"].isdigit() else None
            code = f"{row['template']}.{row['section_order']}"
            found.setdefault(row["template"], []).append(
                Section(code, row["section"], words, row["rule"].startswith("required"), row["rule"])
            )
    return found


def of(kind: str) -> list[Section]:
    """Return the sections of this kind of document in their order."""
    return _all()[kind]


def find(code: str) -> Section | None:
    """Return the section of this code; the list of sources and an unknown code have none."""
    kind = code.rpartition(".")[0]
    return next((section for section in _all().get(kind, ()) if section.code == code), None)


def is_sources(code: str) -> bool:
    """Say whether this is the list of sources, which nobody writes by hand."""
    return code.endswith(f".{SOURCES}")
