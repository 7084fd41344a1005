"""What changed since the words that went to review before, word by word."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from accounts.models import User
from materials.models import Material, MaterialText
from papers.composing.marks import reading

CONTEXT = 6
TOKEN = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class ChangedPiece:
    """A run of words that stayed (same), came (ins) or went (del)."""

    op: str
    text: str


@dataclass(frozen=True)
class ChangedSection:
    """A section whose words changed; the title has no heading."""

    heading: str
    runs: list[ChangedPiece]


@dataclass(frozen=True)
class Changes:
    """What changed since the revision before, by whom and when (materials/_changes.html)."""

    revision: int
    rows: list[ChangedSection]
    count: int
    by: User
    at: datetime


def changes_since(material: Material) -> Changes | None:
    """Return the earlier revision, by whom and when, and each changed section with its runs; None for a first reading."""
    before = (
        MaterialText.objects.filter(material=material, revision__lt=material.revision)
        .select_related("written_by")
        .first()
    )
    if before is None:
        return None
    old = {"title": before.title or "", **{row["code"]: reading(row["text"]).plain for row in before.body or []}}
    new = {"title": material.title or "", **{row["code"]: reading(row["text"]).plain for row in material.body or []}}
    headings = {"title": "", **{row["code"]: row["heading"] for row in [*(before.body or []), *(material.body or [])]}}
    rows = [
        ChangedSection(headings[code], runs(old.get(code, ""), new.get(code, "")))
        for code in dict.fromkeys([*new, *old])
        if old.get(code, "") != new.get(code, "")
    ]
    count = sum(1 for row in rows for run in row.runs if run.op == "ins") or len(rows)
    return Changes(before.revision, rows, count, by=material.last_editor, at=material.edited_at)


def runs(old: str, new: str) -> list[ChangedPiece]:
    """Return the runs that turn the old words into the new ones; long stretches that stayed are shortened."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    found: list[ChangedPiece] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(ChangedPiece("same", _shortened(a[i:j], is_first=i == 0, is_last=j == len(a))))
            continue
        if j > i:
            found.append(ChangedPiece("del", "".join(a[i:j])))
        if m > k:
            found.append(ChangedPiece("ins", "".join(b[k:m])))
    return found


def _shortened(tokens: list[str], *, is_first: bool, is_last: bool) -> str:
    if len(tokens) <= 2 * CONTEXT:
        return "".join(tokens)
    head = [] if is_first else tokens[:CONTEXT]
    tail = [] if is_last else tokens[-CONTEXT:]
    return "".join(head) + " … " + "".join(tail)
