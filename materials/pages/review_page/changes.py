"""What changed since the words that went to review before, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from materials.composing.marks import reading
from materials.models import MaterialText

CONTEXT = 6
TOKEN = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Run:
    """A run of words that stayed (same), came (ins) or went (del)."""

    op: str
    text: str


def changes_since(material: Any) -> dict[str, Any] | None:
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
        {"heading": headings[code], "runs": runs(old.get(code, ""), new.get(code, ""))}
        for code in dict.fromkeys([*new, *old])
        if old.get(code, "") != new.get(code, "")
    ]
    count = sum(1 for row in rows for run in row["runs"] if run.op == "ins") or len(rows)
    return {
        "revision": before.revision,
        "rows": rows,
        "count": count,
        "by": material.last_editor,
        "at": material.edited_at,
    }


def runs(old: str, new: str) -> list[Run]:
    """Return the runs that turn the old words into the new ones; long stretches that stayed are shortened."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Run] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Run("same", _shortened(a[i:j], is_first=i == 0, is_last=j == len(a))))
            continue
        if j > i:
            found.append(Run("del", "".join(a[i:j])))
        if m > k:
            found.append(Run("ins", "".join(b[k:m])))
    return found


def _shortened(tokens: list[str], *, is_first: bool, is_last: bool) -> str:
    if len(tokens) <= 2 * CONTEXT:
        return "".join(tokens)
    head = [] if is_first else tokens[:CONTEXT]
    tail = [] if is_last else tokens[-CONTEXT:]
    return "".join(head) + " … " + "".join(tail)
