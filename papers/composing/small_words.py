"""Small words of each language that decide how a sentence is read or joined (reference/small_words.csv).

- `opener`: begins a sentence with a capital and is no name, so inside another sentence it loses it;
- `named-after-article`: places and papers whose article is part of the name and keeps its capital;
- `before-name`, `before-figure`: abbreviations, folded, whose full stop ends no sentence there.
"""

import csv
import re
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
WORD = re.compile(r"\W")


@cache
def small_words(use: str, language: str = "") -> frozenset[str]:
    """Return the words of this use in one language, or in all of them."""
    with (REFERENCE / "small_words.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["use"] == use and language in {"", row["language"]}]
    return frozenset(word for row in rows for word in row["words"].split())


def inside(text: str, language: str) -> str:
    """Put words inside a sentence: the first word loses its capital where it is no name."""
    first, _space, rest = text.partition(" ")
    if WORD.split(rest, maxsplit=1)[0] in small_words("named-after-article"):
        return text
    first = first.replace("'", "’")
    elided = first.partition("’")[0] + "’" if "’" in first else first
    return text[:1].lower() + text[1:] if {first, elided} & small_words("opener", language) else text
