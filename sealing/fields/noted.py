"""Sealed text with a note beside it, such as a date and how it was told. Both are sealed together."""

from typing import Any

from sealing.fields.sealed import SealedTextField

BETWEEN = "\x1f"


class NotedText(str):
    """Text that carries a note. It compares and prints as its text; `note_of` asks for the note."""

    note: str

    def __new__(cls, text: str = "", note: str = "") -> "NotedText":
        """Return the text with this note."""
        made = super().__new__(cls, text)
        made.note = note
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return NotedText, (str(self), self.note)


def note_of(text: str | None) -> str:
    """Return the note of a text, empty for one that has none."""
    return getattr(text, "note", "") or ""


class SealedNotedField(SealedTextField):
    """Sealed text that keeps the note it was given; without a note it is a SealedTextField to the last byte."""

    description = "Sealed text with a note"

    def to_bytes(self, value: Any) -> bytes:
        plain = super().to_bytes(value)
        note = note_of(value)
        return plain + (BETWEEN + note).encode() if note else plain

    def from_bytes(self, plain: bytes) -> str:
        text, _sign, note = plain.decode().partition(BETWEEN)
        return NotedText(text, note) if note else text
