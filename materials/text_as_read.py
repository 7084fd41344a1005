"""A material as it will be read: each part of the text by its key, without marks. The leak scan reads this."""

from typing import Any

from papers.composing.marks import reading
from papers.composing.paper_blocks import HEADING
from papers.kinds import registry

READS_WORDS = frozenset({"write_material", "sign_review", "dispatch", "view_identity"})


def parts_as_read(title: str | None, body: Any) -> dict[str, str]:
    """Return the title, each heading that is drawn (code and "#") and each section's text as its reader will see it."""
    parts = {"title": title or ""}
    for section in body or []:
        if not registry.is_unheaded(section["code"]):
            parts[section["code"] + HEADING] = section["heading"]
        parts[section["code"]] = reading(section["text"]).plain
    return parts
