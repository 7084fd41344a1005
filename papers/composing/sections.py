"""Which sections a document has, in which order, how many words each may take (reference/document_templates.csv)."""

import csv
import re
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


@cache
def most_pages(kind: str) -> int:
    """Return how many pages a document of this kind takes at most, as its template says ("1 page, 2 at most")."""
    with (REFERENCE / "document_templates.csv").open(encoding="utf-8", newline="") as file:
        said = next(row["length"] for row in csv.DictReader(file) if row["template"] == kind).partition("(")[0]
    pages = [[int(number) for number in re.findall(r"\d+", part)] for part in said.split("+") if "page" in part]
    return sum(max(numbers, default=1) for numbers in pages) or 1  # "half a page" and "3 sentences" stand on one


def is_sources(code: str) -> bool:
    """Say whether this is the list of sources, which nobody writes by hand."""
    return code.endswith(f".{SOURCES}")
