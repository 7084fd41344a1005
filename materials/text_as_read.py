"""A material as it will be read: each part of the text by its key, without marks. The leak scan reads this."""

from typing import Any

from materials.composing.marks import reading

HEADING = "#"
READS_WORDS = frozenset({"write_material", "sign_review", "dispatch", "view_identity"})


def parts_as_read(title: str | None, body: Any) -> dict[str, str]:
    """Return the title, each heading (code and "#") and each section's text as its reader will see it."""
    parts = {"title": title or ""}
    for section in body or []:
        parts[section["code"] + HEADING] = section["heading"]
        parts[section["code"]] = reading(section["text"]).plain
    return parts
