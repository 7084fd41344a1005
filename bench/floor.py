"""The floor under papers: the same words set by typst, a compiled typesetter. Measured where it is installed.

It draws none of what a paper of ours has beside its words: no tags for who hears it, no links both ways, no running
lines. `uv pip install --group bench` brings it; without it the row says so.
"""

import importlib
import io
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

from bench.pages.costs import cost_of, figures
from bench.papers import text_of
from bench.row import Row

SIZES = ("2", "21")
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\#$*_`<>@[]=-+/~"})
HEAD = '#set page(paper: "a4", margin: (x: 22mm, y: 26mm))\n#set text(size: 10pt)\n#set par(leading: 0.7em)\n'


def main(times: str) -> list[Row]:
    """Set the text of both sizes until it is warm, then so many times."""
    if find_spec("typst") is None:
        why = "typst is not installed: uv pip install --group bench"
        return [{"name": f"typst, {size} pages (floor)", "why": why} for size in SIZES]
    return [_measured(size, int(times)) for size in SIZES]


def source_of(size: str) -> str:
    """Return the words of the paper of this size as a document of typst: headings and paragraphs."""
    text = text_of(size)
    sections = [
        f"= {_plain(section['heading'])}\n\n" + "\n\n".join(_plain(line) for line in section["text"].splitlines())
        for section in text.body
    ]
    return f"{HEAD}= {_plain(text.title)}\n\n" + "\n\n".join(sections)


def _measured(size: str, times: int) -> Row:
    compile_ = importlib.import_module("typst").compile
    source = source_of(size).encode()

    def drawn() -> bytes:
        return bytes(compile_(source))

    first = cost_of(drawn)
    found = figures(first, [cost_of(drawn) for _ in range(times)])
    told: dict[str, Any] = {key: round(value, 2) for key, value in asdict(found).items()}
    pages = len(importlib.import_module("pypdf").PdfReader(io.BytesIO(drawn())).pages)
    return {"name": f"typst, {size} pages (floor)", **told, "cpu": round(found.cpu, 2), "pages": pages}


def _plain(words: str) -> str:
    return words.translate(SPECIAL)
